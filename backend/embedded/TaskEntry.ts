import { isTerminal } from '../../src/contract/index.ts';
import type { EventLog } from '../tasks/EventLog.ts';
import type { TaskRun } from '../tasks/TaskRun.ts';
import type { TaskRecord } from './TaskJournal.ts';

/** One task as the engine holds it. */
export interface TaskEntry {
  log: EventLog;
  /** Rises from task to task. */
  order: number;
  idempotencyKey: string | undefined;
  /** Equal for equal name and params. */
  fingerprint: string;
  /** Set while it runs. */
  run?: Pick<TaskRun<object>, 'decide' | 'stop'>;
  /** Set while it waits to be tried again: when, ISO 8601. */
  dueAt: string | undefined;
  /** When it ended, ISO 8601, as the journal was told. */
  endedAt?: string | undefined;
  /** True once a cancellation came too late for this run: there is to be no other. */
  cancelWanted?: boolean;
  /** True from the moment that it is sure to end without running (again). */
  ending: boolean;
  /** When its last run began, of performance.now(). */
  beganAt?: number;
  /** Rejects where the journal refused the task. */
  saved: Promise<void>;
  /** Resolves with the terminal event, or when the engine closes. */
  ended: { promise: Promise<void>; resolve: () => void };
}

export function newEntry({
  log,
  order,
  fingerprint,
  idempotencyKey,
  dueAt,
}: Pick<TaskEntry, 'log' | 'order' | 'fingerprint' | 'idempotencyKey'> & {
  dueAt?: string | undefined;
}): TaskEntry {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    log,
    order,
    fingerprint,
    idempotencyKey,
    dueAt,
    ending: isTerminal(log.task.status),
    saved: Promise.resolve(),
    ended: { promise, resolve },
  };
}

export function recordOf({ log, order, idempotencyKey, dueAt }: TaskEntry): TaskRecord {
  return {
    task: log.task,
    order,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(dueAt !== undefined && { dueAt }),
  };
}
