import type { TaskError, TerminalStatus } from '../../src/contract/index.ts';

/**
 * Engines and workers report their work to an observer, as it happens; all of its methods are optional. They must
 * return at once and never throw. The names are those of task definitions, never names that a caller sent. The port
 * deliberately leaves out parameters, results and owners.
 */
export interface TaskObserver {
  enqueued?(task: ObservedTask): void;
  /** `waitSeconds`: from when it could run (enqueued, or its retry was due) until a worker took it. */
  started?(run: ObservedRun & { waitSeconds: number }): void;
  /** Once for each task that ended; `runSeconds` is its last run's, 0 where it never ran. `error`: where it failed. */
  ended?(
    run: ObservedRun & { status: TerminalStatus; runSeconds: number; error?: TaskError | undefined },
  ): void;
  restarted?(run: ObservedRun & { reason: RestartReason }): void;
  /** An event was handed to a subscriber so long after it happened. */
  eventDelivered?(lagSeconds: number): void;
  /** Something an operator should know of; tasks go on. */
  problem?(message: string, error: unknown): void;
}

export interface ObservedTask {
  name: string;
  queue: string;
}

/** One attempt at a task. */
export interface ObservedRun extends ObservedTask {
  taskId: string;
  /** From 1. */
  attempt: number;
}

/**
 * The attempt that a task, or the row of one, is at.
 *
 * @example
 * observer.started?.({ ...runOf(task), waitSeconds: 0.2 });
 */
export function runOf(task: { id: string; name: string; queue: string; attempt: number }): ObservedRun {
  const { id: taskId, name, queue, attempt } = task;
  return { taskId, name, queue, attempt };
}

/** `worker-lost`: its worker died or was cut off; `retry`: it failed and its definition says to try again. */
export type RestartReason = 'worker-lost' | 'retry';
