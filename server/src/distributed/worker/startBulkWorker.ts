import { BULK_QUEUE } from '../../../../backend/tasks/bulk/bulkParams.ts';
import { bulkTasks } from '../../../../backend/tasks/bulk/bulkTasks.ts';
import type { TaskEngine } from '../../../../backend/tasks/TaskEngine.ts';
import { TaskWorker, type TaskWorkerOptions } from './TaskWorker.ts';

/** So many bulk tasks run at the same time in one server. */
const CONCURRENCY = 4;

/** The option `startBulkWorker` of a DistributedEngine: starts a worker in the server, for bulk tasks on its engine. */
export function startBulkWorker(
  options: Omit<TaskWorkerOptions, 'definitions' | 'queues' | 'taskFiles'>,
): (engine: TaskEngine) => Promise<TaskWorker> {
  return (engine) =>
    TaskWorker.start({
      ...options,
      definitions: [bulkTasks(engine)],
      queues: { [BULK_QUEUE]: { concurrency: CONCURRENCY } },
    });
}
