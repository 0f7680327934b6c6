import type { EnqueueRequest, TaskPage, TaskSnapshot } from '../../src/contract/index.ts';
import type { EventReader } from './EventReader.ts';

/** Who asks. Tasks belong to who started them; another owner's task is answered as if it did not exist. */
export interface Caller {
  owner: string;
  /** Sees and cancels everyone's tasks, and may start any. */
  admin?: boolean;
  /** What the caller may do, by the names that definitions use as their `permission`. */
  permissions?: readonly string[];
}

export interface TaskQuery {
  status?: 'active' | 'finished';
  name?: string;
  /** Free text over name, progress message and tags. */
  q?: string;
  /** 1 to 200. */
  limit?: number;
  cursor?: string;
}

/** Which tasks' events: those named, with the newest sequence number already seen of each (null: none seen). */
export interface EventFilter {
  cursors: Record<string, number | null>;
}

/**
 * What runs tasks. Every engine passes test/contracts/taskEngine.contract.ts.
 *
 * It deliberately leaves out: HTTP, who may ask (it takes a Caller's word), and how long a client stays connected.
 * Every method rejects with a TaskRefusal whose `error.code` is one of ERROR_CODES.
 */
export interface TaskEngine {
  /**
   * Validates before anything is queued; 'forbidden' where the caller lacks the definition's permission. `created` is
   * false when the idempotency key was known.
   */
  enqueue(request: EnqueueRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }>;
  /** Undefined where the task does not exist or is another owner's. */
  get(id: string, caller: Caller): Promise<TaskSnapshot | undefined>;
  list(query: TaskQuery, caller: Caller): Promise<TaskPage>;
  /** Resolves once the wish is recorded; 'already-finished' when the task is terminal. */
  cancel(id: string, caller: Caller): Promise<TaskSnapshot>;
  /** A new task with the old one's params, `retryOf` set; 'not-retryable' while the old one is active. */
  retry(id: string, caller: Caller): Promise<TaskSnapshot>;
  /**
   * A snapshot of each task first, or the events after the cursor where they are all still kept; then what is
   * newer, as it happens. Ends after the terminal event of each task named, or when the signal aborts. Nothing is done
   * before somebody begins to read.
   */
  events(filter: EventFilter, options: { caller: Caller; signal?: AbortSignal }): EventReader;
  /** Stops taking tasks, aborts the running ones, ends every subscription, releases every timer. */
  close(): Promise<void>;
}
