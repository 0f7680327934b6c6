/** Runs for the stories and tests of a run's page: a finished one with failed items and a log, and clients that serve it. */
import type { SystemClient } from '../../src/client/SystemClient.ts';
import type { TaskLogEntry } from '../../src/client/taskStore.ts';
import { addItems, type ItemPage, type TaskItem, type TaskSnapshot } from '../../src/contract/index.ts';
import { createFakeSystem, type FakeSystem } from '../fakeSystem.ts';

const REASONS = [
  ['too-far', 'No pole within 80 m', 21],
  ['pin-in-use', 'A splitter port is already in use', 11],
  ['connected', 'The address is already connected', 5],
] as const;
const STREETS = [
  'High Street',
  'Tanner Row',
  'Cherry Walk',
  'Mill Lane',
  'Hazel Way',
  'Fern Close',
  'Bell Lane',
];
const START = Date.parse('2026-11-28T09:31:04Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

/** 2,000 items of which 37 failed for three reasons. */
export const ITEMS: readonly TaskItem[] = Array.from({ length: 2_000 }, (_, index): TaskItem => {
  const id = `${index + 1} ${STREETS[index % STREETS.length]}`;
  const failed = index % 54 === 13 ? Math.floor(index / 54) : -1;
  if (failed < 0) return { id, ok: true };
  const [code, message] = reasonOf(failed);
  const geometry = {
    type: 'Point' as const,
    coordinates: [10.1 + (index % 40) * 0.0004, 48.8 + Math.floor(index / 40) * 0.0002] as [number, number],
  };
  return { id, code, message, geometry };
});

function reasonOf(failed: number): [code: string, message: string] {
  let before = 0;
  for (const [code, message, count] of REASONS) {
    before += count;
    if (failed < before) return [code, message];
  }
  return ['too-far', 'No pole within 80 m'];
}

export const FAILED = ITEMS.filter((item) => !item.ok);

/** A run that ended, with what a test has different. */
export function endedRun(given: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return {
    id: 'run-12',
    name: 'customer_connection_task',
    queue: 'high_priority',
    status: 'succeeded',
    progress: { percent: 100, step: 5, stepCount: 5, message: 'Committing', done: 2_000, total: 2_000 },
    params: { design: 'design/FTTH-South', pole_id: 1_001, count: 2_000, selection: 'nearest' },
    result: {
      design: 'design/FTTH-South',
      connections: 1_963,
      poles: 31,
      cables: 1_963,
      cableLengthMetres: 58_400,
      seed: 7,
      bbox: [10.09, 48.79, 10.13, 48.82],
    },
    owner: 'mara',
    tags: [],
    items: addItems(undefined, ITEMS),
    createdAt: at(-1),
    startedAt: at(0),
    finishedAt: at(22),
    attempt: 1,
    seq: 80,
    ...given,
  };
}

/** The log of that run: one line for each failed item among others, `count` lines in all. */
export function logOf(count: number): TaskLogEntry[] {
  return Array.from({ length: count }, (_, index): TaskLogEntry => {
    const failure = FAILED[index / 10 - 1];
    const when = at(index / 20);
    if (index === 0) return { level: 'info', at: when, message: 'Started on worker north-2, attempt 1' };
    if (failure && !failure.ok)
      return { level: 'warning', at: when, message: `${failure.id}: ${failure.message}` };
    if (index === 25)
      return { level: 'error', at: when, message: 'Splitter S-118 answered twice\n  at port 7\n  at port 9' };
    return { level: 'info', at: when, message: `Address ${index} of ${count} looked up` };
  });
}

export interface ServedRuns {
  client: SystemClient;
  system: FakeSystem;
}

/** Serves runs: the log comes with the stream, and the items page by page. */
export function serveRuns(
  runs: readonly TaskSnapshot[],
  {
    log = [],
    items = ITEMS,
    pageSize,
  }: { log?: readonly TaskLogEntry[]; items?: readonly TaskItem[]; pageSize?: number } = {},
): ServedRuns {
  const system = createFakeSystem();
  for (const run of runs) system.add(run);
  const { client } = system;
  return {
    system,
    client: {
      ...client,
      streamTaskProgress(id, handlers) {
        queueMicrotask(() => {
          for (const entry of log) handlers.onLog?.(entry);
        });
        return client.streamTaskProgress(id, handlers);
      },
      async listItems(_id, { ok, limit = 100, after = '0' } = {}): Promise<ItemPage> {
        const wanted = ok === undefined ? items : items.filter((item) => (item.ok === true) === ok);
        const from = Number(after);
        const to = from + Math.min(limit, pageSize ?? limit);
        return { items: wanted.slice(from, to), ...(to < wanted.length && { nextAfter: String(to) }) };
      },
    },
  };
}
