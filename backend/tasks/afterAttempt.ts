import type { TaskError, TaskSnapshot } from '../../src/contract/index.ts';
import type { TaskDefinition } from './defineTask.ts';
import type { TerminalEvent } from './LoggedEvent.ts';
import type { Verdict } from './TaskRun.ts';

/** Failures that may not happen again. Any other code is a TaskRefusal's, and that is final. */
const MAY_PASS: readonly string[] = ['exception', 'timeout'];

/** The next step of an engine after an attempt. */
export type NextStep =
  /** The task ends so. */
  | { type: 'end'; event: TerminalEvent }
  /** The task waits for its next attempt; `message` goes to its log. */
  | { type: 'retry'; waitSeconds: number; message: string }
  /** The attempt was cut short by something that is not the task's. It runs again at once, or after a restart. */
  | { type: 'release' };

/**
 * Decides what follows an attempt, for both engines: it knows the rules and touches nothing. A cancellation that came
 * while the attempt failed ends the task, where there would have been another attempt.
 *
 * @example
 * afterAttempt({ verdict, attempt: 1, retry: { attempts: 3, backoffSeconds: 10 } });
 * // of a failure that may pass: { type: 'retry', waitSeconds: 10, message: 'Attempt 1 of 3 failed: ...' }
 */
export function afterAttempt({
  verdict,
  attempt,
  retry,
  cancelWanted,
}: {
  verdict: Verdict;
  /** Number of the attempt that came to this, from 1. */
  attempt: number;
  retry?: TaskDefinition['retry'] | undefined;
  /** Set where a cancellation came while the attempt failed. */
  cancelWanted?: Pick<TaskSnapshot, 'cancelledBy' | 'cancelRequestedAt'> | undefined;
}): NextStep {
  if (verdict.type === 'released') return { type: 'release' };
  if (verdict.type !== 'failed') return { type: 'end', event: verdict };
  const waitSeconds = retryWaitSeconds(retry, attempt, verdict.error);
  if (!retry || waitSeconds === undefined) return { type: 'end', event: verdict };
  if (cancelWanted) return { type: 'end', event: { type: 'cancelled', ...cancelWanted } };
  const failure = `Attempt ${attempt} of ${retry.attempts} failed: ${verdict.error.message}`;
  return { type: 'retry', waitSeconds, message: `${failure}; the next one starts in ${waitSeconds} s` };
}

/** Undefined: there is no next attempt. */
function retryWaitSeconds(
  retry: TaskDefinition['retry'] | undefined,
  attempt: number,
  error: TaskError,
): number | undefined {
  if (!retry || attempt >= retry.attempts || !MAY_PASS.includes(error.code)) return undefined;
  return retry.backoffSeconds * 2 ** (attempt - 1);
}
