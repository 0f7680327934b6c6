import type {
  BulkRequest,
  DesignChange,
  EnqueueRequest,
  ItemPage,
  ItemQuery,
  LogPage,
  LogQuery,
  PreviewRequest,
  RetryRequest,
  TaskCounts,
  TaskFilter,
  TaskPage,
  TaskPreview,
  TaskSnapshot,
  TaskStatus,
  TaskWaiting,
} from '../../src/contract/index.ts';
import type { AnyLoggedEvent, EventReader } from './EventReader.ts';

/**
 * The user on whose behalf an engine is called. A task belongs to the caller who started it. Another owner's task seems
 * not to exist.
 */
export interface Caller {
  owner: string;
  /** Sees and cancels everyone's tasks, and may start any. */
  admin?: boolean;
  /** The caller's permissions, by the names that definitions use as their `permission`. */
  permissions?: readonly string[];
}

/** The outcome of `TaskEngine.clear`. An id that is in neither list names no task that the caller may see. */
export interface Cleared {
  /** Ids of the tasks that were removed. */
  cleared: string[];
  /** The tasks that were left alone because they have not ended. */
  active: { id: string; status: TaskStatus }[];
}

/** One call clears so many tasks at most. */
export const MAX_CLEARED = 1_000;

export interface TaskQuery extends TaskFilter {
  /** 1 to 200. */
  limit?: number;
  cursor?: string;
}

/** The tasks named, with the newest sequence number already seen of each (null: none seen). */
export interface CursorFilter {
  cursors: Record<string, number | null>;
}

/**
 * Selects the tasks whose events are read. It is a union, so that a wider filter joins it and no caller changes. An
 * engine refuses a filter that it does not know with 'invalid-request'; `cursorsOf` does that.
 */
export type EventFilter = CursorFilter;

/** The tasks that are watched. */
export interface WatchFilter {
  filter: TaskFilter;
  /** The `watchCursor` of a list, or the cursor of a watch event: the watch brings what has changed since. Default: from now on. */
  after?: string;
  /** Tasks whose events are read beside the watch, as by `events`. */
  cursors?: CursorFilter['cursors'];
}

/** A kind of task that an engine can run, for a list to choose from. */
export interface TaskKind {
  name: string;
  queue: string;
  timeoutSeconds: number;
  /** 1 goes first, 10 last. */
  priority: number;
  /** The permission that a caller needs to start it. */
  permission?: string;
  /** True if this caller may start it. */
  mayStart: boolean;
  /** True if a running task of this kind can be cancelled. */
  cancellable: boolean;
  /** Says if a parameter that the task does not know is ignored or refused. */
  unknownParams: 'ignore' | 'refuse';
  /** True where a client may ask what a run would come to: `preview`. */
  hasPreview: boolean;
  /** JSON Schema (draft 2020-12) of the params, where the schema library gives one (zod does). */
  params?: Record<string, unknown>;
}

/**
 * An engine runs tasks. Every engine passes test/contracts/taskEngine.contract.ts.
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
  /**
   * Says what the task would come to, and starts nothing. The preview's `refusal` is what a start would reject with. Rejects with
   * 'unknown-task', 'forbidden', 'no-preview' where the definition has none, 'rate-limited' where too many previews are made at
   * the same time, and 'timeout'.
   */
  preview(request: PreviewRequest, caller: Caller, options?: { signal?: AbortSignal }): Promise<TaskPreview>;
  /** Undefined where the task does not exist or is another owner's. */
  get(id: string, caller: Caller): Promise<TaskSnapshot | undefined>;
  list(query: TaskQuery, caller: Caller): Promise<TaskPage>;
  /** Says how many tasks the filter selects for the caller, also where there are a million: see TaskCounts. */
  count(filter: TaskFilter, caller: Caller): Promise<TaskCounts>;
  /**
   * Starts a task that does something to many: see BulkRequest. It acts as the caller, and its failed items are the tasks that
   * it could not act on. 'rate-limited' where the caller has MAX_BULK_TASKS of them under way.
   */
  bulk(request: BulkRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }>;
  /**
   * Why those of these tasks wait that are queued and that the caller may see, by id. `get` and `list` have the same in
   * `TaskSnapshot.waiting`. This is for whoever holds the tasks already and refreshes their places: at most 200 ids.
   */
  waiting(ids: readonly string[], caller: Caller): Promise<Map<string, TaskWaiting>>;
  /**
   * The items of the task's present attempt, page by page, in the order of their reports. 'task-not-found' as with `get`.
   * Where an engine has forgotten them, or never kept them, the pages have the failures of the task's summary.
   */
  items(id: string, query: ItemQuery, caller: Caller): Promise<ItemPage>;
  /**
   * The log of the task, page by page, the oldest line first: the newest 50,000 lines of all attempts, for as long as the task is
   * kept. The lines that came before the terminal event are there when that comes. 'task-not-found' as with `get`.
   */
  log(id: string, query: LogQuery, caller: Caller): Promise<LogPage>;
  /** Resolves once the wish is recorded; 'already-finished' when the task is terminal. */
  cancel(id: string, caller: Caller): Promise<TaskSnapshot>;
  /**
   * A new task with the old one's params, `retryOf` set. With `items: 'failed'` it is given the ids of the items that
   * failed, to run those only. 'not-retryable' while the old one is active, and where it has no failed items that can
   * be run alone.
   */
  retry(id: string, caller: Caller, request?: RetryRequest): Promise<TaskSnapshot>;
  /**
   * Removes those of these tasks that have ended, with their logs and items: lists and gets do not have them any more, and
   * watchers hear `gone`. A repeated call changes nothing. The idempotency key of a task that ended less than two minutes ago
   * stays used until then: a start that is repeated with it is refused with 'idempotency-conflict' and starts nothing.
   * At most MAX_CLEARED ids.
   */
  clear(ids: readonly string[], caller: Caller): Promise<Cleared>;
  /**
   * Says that a design changed, for an application whose designs the engine's store does not know. The tasks of the design show it
   * from then on: see DesignFacts. 'forbidden' unless the caller is an administrator. The stores that ship need no such call.
   */
  noteDesign(change: DesignChange, caller: Caller): Promise<void>;
  /** The kinds of task that can be started, in order of name. */
  definitions(caller: Caller): Promise<TaskKind[]>;
  /**
   * Begins with a snapshot of each task, or with the events after the cursor if they are all still kept. Newer events
   * follow as they happen. Ends after the terminal event of each task named, or when the signal aborts. The engine does
   * nothing before the caller begins to read.
   */
  events(filter: EventFilter, options: { caller: Caller; signal?: AbortSignal }): EventReader;
  /**
   * Says which of the tasks that the filter selects are new or have changed since `after`, and then whenever one does: see
   * WatchEvent. A reader who is slow is given the newest state of each changed task once, and no backlog. It does not end by
   * itself, except with the engine. The caller hears nothing of tasks that it may not see, not even that they are gone.
   */
  watch(filter: WatchFilter, options: { caller: Caller; signal?: AbortSignal }): EventReader<AnyLoggedEvent>;
  /** Stops taking tasks, aborts the running ones, ends every subscription, releases every timer. */
  close(): Promise<void>;
}
