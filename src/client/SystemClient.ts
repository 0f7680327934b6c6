import type {
  BulkRequest,
  GeoFeature,
  HandoverRequest,
  ItemPage,
  ItemQuery,
  LogPage,
  LogQuery,
  RetryRequest,
  TaskCounts,
  TaskError,
  TaskFilter,
  TaskItem,
  TaskPage,
  TaskPreview,
  TaskProgress,
  TaskSnapshot,
  TaskStatus,
  TaskWaiting,
} from '../contract/index.ts';

/** The new task that enqueueTask resolves with. A host's own client may give no more than the id. */
export interface TaskRef {
  id: string | number;
}

export interface CallOptions {
  /**
   * Gives the call up: it rejects with the signal's reason at once. The server may have carried it out all the same. A
   * host's own client may ignore it.
   */
  signal?: AbortSignal | undefined;
}

/** A file as the server made it. A browser keeps a large Blob on its disk. */
export interface ExportedFile {
  name: string;
  blob: Blob;
}

export interface EnqueueOptions extends CallOptions {
  /** The same key again gives the same task: makes a repeated call safe. */
  idempotencyKey?: string;
  tags?: string[];
}

/** The connection to the server, as the user should see it. */
export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'live' }
  /**
   * The connection delivers nothing, as behind a proxy that holds bytes back. Until it does, the client asks for the
   * task's state again and again: progress comes less often, and what the task builds is not drawn while it runs.
   */
  | { state: 'polling' }
  /** The connection is lost. The next try is at `retryAt` (Unix time in milliseconds, local clock). */
  | { state: 'reconnecting'; attempt: number; retryAt: number; reason: string }
  /** No further tries: the caller closed it, the task has ended, or the server refused for good. */
  | { state: 'closed' };

/**
 * Handlers that a client calls as the task goes on. Our own client calls exactly one of onSuccess, onFailure and
 * onCancelled once, then onEnd once, and nothing after close(). A host's own client may call them in another order,
 * twice or never.
 */
export interface TaskHandlers<Result = unknown> {
  onProgress?(progress: TaskProgress & { status: TaskStatus }): void;
  onSuccess?(result: Result): void;
  /** A cancelled task calls it too, with code 'cancelled', where onCancelled is absent. */
  onFailure?(error: TaskError): void;
  onEnd?(): void;
  onCancelled?(): void;
  onConnection?(state: ConnectionState): void;
  /** The whole state, after (re)connecting without a usable cursor and when the status changes. */
  onSnapshot?(task: TaskSnapshot, info: { at: string }): void;
  /** Features that the task just built. `replace`: these are all of them, in place of those drawn before. */
  onFeatures?(features: GeoFeature[], info: { replace: boolean }): void;
  /** Reports how further parts of the work ended. */
  onItems?(items: TaskItem[], info: { at: string }): void;
  /** A log entry of the task. Our own client also warns here, once, that it skipped events it could not read. */
  onLog?(entry: { level: 'info' | 'warning' | 'error'; message: string; at: string }): void;
}

export interface TaskStream {
  /** Stops following; the task runs on. No handler is called afterwards. Safe to call twice. */
  close(): void;
}

/**
 * Handlers of a watch. It says how tasks stand now, and not each step on the way there: a task that changed ten times may
 * come once. The same state may come twice.
 */
export interface WatchHandlers {
  /** A task that the filter selects is new, or has changed. It comes without its result, as in a list. */
  onTask(task: TaskSnapshot): void;
  /** The filter does not select the task any more (`task`: its newest state), or it was deleted. */
  onGone(taskId: string, task?: TaskSnapshot): void;
  /** Changes may be missing before this moment: read the list again. The watch goes on. */
  onReset?(): void;
  /** The cursor that a later watch goes on from. */
  onCursor?(cursor: string): void;
  onConnection?(state: ConnectionState): void;
  /** The watch is over: the server refused it, or is older than watches. */
  onError?(error: TaskError): void;
}

