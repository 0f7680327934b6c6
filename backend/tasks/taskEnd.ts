import type { TaskProgress, TaskSnapshot, TerminalStatus } from '../../src/contract/index.ts';
import { cancellationOf } from './applyEvent.ts';
import type { TerminalEvent } from './LoggedEvent.ts';
import type { RunLog } from './RunLog.ts';

// The rules about the end of a task that both engines follow.

/**
 * The terminal event of a task that has ended. Undefined: the task has not ended.
 *
 * @example
 * terminalEventOf({ ...task, status: 'succeeded', result: { routes: 2 } }); // { type: 'succeeded', result: { routes: 2 } }
 */
export function terminalEventOf(task: TaskSnapshot): TerminalEvent | undefined {
  switch (task.status) {
    case 'succeeded':
      return { type: 'succeeded', result: task.result ?? null };
    case 'failed':
      return {
        type: 'failed',
        error: task.error ?? { code: 'exception', message: 'The reason was not kept' },
      };
    case 'cancelled':
      return { type: 'cancelled', ...cancellationOf(task) };
    default:
      return undefined;
  }
}

/**
 * The progress that a task ends with: success fills the bar.
 *
 * @example
 * finalProgress('succeeded', { percent: 40, step: 2, message: '' }).percent; // 100
 */
export function finalProgress(status: TerminalStatus, progress: TaskProgress): TaskProgress {
  return status === 'succeeded' && progress.percent !== 100 ? { ...progress, percent: 100 } : progress;
}

/**
 * Shows the full bar of a success in the log, unless the log shows it already.
 *
 * @example
 * fillBar(log); // log.task.progress.percent is 100
 */
export function fillBar(log: RunLog): void {
  const { progress } = log.task;
  const final = finalProgress('succeeded', progress);
  if (final !== progress) log.append({ type: 'progress', progress: final });
}
