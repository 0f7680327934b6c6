import { BULK_QUEUE } from '../../../../backend/tasks/bulk/bulkParams.ts';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import { WORKFLOW_QUEUE } from '../../../../backend/workflows/workflowParams.ts';
import { TaskWorker, type TaskWorkerOptions } from './TaskWorker.ts';

/** So many bulk tasks run at the same time in one server, and so many runs of workflows, which wait for other tasks. */
const CONCURRENCY = { [BULK_QUEUE]: 4, [WORKFLOW_QUEUE]: 500 };

/** The option `startOwnWorker` of a DistributedEngine: starts a worker in the server, for the engine's own tasks. */
export function startOwnWorker(
  options: Omit<TaskWorkerOptions, 'definitions' | 'queues' | 'taskFiles'>,
): (definitions: readonly TaskDefinition[]) => Promise<TaskWorker> {
  return (definitions) =>
    TaskWorker.start({
      ...options,
      definitions,
      queues: Object.fromEntries(
        Object.entries(CONCURRENCY).map(([queue, concurrency]) => [queue, { concurrency }]),
      ),
    });
}
