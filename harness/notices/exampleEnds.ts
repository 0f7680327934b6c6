import type { TaskSnapshot } from '../../src/contract/index.ts';

/** A customer connection that has ended. */
function ended(task: Partial<TaskSnapshot> & { id: string }): TaskSnapshot {
  return {
    name: 'customer_connection_task',
    queue: 'default',
    status: 'succeeded',
    progress: { percent: 100, step: null, message: '', done: 2000, total: 2000 },
    params: { design: 'design/FTTH-North' },
    owner: 'mara',
    tags: [],
    createdAt: '2026-03-01T08:00:00Z',
    finishedAt: '2026-03-01T08:01:35Z',
    attempt: 1,
    seq: 9,
    ...task,
  };
}

const built = {
  count: 2000,
  tables: ['oh_route'],
  bbox: [0.1, 52.1, 0.2, 52.2],
} satisfies TaskSnapshot['built'];
const items = { ok: 1963, failed: 37, failures: [] };
const error = { code: 'design-conflict', message: 'The design was changed by someone else in the meantime.' };

/** One task for each end that a notice says. */
export const ENDS = {
  succeeded: ended({ id: 'succeeded', built }),
  partly: ended({ id: 'partly', items, built, params: { design: 'design/FTTH-South' } }),
  failed: ended({ id: 'failed', status: 'failed', error, params: { design: 'design/FTTH-West' } }),
  cancelled: ended({ id: 'cancelled', status: 'cancelled', cancelledBy: 'Jonas Weber' }),
  /** Nothing in it breaks by itself. */
  long: ended({
    id: 'long',
    name: 'plan_area_with_a_name_that_is_much_longer_than_any_notice_is_wide_task',
    params: { design: `design/${'FTTH-Donaudampfschifffahrts-'.repeat(4)}` },
    built,
  }),
} as const;
