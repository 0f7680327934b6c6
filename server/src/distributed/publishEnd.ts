import type { NewEvent } from '../../../backend/tasks/LoggedEvent.ts';
import { finalProgress, terminalEventOf } from '../../../backend/tasks/taskEnd.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';
import { encodeEvent } from './logs/eventCodec.ts';
import type { RedisLogs } from './logs/RedisLogs.ts';
import type { TaskRows } from './rows/TaskRows.ts';
import { snapshotOf, type TaskRow } from './rows/taskRow.ts';

/**
 * Sees to it that the log of a task that has ended says so, and that the row has the number of that event. Whoever ends
 * a task does this afterwards; whoever finds it undone does it instead. Safe to do twice: a log ends once.
 */
export async function publishEnd(
  row: TaskRow,
  { logs, rows }: { logs: RedisLogs; rows: TaskRows },
): Promise<number> {
  const task = snapshotOf(row);
  const events = endOf(task).map((event) => encodeEvent(event, task));
  // As a later attempt than any: nobody else has a say any more.
  const seq = await logs.append({ ...task, attempt: task.attempt }, 0, events);
  if (seq === 'fenced') throw new Error(`The log of task ${task.id} is of a later attempt than its row`);
  await rows.markPublished(task.id, seq);
  return seq;
}

/** The events that a log may lack. A log that shows the full bar already shows it again, which does no harm. */
function endOf(task: TaskSnapshot): NewEvent[] {
  const end = terminalEventOf(task);
  if (!end) throw new Error(`Task ${task.id} is ${task.status}: it has no end that could be published`);
  const { progress } = task;
  const isFull = end.type === 'succeeded' && finalProgress('succeeded', progress) === progress;
  return isFull ? [{ type: 'progress', progress }, end] : [end];
}
