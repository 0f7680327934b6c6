import {
  type BuiltSummary,
  type ItemSummary,
  isTerminal,
  type TaskEvent,
  type TaskProgress,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import { cancellationOf } from './applyEvent.ts';
import type { LoggedEvent } from './LoggedEvent.ts';
import { NO_PROGRESS } from './newTask.ts';
import { terminalEventOf } from './taskEnd.ts';

// The one place that rebuilds a task whose history is incomplete: the process was restarted, the log was cut or lost, or
// the store and the log know different things about the task.

/** Further than any client can have counted since the last record was written. */
const SEQ_JUMP = 1_000_000;

/** The facts that a task's log keeps beside its events. They are newer than the store's while the task runs. */
export interface LoggedState {
  seq: number;
  attempt: number;
  ended: boolean;
  progress: TaskProgress;
  /** The summary of the items. Undefined: there are none. */
  items?: ItemSummary;
  /** The summary of the features. Undefined: there are none. */
  built?: BuiltSummary;
}

/**
 * A task of an earlier process, for an engine that restarts: as it was if it had ended, else queued again.
 *
 * @example
 * restoredTask({ ...task, status: 'running', attempt: 1 }); // queued, attempt 2, and numbers that no client has seen
 */
export function restoredTask(task: TaskSnapshot): TaskSnapshot {
  if (isTerminal(task.status)) return task;
  const attempt = task.status === 'running' ? task.attempt + 1 : task.attempt;
  const { items: _, built: __, ...rest } = task;
  return { ...rest, status: 'queued', attempt, progress: NO_PROGRESS, seq: task.seq + SEQ_JUMP };
}

/**
 * The store's task with the newer facts of its log.
 *
 * @example
 * withLoggedState(snapshotOf(row), state).progress; // state.progress
 */
export function withLoggedState(
  stored: TaskSnapshot,
  { seq, progress, items = stored.items, built = stored.built }: LoggedState,
): TaskSnapshot {
  return { ...stored, progress, seq, ...(items && { items }), ...(built && { built }) };
}

/**
 * The task as far as its log goes, which may be less far than the store: the worker publishes a start or an end after the
 * store has it, and readers of the log still get those events.
 *
 * `kept` is what is left of the log; undefined: nothing. `isPublished`: the log had the terminal event.
 *
 * @example
 * taskOfLog({ ...task, status: 'succeeded' }, undefined, { isPublished: false }).status; // 'queued'
 */
export function taskOfLog(
  stored: TaskSnapshot,
  kept: { state: LoggedState; events: readonly LoggedEvent[] } | undefined,
  { isPublished }: { isPublished: boolean },
): TaskSnapshot {
  if (!kept) {
    const hasEnded = isTerminal(stored.status);
    if (hasEnded && isPublished) return stored;
    const { startedAt: _, ...waiting } = withoutCancellation(withoutEnd(stored));
    return { ...waiting, status: 'queued', ...(hasEnded && { progress: NO_PROGRESS }) };
  }
  const { state, events } = kept;
  const task = withLoggedState(stored, state);
  if (state.ended) return task;
  const latest = events.findLast(({ type }) => type === 'snapshot')?.event;
  const { startedAt: _, ...rest } = withoutCancellation(withoutEnd(task));
  // A log that was cut so far that it has no snapshot is long, so its task has begun.
  const known: Partial<TaskSnapshot> =
    latest?.type === 'snapshot'
      ? latest.task
      : isTerminal(stored.status)
        ? { ...stored, status: 'running' }
        : stored;
  const { status = stored.status, startedAt, cancelRequested } = known;
  return {
    ...rest,
    status,
    attempt: state.attempt,
    ...(startedAt && { startedAt }),
    ...(cancelRequested && { cancelRequested, ...cancellationOf(known) }),
  };
}

/**
 * The state that a log begins with when the first events of an attempt come and there is no log: the task waits, as
 * number 1. A log that was there and got lost goes on further than anyone can have counted in it: with the milliseconds
 * since 1970. `first` is the number of the first event within its attempt; 0: not counted.
 *
 * @example
 * logBeginning({ ...task, attempt: 1 }, 1).task; // queued, seq 1
 */
export function logBeginning(task: TaskSnapshot, first: number): { task: TaskSnapshot; at: string } {
  const isNew = task.attempt === 1 && (first === 1 || task.startedAt === undefined);
  const rest = withoutEnd(task);
  if (!isNew) return { task: { ...rest, seq: Date.now() }, at: new Date().toISOString() };
  const { startedAt: _, items: __, built: ___, ...waiting } = withoutCancellation(rest);
  return { task: { ...waiting, status: 'queued', progress: NO_PROGRESS, seq: 1 }, at: task.createdAt };
}

/**
 * The only event of a task of which no other is kept: its end, or a snapshot.
 *
 * @example
 * onlyEventOf({ ...task, status: 'cancelled' }).type; // 'cancelled'
 */
export function onlyEventOf(task: TaskSnapshot): TaskEvent {
  const { id: taskId, seq, finishedAt, createdAt, attempt } = task;
  const head = { taskId, seq, at: finishedAt ?? createdAt, attempt };
  const end = terminalEventOf(task);
  return end ? { ...head, ...end } : { ...head, type: 'snapshot', task };
}

/**
 * A snapshot with the items and the features that the log knows of. A server that logs a change of the task alone, such
 * as a cancellation, need not know them. A snapshot with features begins an attempt, which has none of them yet.
 *
 * @example
 * withKnownParts(event, log.task).task.items; // those of the log
 */
export function withKnownParts<Event extends Extract<TaskEvent, { type: 'snapshot' }>>(
  event: Event,
  { items, built }: Pick<TaskSnapshot, 'items' | 'built'>,
): Event {
  if (event.features || !(items || built)) return event;
  return { ...event, task: { ...(items && { items }), ...(built && { built }), ...event.task } };
}

function withoutCancellation({
  cancelRequested: _,
  cancelledBy: __,
  cancelRequestedAt: ___,
  ...task
}: TaskSnapshot): TaskSnapshot {
  return task;
}

function withoutEnd({ finishedAt: _, result: __, error: ___, ...task }: TaskSnapshot): TaskSnapshot {
  return task;
}
