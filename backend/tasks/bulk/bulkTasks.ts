import { BULK_TASK, type BulkResult } from '../../../src/contract/index.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { defineTask, type TaskDefinition } from '../defineTask.ts';
import { type BulkEngine, BulkRun } from './BulkRun.ts';
import { BULK_QUEUE, BULK_SCHEMA, type BulkParams } from './bulkParams.ts';

/** So many bulk tasks of one owner may be under way. */
export const MAX_BULK_TASKS = 3;

/**
 * The definition of bulk tasks on an engine. A run that begins again, because its worker died, does nothing twice: what was
 * cancelled or cleared is so already, and each retry has an idempotency key of its own.
 */
export function bulkTasks<Work extends object>(engine: BulkEngine): TaskDefinition<unknown, unknown, Work> {
  return defineTask<BulkParams, BulkResult, Work, typeof BULK_TASK, BulkParams>({
    name: BULK_TASK,
    queue: BULK_QUEUE,
    timeoutSeconds: 3_600,
    params: BULK_SCHEMA,
    async check({ as: { owner } }) {
      const mine = { name: BULK_TASK, status: 'active', owner: 'me' } as const;
      const { byStatus } = await engine.count(mine, { owner });
      if (byStatus.queued + byStatus.running < MAX_BULK_TASKS) return;
      const message = `${MAX_BULK_TASKS} tasks that act on many are under way for you; start another one when one of them has ended`;
      throw new TaskRefusal({ code: 'rate-limited', message });
    },
    execute: (params, controls) => new BulkRun(engine, params, controls).run(),
  });
}
