import type { TaskState } from '../client/taskStore.ts';
import { isTerminal, type TerminalStatus } from '../contract/index.ts';

/** What a dialog shows of a task. 'lost': the connection ended before the task did, and the task may still be running. */
export type TaskPhase = 'setup' | 'running' | 'lost' | TerminalStatus;

/** With these errors it is better to look again at the task than to run it twice. */
const LOST_SIGHT = ['lost-sight', 'network', 'invalid-response', 'unauthorized', 'forbidden'];

/** In which phase a dialog is: 'setup' where there is no task. */
export function phaseOf(task: TaskState | undefined): TaskPhase {
  if (!task) return 'setup';
  const { status, ended, error } = task;
  if (status === 'failed' || (ended && !isTerminal(status))) {
    return !error || LOST_SIGHT.includes(error.code) ? 'lost' : 'failed';
  }
  return isTerminal(status) ? status : 'running';
}
