import type { TaskError } from '../../src/contract/index.ts';
import type { TaskDefinition } from './defineTask.ts';

/** Accidents, which may not happen again. Any other code is a TaskRefusal's, and that is final. */
const ACCIDENTS: readonly string[] = ['exception', 'timeout'];

/** Seconds to wait before the next attempt of a task that failed in `attempt`; undefined: it stays failed. */
export function retryWaitSeconds(
  { retry }: Pick<TaskDefinition, 'retry'>,
  attempt: number,
  error: TaskError,
): number | undefined {
  if (!retry || attempt >= retry.attempts || !ACCIDENTS.includes(error.code)) return undefined;
  return retry.backoffSeconds * 2 ** (attempt - 1);
}

/** What the log of the task says of it. */
export function retryMessage(
  { retry }: Pick<TaskDefinition, 'retry'>,
  attempt: number,
  error: TaskError,
  waitSeconds: number,
): string {
  return `Attempt ${attempt} of ${retry?.attempts} failed: ${error.message}; the next one starts in ${waitSeconds} s`;
}
