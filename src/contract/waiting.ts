/** Why a queued task has not started yet, for the user who waits for it. */
export const WAITING_REASONS = ['worker', 'limit', 'exclusive', 'no-worker', 'later'] as const;
/**
 * - `worker`: every worker of the queue is busy. The task starts as soon as one of them is free and its place is 1.
 * - `limit`: the owner has as many tasks in the queues as one owner may have. It moves up when one of them ends.
 * - `exclusive`: another task works on the same thing, such as the same design. It starts after that one.
 * - `no-worker`: nobody runs a worker for this queue. It starts when an operator starts one.
 * - `later`: an attempt failed, and the next one has to wait for its time.
 */
export type WaitingReason = (typeof WAITING_REASONS)[number];

/**
 * Why a queued task waits, and for how long it may. It is true when the server answers, and a list or a get has it. An event
 * stream does not repeat it whenever a place changes.
 */
export interface TaskWaiting {
  reason: WaitingReason;
  /** The queue that the task is for. */
  queue: string;
  /**
   * The place among the tasks that wait for the same: a worker of the queue, a free place of the owner, or the end of the
   * same task. 1 is next. Absent where nobody can know it.
   */
  place?: number;
  /** The task that this one waits for (`exclusive`). Absent where the caller may not see that task. */
  heldBy?: { id: string; name: string };
  /** The number of the owner's tasks that are in the queues or run, and how many may (`limit`). */
  running?: number;
  limit?: number;
  /** When the next attempt may start, ISO 8601 (`later`). */
  notBefore?: string;
  /**
   * The seconds after which it probably starts, from and to: from how long tasks of the queue took lately. Absent where the
   * server has seen too few of them, or where the task that it waits for takes longer than usual.
   */
  startsInSeconds?: [low: number, high: number];
}