export interface WatchOptions {
  /** The `watchCursor` of a list, or what onCursor gave: the watch brings what has changed since. Default: from now on. */
  after?: string | undefined;
}

export interface ListQuery extends TaskFilter {
  /** 1 to 200, default 50. */
  limit?: number;
  cursor?: string;
}

/**
 * The task client that a host injects as `app.system`. Only the first two methods are required. Each other method is an
 * ability: the user interface shows a control only where its ability exists.
 */
export interface SystemClient {
  /** Rejects with a TaskClientError that names what was refused; then nothing was queued. */
  enqueueTask(name: string, params: object, options?: EnqueueOptions): Promise<TaskRef>;
  streamTaskProgress(taskId: string | number, handlers: TaskHandlers): TaskStream;
  /**
   * Says what a task would come to, and starts nothing. The preview's `refusal` is what a start would reject with. Rejects with
   * 'no-preview' where the task has none, and with 'not-found' where the server is older than previews.
   */
  previewTask?(name: string, params: object, options?: CallOptions): Promise<TaskPreview>;
  /**
   * Makes a file of what a task has built. Rejects with 'nothing-to-export' where nothing of it is left, with 'not-finished' while
   * the task runs, and with 'not-found' where the server is older than exports.
   */
  exportTask?(
    taskId: string | number,
    request: HandoverRequest,
    options?: CallOptions,
  ): Promise<ExportedFile>;
  /** Asks for cancellation. The stream calls onCancelled when the task has ended. */
  cancelTask?(taskId: string | number, options?: CallOptions): Promise<void>;
  /** Rejects with code 'task-not-found'. */
  getTask?(taskId: string | number, options?: CallOptions): Promise<TaskSnapshot>;
  listTasks?(query?: ListQuery, options?: CallOptions): Promise<TaskPage>;
  /**
   * Says why those of these tasks wait that are queued, by id: one call for all that a page shows. At most 200 ids. A list and
   * `getTask` have the same, and a watch does not.
   */
  waitingTasks?(
    taskIds: readonly string[],
    options?: CallOptions,
  ): Promise<Readonly<Record<string, TaskWaiting>>>;
  /** A page of the task's items, in the order of their reports: `{ ok: false }` selects those that failed. */
  listItems?(taskId: string | number, query?: ItemQuery, options?: CallOptions): Promise<ItemPage>;
  /**
   * A page of the task's log, the oldest line first, also long after the task's end. While the task runs, `onLog` of its
   * stream says that there is more to read, from the `cursor` of the last page.
   */
  listLog?(taskId: string | number, query?: LogQuery, options?: CallOptions): Promise<LogPage>;
  /**
   * Starts a new task with the same params, linked to the old one. `{ items: 'failed' }`: only the items that failed.
   */
  retryTask?(taskId: string | number, options?: RetryRequest & CallOptions): Promise<TaskRef>;
  /**
   * Removes a task that has ended from all lists, of the owner and of admins. Resolves as well where it is not there any
   * more. Rejects with 'not-finished' while it is queued or runs.
   */
  clearTask?(taskId: string | number, options?: CallOptions): Promise<void>;
  /** Says how many tasks the filter selects, by status: what a bulk task would act on, or the numbers on tabs. */
  countTasks?(filter?: TaskFilter, options?: CallOptions): Promise<TaskCounts>;
  /**
   * Cancels, starts again or clears many tasks, by a task that does it: it has progress, and its failed items are the tasks
   * that it could not act on.
   */
  bulkTasks?(request: BulkRequest, options?: CallOptions): Promise<TaskRef>;
  /**
   * Watches all tasks that the filter selects, those that do not exist yet too. No handler is called before this has
   * returned.
   */
  watchTasks?(filter: TaskFilter, handlers: WatchHandlers, options?: WatchOptions): TaskStream;
}
