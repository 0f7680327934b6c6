import type { CallOptions, SystemClient } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import {
  createTaskStore,
  type FeaturesListener,
  idOf,
  type TaskState,
  type TaskStore,
  toTaskError,
} from '../client/taskStore.ts';
import {
  type BoundingBox,
  boundsOf,
  type GeoFeature,
  isTerminal,
  type RetryRequest,
  type TaskPreview,
  type TaskSnapshot,
} from '../contract/index.ts';
import type { TaskOverlay } from '../host/contract.ts';
import { claimTask } from './drawnTasks.ts';
import { ownName } from './ownName.ts';
import { type RememberedTask, rememberTask } from './rememberedTask.ts';
import type { AnyParams, TaskSession, TaskSessionState } from './TaskSession.ts';

/** The application as a session reads it, at each use: it may get its task server, and its map, after its plugins. */
export interface SessionHost {
  system?: SystemClient | undefined;
  map?: { taskOverlay?: TaskOverlay | undefined } | undefined;
}

export interface TaskSessionOptions<Result = unknown> {
  app: SessionHost;
  /** The task to enqueue: the name in its definition on the server. */
  taskName: string;
  /** Under which the task is remembered in this browser; different for each plugin of an application. */
  pluginId: string | (() => string);
  /** Runs the tasks; default: `app.system` at the time of use. */
  system?: SystemClient | undefined;
  /** Draws what is being built; default: `app.map.taskOverlay`. */
  overlay?: TaskOverlay | undefined;
  /**
   * True: the features that a task drew stay on the map after its success, because no table of the network holds them:
   * a computed area, a list of conflicts. A function makes the features that stay from the task's result, and they
   * replace the features that the task drew. `clearMap()` of the session removes them.
   *
   * @example
   * createTaskSession({ app, taskName: 'find_conflicts', pluginId: 'conflicts', keepOnMap: true })
   */
  keepOnMap?: boolean | ((result: Result) => readonly GeoFeature[]) | undefined;
  /**
   * Returns the result as the modal uses it; needed where `Result` is given. It comes from the network, so check it: a
   * server of another version may send another one. Throw where it cannot be used: the modal then shows the success
   * without a result, and the error becomes an uncaught error of the page.
   */
  parseResult?: ((result: unknown) => Result) | undefined;
}

/** Nobody but `parseResult` can know that a result has a type. */
export type NeedsParser<Result> = unknown extends Result
  ? unknown
  : { parseResult: (result: unknown) => Result };

/**
 * The task of a plugin: started, followed, found again after a reload, drawn on the map; whether a modal is open or
 * not. Works with a client that has no more than `enqueueTask` and `streamTaskProgress`. Nothing happens before the
 * first call. Call `restore()` once the plugin is registered, and `dispose()` when it is removed.
 *
 * @example
 * const session = createTaskSession({ app, taskName: 'label_poles', pluginId: 'labels' });
 * await session.restore();
 *
 * @example
 * // Types from the definition of the task to the modal. Only types are imported, so no backend is bundled.
 * import type { ParamsOf, ResultOf } from 'lrt-plugin/mocks';
 * import type { labelPoles } from '../task/labelPoles.ts';
 *
 * const session = createTaskSession<ParamsOf<typeof labelPoles>, ResultOf<typeof labelPoles>>({
 *   app, taskName: 'label_poles', pluginId: 'labels', parseResult: z.object({ labelled: z.int() }).parse,
 * });
 */
export function createTaskSession<Params extends AnyParams = AnyParams, Result = unknown>(
  options: TaskSessionOptions<Result> & NeedsParser<NoInfer<Result>>,
): TaskSession<Params, Result>;
export function createTaskSession(options: TaskSessionOptions): TaskSession {
  return new Session(options, options.parseResult ?? ((result) => result));
}

/** A host's own client may never settle a call. The session waits for so long, in milliseconds. */
const LONGEST_CALL_MS = 60_000;

