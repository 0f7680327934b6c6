import type { TaskState } from '../client/taskStore.ts';
import { isTerminal, type TerminalStatus } from '../contract/index.ts';

/**
 * The phase of a task that a dialog shows. 'lost': the connection ended before the task did, and the task may still be
 * running. 'partly-succeeded': the task succeeded, and some of its items failed.
 */
export type TaskPhase = 'setup' | 'running' | 'lost' | 'partly-succeeded' | TerminalStatus;

/** With these errors it is better to look again at the task than to run it twice. */
const LOST_SIGHT = ['lost-sight', 'network', 'invalid-response', 'unauthorized', 'forbidden'];

/** In which phase a dialog is: 'setup' where there is no task. */
export function phaseOf(task: TaskState | undefined): TaskPhase {
  if (!task) return 'setup';
  const { status, ended, error } = task;
  if (status === 'failed' || (ended && !isTerminal(status))) {
    return !error || LOST_SIGHT.includes(error.code) ? 'lost' : 'failed';
  }
  if (status === 'succeeded' && hasFailures(task)) return 'partly-succeeded';
  return isTerminal(status) ? status : 'running';
}

function hasFailures({ items }: TaskState): boolean {
  return items !== undefined && items.failed > 0;
}
