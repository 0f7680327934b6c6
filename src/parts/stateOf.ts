import type { ConnectionState } from '../client/SystemClient.ts';
import type { TaskState } from '../client/taskStore.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import { phaseOf } from './phaseOf.ts';

/**
 * A user sees a task in one of these states. Each has one icon (`StateIcon`) and one word, wherever it is shown.
 *
 * - `stuck`: it is queued and cannot start, because nobody runs a worker for its queue.
 * - `reconnecting`: it was active when the connection broke, and the shown progress may be out of date.
 * - `cancelling`: somebody asked for its cancellation, and it has not ended yet.
 * - `skipped`: a task of a workflow that does not run, because one before it failed.
 * - `lost`: it is out of sight, and may still be running.
 */
export type ShownState =
  | 'queued'
  | 'stuck'
  | 'running'
  | 'reconnecting'
  | 'cancelling'
  | 'succeeded'
  | 'partly-succeeded'
  | 'failed'
  | 'cancelled'
  | 'skipped'
  | 'lost';

/**
 * The state in which a task is shown: one of a list or of a watch, or one that is followed.
 *
 * @param connection the connection that brings the task's news; default: that of a followed task
 *
 * @example
 * stateOf(snapshot, list.connection); // 'running'
 */
export function stateOf(
  task: TaskSnapshot | TaskState,
  connection: ConnectionState | undefined = 'connection' in task ? task.connection : undefined,
): ShownState {
  const { status, cancelRequested, items } = task;
  const followed = 'ended' in task ? phaseOf(task) : undefined;
  if (followed === 'lost') return 'lost';
  if (status === 'succeeded') return items && items.failed > 0 ? 'partly-succeeded' : 'succeeded';
  if (status === 'failed' || status === 'cancelled') return status;
  if (connection?.state === 'reconnecting') return 'reconnecting';
  if (cancelRequested) return 'cancelling';
  if (status === 'queued') {
    return 'waiting' in task && task.waiting?.reason === 'no-worker' ? 'stuck' : 'queued';
  }
  return 'running';
}
