import { pause } from '../../../../backend/common/pause.ts';
import { afterAttempt } from '../../../../backend/tasks/afterAttempt.ts';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import type { TerminalEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { runOf } from '../../../../backend/tasks/TaskObserver.ts';
import { terminalEventOf } from '../../../../backend/tasks/taskEnd.ts';
import type { TaskError, TaskProgress, TerminalStatus } from '../../../../src/contract/index.ts';
import { isTerminal } from '../../../../src/contract/index.ts';
import { isTemporary } from '../../common/errorKind.ts';
import { encodeQueuedAgain } from '../logs/eventCodec.ts';
import { publishEnd } from '../publishEnd.ts';
import { snapshotOf, type TaskRow } from '../rows/taskRow.ts';
import type { TaskServices } from '../TaskServices.ts';
import type { AttemptLogWriter } from './AttemptLogWriter.ts';

const RETRY_MS = 500;

/** The outcome of an attempt. The row decides if it counts. */
export type Verdict =
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled' }
  /** Cut short by something that is not the task's: it runs again. */
  | { type: 'released' };

/** A task has ended so. `error`: where it failed. */
export interface Ended {
  status: TerminalStatus;
  error?: TaskError | undefined;
}

interface AttemptToEnd {
  row: TaskRow;
  definition: TaskDefinition | undefined;
  progress: TaskProgress;
  log: AttemptLogWriter;
  services: TaskServices;
  /** Gives up waiting for a database that is away. */
  signal: AbortSignal;
}

/**
 * Ends an attempt that did not commit, or queues the next one, as the row allows. Resolves with how the task ended,
 * undefined where it has not, or not by this attempt.
 */
export async function endAttempt(verdict: Verdict, given: AttemptToEnd): Promise<Ended | undefined> {
  const { row, definition, log, services } = given;
  // A cancellation that came meanwhile is a mark on the row, and the row has its say below.
  const next = afterAttempt({ verdict, attempt: row.attempt, retry: definition?.retry });
  switch (next.type) {
    case 'release':
      return runAgain(0, given);
    case 'retry':
      log.append({ type: 'log', level: 'warning', message: next.message });
      services.observer.restarted?.({ ...runOf(row), reason: 'retry' });
      return runAgain(next.waitSeconds, given);
    case 'end':
      if (next.event.type === 'failed') return end('failed', next.event.error, given);
      return end('cancelled', undefined, given);
  }
}

async function end(
  status: 'failed' | 'cancelled',
  error: TaskError | undefined,
  given: AttemptToEnd,
): Promise<Ended | undefined> {
  const { row, progress, services } = given;
  const { id, attempt } = row;
  const { items, built } = given.log.task;
  const ending = { id, attempt, status, progress, items, built, ...(error && { error }) };
  if (!(await insist(() => services.rows.finish(ending), given))) return lookAgain(given);
  const { log } = given;
  log.append(status === 'failed' && error ? { type: 'failed', error } : await cancellation(given));
  const seq = await log.flush();
  if (seq !== undefined) await services.rows.markPublished(id, seq);
  return { status, error };
}

/** The terminal event of a cancelled task. Its row knows who asked. */
async function cancellation(given: AttemptToEnd): Promise<TerminalEvent> {
  const row = await insist(() => given.services.lookup.find(given.row.id), given);
  return (row && terminalEventOf(snapshotOf(row))) ?? { type: 'cancelled' };
}

async function runAgain(waitSeconds: number, given: AttemptToEnd): Promise<Ended | undefined> {
  const { row, log, services } = given;
  // The events of this attempt are sent first: the next attempt owns the log as soon as it has the row.
  await log.flush();
  const next = await insist(() => services.rows.requeue(row.id, row.attempt, waitSeconds), given);
  if (!next) return lookAgain(given);
  const task = snapshotOf(next);
  try {
    await services.logs.append(task, 0, [encodeQueuedAgain(task)]);
  } catch (error) {
    services.observer.problem?.(`That task ${row.id} waits again could not be logged`, error);
  }
  if (waitSeconds > 0) dispatchLater(next, waitSeconds, given);
  else await services.rows.dispatch([next.owner], next.exclusive_key);
  return undefined;
}

/** The sweeper would see to it as well, but not to the second. */
function dispatchLater(row: TaskRow, waitSeconds: number, { services, signal }: AttemptToEnd): void {
  pause(waitSeconds * 1_000, signal)
    .then(() => (signal.aborted ? undefined : services.rows.dispatch([row.owner], row.exclusive_key)))
    .catch((error) => services.observer.problem?.(`Task ${row.id} could not be handed over yet`, error));
}

/** The row did not let this attempt decide: it was committed after all, is to be cancelled, or another one's. */
async function lookAgain(given: AttemptToEnd): Promise<Ended | undefined> {
  const { row, services } = given;
  const now = await insist(() => services.lookup.find(row.id), given);
  if (!now || now.attempt !== row.attempt) return undefined;
  if (now.cancel_requested) return end('cancelled', undefined, given);
  if (!isTerminal(now.status)) return undefined;
  await given.log.flush();
  await publishEnd(now, services);
  return { status: now.status, error: now.error ?? undefined };
}

/** Asks until the database answers. */
async function insist<T>(ask: () => Promise<T>, { services, signal, row }: AttemptToEnd): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isTemporary(error) || signal.aborted) throw error;
      services.observer.problem?.(`The end of task ${row.id} waits for the database`, error);
      await pause(RETRY_MS, signal);
    }
  }
}
