import type { NewEvent } from '../../../backend/tasks/EventLog.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';
import { encodeEvent } from './logs/loggedEvent.ts';
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
  await rows.tell(task.id, seq);
  return seq;
}

function endOf(task: TaskSnapshot): NewEvent[] {
  switch (task.status) {
    case 'succeeded': {
      const { progress } = task;
      return [
        ...(progress.percent === 100 ? [{ type: 'progress' as const, progress }] : []),
        { type: 'succeeded', result: task.result ?? null },
      ];
    }
    case 'failed':
      return [
        { type: 'failed', error: task.error ?? { code: 'exception', message: 'The reason was not kept' } },
      ];
    default:
      return [{ type: 'cancelled' }];
  }
}
