import type { TaskStatus } from './task.ts';
import type { TaskFilter } from './watch.ts';

// Counting tasks, and doing something to many of them by one task.

/** Says how many tasks a filter selects. */
export interface TaskCounts {
  byStatus: Record<TaskStatus, number>;
  /** The number of these that somebody else started. Only an admin sees such tasks. */
  others: number;
  /** True: more tasks have ended than MAX_COUNTED, and the server did not count all of them. */
  isCapped?: true;
}

/** A server counts so many tasks that have ended at most. It counts all that have not. */
export const MAX_COUNTED = 10_000;

export const BULK_ACTIONS = ['cancel', 'retry', 'clear'] as const;
/**
 * - `cancel`: those of the tasks that are queued or run.
 * - `retry`: starts those again that failed or were cancelled, and tasks that are named by id also where they succeeded.
 * - `clear`: removes those that have ended from all lists.
 */
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Body of `POST /tasks/bulk`: what is done, and to which tasks. It has a `filter` or `ids`, and not both. */
export interface BulkRequest {
  action: BulkAction;
  /** The tasks that it selects, as of the moment of the request: later ones are left alone. */
  filter?: TaskFilter;
  /** At most MAX_BULK_IDS. */
  ids?: readonly string[];
  /** The same key again gives the same task. 1 to 200 characters. */
  idempotencyKey?: string;
}

export const MAX_BULK_IDS = 1_000;

/** The name of the task that does it, in lists. Its params are `{ action, filter }` or `{ action, ids }`. */
export const BULK_TASK = 'bulk_tasks';

/** The result of a bulk task. Each task that it could not act on is one of its failed items, by id. */
export interface BulkResult {
  action: BulkAction;
  /** The number of tasks that it cancelled, started again or cleared. */
  done: number;
  failed: number;
  /** True: it has reached its limit, and there are more tasks. */
  more?: true;
}
