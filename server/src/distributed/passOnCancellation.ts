import { encodeEvent } from './logs/eventCodec.ts';
import { snapshotOf, type TaskRow } from './rows/taskRow.ts';
import type { TaskServices } from './TaskServices.ts';

/** Publishes a row's cancellation to followers and to the worker, which finds a lost one when it next reads the row. */
export async function passOnCancellation(
  row: TaskRow,
  { logs, redis, keys, observer }: TaskServices,
): Promise<void> {
  const task = snapshotOf(row);
  try {
    await logs.append(task, 0, [encodeEvent({ type: 'snapshot', change: { cancelRequested: true } }, task)]);
    await redis.publish(keys.cancelChannel, row.id);
  } catch (error) {
    observer.problem?.(`The cancellation of task ${row.id} could not be passed on yet`, error);
  }
}