/** Settles as the call does. Rejects where the call has not settled within LONGEST_CALL_MS. */
async function answered<T>(call: T | PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const message = `The server did not answer for ${LONGEST_CALL_MS / 1000} s`;
    timer = setTimeout(() => reject({ code: 'network', message }), LONGEST_CALL_MS);
  });
  try {
    return await Promise.race([call, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** One task at a time, in one store, which lives as long as the application's task server stays the same. */
class Session<Params extends AnyParams, Result> implements TaskSession<Params, Result> {
  readonly #options: TaskSessionOptions<Result>;
  readonly #parser: (result: unknown) => Result;
  readonly #listeners = new Set<() => void>();
  /** The tasks whose results stay on the map: see `keepOnMap`. */
  readonly #kept = new Set<string>();
  /** The client that the session uses now, and the store on it. */
  #binding: { client: SystemClient; store: TaskStore; close(): void } | undefined;
  #taskId: string | undefined;
  /** The task that this session draws on the map. */
  #claimed: { taskId: string; end(): void } | undefined;
  /** Encloses what the task has drawn. */
  #grown: BoundingBox | undefined;
  /**
   * True if the session found the task again after a reload. If the server no longer knows it, the user sees no error.
   */
  #foundAgain = false;
  #parsed: { source: TaskState; task: TaskState<Result> } | undefined;
  #parsedResult: { source: unknown; parsed: { result?: Result } } | undefined;
  #settled = false;
  #disposed = false;
  #state: TaskSessionState<Result> = {
    available: false,
    canCancel: false,
    starting: false,
    cancelling: false,
  };

  constructor(options: TaskSessionOptions<Result>, parser: (result: unknown) => Result) {
    this.#options = options;
    this.#parser = parser;
  }

  getState = (): TaskSessionState<Result> => {
    const { available, canCancel } = this.#abilities();
    if (available !== this.#state.available || canCancel !== this.#state.canCancel) {
      this.#state = { ...this.#state, available, canCancel };
    }
    return this.#state;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  async restore(): Promise<void> {
    const binding = this.#open();
    if (!binding || this.#taskId !== undefined) return;
    const remembered = this.#remembered().get();
    const active = await this.#newestActive(binding.client);
    if (this.#disposed || this.#binding !== binding || this.#taskId !== undefined || this.#state.starting)
      return;
    const found = active ?? remembered;
    if (found !== undefined) this.#follow(found, { foundAgain: true });
  }

  async start(params: Params): Promise<void> {
    await this.#begin(async ({ store }) => (await store.start(this.#options.taskName, params)).id);
  }

  async retry(options?: RetryRequest): Promise<void> {
    const { task } = this.#state;
    if (!task || !isTerminal(task.status)) return;
    const gone = task.error?.code === 'task-not-found';
    await this.#begin(async ({ client, store }) => {
      if (client.retryTask && !gone) return idOf(await client.retryTask(task.id, options), 'retryTask');
      return (await store.start(this.#options.taskName, task.params ?? {})).id;
    });
  }

  canRetry({ items }: RetryRequest = {}): boolean {
    if (this.#system()?.retryTask !== undefined) return true;
    return items === undefined && this.#state.task?.params !== undefined;
  }

  async cancel(): Promise<void> {
    const binding = this.#open();
    const id = this.#taskId;
    if (!binding || id === undefined) return;
    if (this.#state.cancelling) return;
    this.#update({ cancelling: true, cancelFailure: undefined });
    try {
      await answered(binding.store.cancel(id));
    } catch (thrown) {
      const failure = toTaskError(thrown);
      // It ended while we asked: its own events say how.
      if (failure.code !== 'already-finished' && this.#taskId === id)
        this.#update({ cancelFailure: failure });
    }
    // The store notifies a frame later that cancellation was asked for. Read it now, so that no button flickers.
    this.#read();
    this.#update({ cancelling: false });
  }

  followAgain(): void {
    const binding = this.#open();
    const { task } = this.#state;
    if (!binding || !task) return;
    binding.store.forget(task.id);
    this.#settled = false;
    const { name, params } = task;
    binding.store.follow(task.id, { name, params });
    this.#read();
  }

  dismiss(): void {
    const { task } = this.#state;
    if (task && !task.ended && !isTerminal(task.status)) return;
    this.#forget();
    this.#update({ refusal: undefined, cancelFailure: undefined });
  }

  async look(): Promise<TaskSnapshot | undefined> {
    const id = this.#taskId;
    return id === undefined ? undefined : answered(this.#open()?.client.getTask?.(id));
  }

  async ownName(): Promise<string | undefined> {
    const { client } = this.#open() ?? {};
    return client && ownName(client);
  }

  canPreview(): boolean {
    return this.#system()?.previewTask !== undefined;
  }

  async preview(params: Params, options?: CallOptions): Promise<TaskPreview> {
    const preview = await this.#system()?.previewTask?.(this.#options.taskName, params, options);
    if (preview) return preview;
    throw new TypeError(
      `previewTask of the task client gave ${String(preview)}: it must resolve with a preview`,
    );
  }

  grown(): BoundingBox | undefined {
    return this.#grown;
  }

  clearMap(): void {
    for (const id of this.#kept) this.#draw((overlay) => overlay.remove(id));
    this.#kept.clear();
  }

  dispose(): void {
    this.clearMap();
    this.#disposed = true;
    this.#close();
    this.#listeners.clear();
  }

  async #begin(
    start: (binding: { client: SystemClient; store: TaskStore }) => Promise<string>,
  ): Promise<void> {
    const binding = this.#open();
    if (!binding || this.#state.starting) return;
    this.#update({ starting: true, refusal: undefined, cancelFailure: undefined });
    try {
      const id = await start(binding);
      // A page that was left meanwhile finds the task again by its id.
      if (this.#disposed) this.#remembered().set(id);
      else if (this.#binding === binding) {
        this.#forget();
        this.#follow(id, { foundAgain: false });
      }
    } catch (thrown) {
      this.#update({ refusal: toTaskError(thrown) });
    }
    this.#update({ starting: false });
  }

  #follow(id: string, { foundAgain }: { foundAgain: boolean }): void {
    const store = this.#open()?.store;
    if (!store) return;
    this.#taskId = id;
    this.#grown = undefined;
    this.#foundAgain = foundAgain;
    this.#settled = false;
    this.#remembered().set(id);
    this.#claim(id);
    store.follow(id);
    this.#read();
  }

  #forget(): void {
    this.#eraseUnfinished();
    if (this.#taskId !== undefined) this.#binding?.store.forget(this.#taskId);
    this.#taskId = undefined;
    this.#remembered().clear();
    this.#read();
  }

  /**
   * Removes the features of a task that the session stops following, because nobody else would settle or remove them.
   */
  #eraseUnfinished(): void {
    const { task } = this.#state;
    if (task && !isTerminal(task.status)) this.#draw((overlay) => overlay.remove(task.id));
    this.#claimed?.end();
    this.#claimed = undefined;
  }

  /** Takes over what the store knows of the task. */
  #read = (): void => {
    const id = this.#taskId;
    const task = id === undefined ? undefined : this.#parse(this.#binding?.store.get(id));
    if (task && isTerminal(task.status) && !this.#settled) {
      this.#settled = true;
      if (this.#foundAgain && task.error?.code === 'task-not-found') {
        this.#forget();
        return;
      }
      this.#draw((overlay) => {
        if (task.status === 'succeeded') this.#settle(overlay, task);
        else overlay.remove(task.id);
      });
    }
    if (task !== this.#state.task) this.#update({ task });
  };

  /** The task with its result as the plugin uses it; the same object for the same state of the store. */
  #parse(source: TaskState | undefined): TaskState<Result> | undefined {
    if (this.#parsed?.source === source) return this.#parsed?.task;
    if (!source) return undefined;
    const { result, ...known } = source;
    const task = result === undefined ? known : { ...known, ...this.#parseResult(result) };
    this.#parsed = { source, task };
    return task;
  }

  /** Nothing where `parseResult` throws. A result is parsed once, however often the task's state changes after it. */
  #parseResult(source: unknown): { result?: Result } {
    if (this.#parsedResult?.source !== source) {
      const parsed: { result?: Result } = {};
      this.#parsedResult = { source, parsed };
      safely(() => {
        parsed.result = this.#parser(source);
      });
    }
    return this.#parsedResult?.parsed ?? {};
  }

  #settle(overlay: TaskOverlay, { id, result }: TaskState<Result>): void {
    const { keepOnMap = false } = this.#options;
    const isFunction = typeof keepOnMap === 'function';
    if (isFunction ? result === undefined : !keepOnMap) {
      overlay.settle(id);
      return;
    }
    this.#kept.add(id);
    if (isFunction && result !== undefined) overlay.add(id, [...keepOnMap(result)], { replace: true });
    overlay.settle(id, { keep: true });
  }

  #open(): { client: SystemClient; store: TaskStore; close(): void } | undefined {
    const client = this.#system();
    if (this.#disposed || this.#binding?.client === client) return this.#binding;
    this.#close();
    if (!client) return undefined;
    const store = createTaskStore(client);
    const ends = [
      store.subscribe(this.#read),
      store.onFeatures((...built) => {
        // The application may have its map only now.
        this.#claim(built[0]);
        this.#grow(...built);
        this.#draw((overlay) => overlay.add(...built));
      }),
    ];
    const close = () => {
      for (const end of ends) end();
      store.dispose();
    };
    this.#binding = { client, store, close };
    return this.#binding;
  }

  #close(): void {
    this.#eraseUnfinished();
    this.#binding?.close();
    this.#binding = undefined;
    this.#taskId = undefined;
    this.#state = { ...this.#state, task: undefined };
  }

  #grow: FeaturesListener = (_taskId, features, { replace }) => {
    const before = replace ? undefined : this.#grown;
    const added = boundsOf(features.map(({ geometry }) => geometry));
    if (!before || !added) {
      this.#grown = added ?? before;
      return;
    }
    const [west, south, east, north] = added;
    this.#grown = [
      Math.min(before[0], west),
      Math.min(before[1], south),
      Math.max(before[2], east),
      Math.max(before[3], north),
    ];
  };

  async #newestActive(client: SystemClient): Promise<string | undefined> {
    try {
      const query = { status: 'active', name: this.#options.taskName, limit: 1 } as const;
      const page = await answered(client.listTasks?.(query));
      return page?.tasks[0]?.id;
    } catch {
      // No list now: the remembered task is still found, and starting one says what is wrong with the server.
      return undefined;
    }
  }

  #system(): SystemClient | undefined {
    return this.#options.system ?? this.#options.app.system ?? undefined;
  }

  /** A map that throws does not stop the task from being followed. */
  #draw(how: (overlay: TaskOverlay) => void): void {
    const overlay = this.#overlay();
    if (overlay) safely(() => how(overlay));
  }

  /** The task monitor does not draw a task that this session draws. */
  #claim(taskId: string): void {
    const overlay = this.#overlay();
    if (!overlay || this.#claimed?.taskId === taskId) return;
    this.#claimed?.end();
    this.#claimed = { taskId, end: claimTask(overlay, taskId) };
  }

  #overlay(): TaskOverlay | undefined {
    return this.#options.overlay ?? this.#options.app.map?.taskOverlay;
  }

  #remembered(): RememberedTask {
    const { pluginId } = this.#options;
    return rememberTask(typeof pluginId === 'string' ? pluginId : pluginId());
  }

  #abilities() {
    const system = this.#disposed ? undefined : this.#system();
    return { available: system !== undefined, canCancel: system?.cancelTask !== undefined };
  }

  #update(
    change: { [Key in keyof TaskSessionState<Result>]?: TaskSessionState<Result>[Key] | undefined },
  ): void {
    if (this.#disposed) return;
    this.#state = { ...this.#state, ...this.#abilities(), ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
