/** Reads one run for its page: what the server says of it now, and everything that happens to it from then on. */

import { onceAFrame } from '../../client/onceAFrame.ts';
import type { ConnectionState, SystemClient, TaskHandlers, TaskStream } from '../../client/SystemClient.ts';
import { safely } from '../../client/safely.ts';
import { type Failure, toTaskError } from '../../client/taskStore.ts';
import { addItems, isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import { LogBuffer } from './LogBuffer.ts';
import { RunLog } from './RunLog.ts';

/**
 * - `ready`: the task is known. With an `error` it is as of the last answer, and is read again.
 * - `forbidden`: the server refuses it to this user. `not-found`: it has none by this id, or does not say so to this user.
 * - `removed`: the server had it while the page was open, and has it no more.
 * - `offline`: it cannot be reached, and nothing is known yet. `failed`: it answered with another error.
 */
export type RunPhase = 'loading' | 'ready' | 'forbidden' | 'not-found' | 'removed' | 'offline' | 'failed';

export interface RunState {
  readonly phase: RunPhase;
  readonly task?: TaskSnapshot;
  readonly error?: Failure | undefined;
  readonly connection: ConnectionState;
  /** When the server last said anything about the task: Unix time in milliseconds, by the local clock. */
  readonly asOfMs?: number;
}

export interface RunFeedOptions {
  system: SystemClient;
  taskId: string;
  /** A list may know the task already: then the page shows it at once. */
  known?: TaskSnapshot | undefined;
  /** Draws on the page's own map what the task builds. */
  overlay?: TaskOverlay | undefined;
}

/** The first pause before the server is asked again, and the longest one. Each pause is twice the one before. */
const PAUSE_MS = { first: 2_000, most: 60_000 };
/** With these codes the connection or the server is to blame, and not the request: it is worth another try. */
const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set([
  'network',
  'unavailable',
  'internal',
  'rate-limited',
]);

/**
 * One run, as long as its page is open. It asks once for the task, follows it, and asks again after its end, since the end
 * of a stream says less than the server knows. While the server cannot be reached it goes on trying.
 *
 * @example
 * const feed = new RunFeed({ system: app.system, taskId });
 * feed.subscribe(() => render(feed.getState()));
 * feed.open();
 */
export class RunFeed {
  readonly log = new LogBuffer();
  readonly #options: RunFeedOptions;
  readonly #listeners = new Set<() => void>();
  readonly #frame = onceAFrame(() => {
    for (const listener of [...this.#listeners]) safely(listener);
  });
  #state: RunState;
  #calls = new AbortController();
  #lines: RunLog | undefined;
  #stream: TaskStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = PAUSE_MS.first;

  constructor(options: RunFeedOptions) {
    this.#options = options;
    const { known } = options;
    this.#state = {
      phase: known ? 'ready' : 'loading',
      connection: { state: 'connecting' },
      ...(known && { task: known }),
    };
  }

  getState = (): RunState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Begins to read. Returns what ends it, so that it fits an effect. */
  open(): () => void {
    this.#calls = new AbortController();
    globalThis.addEventListener?.('online', this.#again);
    const { system, taskId } = this.#options;
    const { signal } = this.#calls;
    this.#lines = new RunLog({ system, taskId, buffer: this.log, signal });
    this.#lines.open();
    this.#follow();
    void this.#read();
    return () => this.#close();
  }

  /** Asks now, also where the pause is not over. */
  retry(): void {
    this.#again();
  }

  /** The user has asked to cancel the task, and the server has agreed. */
  cancelRequested(): void {
    const { task } = this.#state;
    if (task && !isTerminal(task.status)) this.#set({ task: { ...task, cancelRequested: true } });
  }

  #close(): void {
    this.#calls.abort();
    clearTimeout(this.#timer);
    globalThis.removeEventListener?.('online', this.#again);
    this.#endStream();
    this.#frame.cancel();
    const { task } = this.#state;
    if (task && !isTerminal(task.status)) this.#draw((overlay) => overlay.remove(task.id));
  }

  #again = (): void => {
    clearTimeout(this.#timer);
    this.#pauseMs = PAUSE_MS.first;
    if (!this.#stream) this.#follow();
    void this.#read();
  };

  async #read(): Promise<void> {
    const { system, taskId } = this.#options;
    // Such a client has nothing but the stream: it says all that there is to know.
    if (!system.getTask) return;
    const { signal } = this.#calls;
    try {
      const task = await system.getTask(taskId, { signal });
      if (signal.aborted) return;
      this.#pauseMs = PAUSE_MS.first;
      this.#takeTask(task);
    } catch (thrown) {
      if (signal.aborted) return;
      this.#refused(toTaskError(thrown));
    }
  }

  #refused(error: Failure): void {
    const { task } = this.#state;
    if (error.code === 'forbidden' || error.code === 'unauthorized') {
      // The user has lost the right, and sees no longer what was shown before.
      const { task: _task, ...rest } = this.#state;
      this.#replace({ ...rest, phase: 'forbidden', error });
      this.#endStream();
    } else if (error.code === 'task-not-found') {
      this.#set({ phase: task ? 'removed' : 'not-found', error });
      this.#endStream();
    } else {
      this.#set({ phase: task ? 'ready' : error.code === 'network' ? 'offline' : 'failed', error });
      if (!WORTH_ANOTHER_TRY.has(error.code)) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(
        () => void this.#read(),
        (error.retryAfterSeconds ?? 0) * 1000 || this.#pauseMs,
      );
      this.#pauseMs = Math.min(this.#pauseMs * 2, PAUSE_MS.most);
    }
  }

  /** The whole task, from a call or an event. An event may leave out parts that are as they were. */
  #takeTask(next: TaskSnapshot): void {
    const { task: before } = this.#state;
    // An answer that was on its way while an event came.
    if (before && (next.attempt < before.attempt || (next.seq < before.seq && !isTerminal(next.status))))
      return;
    const isSameAttempt = before?.attempt === next.attempt;
    const items = next.items ?? (isSameAttempt ? before?.items : undefined);
    const built = next.built ?? (isSameAttempt ? before?.built : undefined);
    this.#set({
      phase: 'ready',
      error: undefined,
      asOfMs: Date.now(),
      task: { ...next, ...(items && { items }), ...(built && { built }) },
    });
  }

  #change(change: (task: TaskSnapshot) => Partial<TaskSnapshot>): void {
    const { task } = this.#state;
    if (task && !isTerminal(task.status)) {
      this.#set({ task: { ...task, ...change(task) }, asOfMs: Date.now() });
    }
  }

  #follow(): void {
    const { system, taskId } = this.#options;
    try {
      this.#stream = system.streamTaskProgress(taskId, this.#handlers());
    } catch (thrown) {
      this.#set({ connection: { state: 'closed' }, error: toTaskError(thrown) });
    }
  }

  #handlers(): TaskHandlers {
    const { signal } = this.#calls;
    const { taskId } = this.#options;
    /** A host's own client may call a handler after it was closed. */
    const now = (what: () => void) => {
      if (!signal.aborted) what();
    };
    return {
      onSnapshot: (task) => now(() => this.#takeTask(task)),
      onProgress: ({ status, ...progress }) => now(() => this.#change(() => ({ status, progress }))),
      onItems: (items) => now(() => this.#change((task) => ({ items: addItems(task.items, items) }))),
      onLog: (entry) => now(() => this.#lines?.take(entry)),
      onFeatures: (features, info) => now(() => this.#draw((overlay) => overlay.add(taskId, features, info))),
      onConnection: (connection) => now(() => this.#set({ connection })),
      onSuccess: (result) =>
        now(() => {
          this.#change(() => ({ status: 'succeeded', result }));
          this.#draw((overlay) => overlay.settle(taskId));
        }),
      onFailure: (given) =>
        now(() => {
          const error = toTaskError(given);
          if (error.code === 'task-not-found') return this.#refused(error);
          // A connection that was given up says nothing about the task.
          if (given instanceof Error) return this.#set({ error });
          this.#change(() => ({ status: 'failed', error }));
          this.#draw((overlay) => overlay.remove(taskId));
        }),
      onCancelled: () =>
        now(() => {
          this.#change(() => ({ status: 'cancelled', cancelRequested: false }));
          this.#draw((overlay) => overlay.remove(taskId));
        }),
      onEnd: () =>
        now(() => {
          this.#stream = undefined;
          this.#set({ connection: { state: 'closed' } });
          this.#lines?.more();
          void this.#read();
        }),
    };
  }

  #endStream(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream) safely(() => stream.close());
  }

  /** A map that throws does not stop the page. */
  #draw(how: (overlay: TaskOverlay) => void): void {
    const { overlay } = this.#options;
    if (overlay) safely(() => how(overlay));
  }

  #set(change: { [Key in keyof RunState]?: RunState[Key] | undefined }): void {
    this.#replace({ ...this.#state, ...withoutUndefined(change) });
  }

  #replace(state: RunState): void {
    this.#state = state;
    this.#frame.request();
  }
}

/** An `error` of undefined takes the error away; of other fields undefined says nothing. */
function withoutUndefined(
  change: { [Key in keyof RunState]?: RunState[Key] | undefined },
): Partial<RunState> {
  const { phase, task, connection, asOfMs } = change;
  return {
    ...(phase && { phase }),
    ...(task && { task }),
    ...(connection && { connection }),
    ...(asOfMs !== undefined && { asOfMs }),
    ...('error' in change && { error: change.error }),
  };
}
