import {
  type GeoFeature,
  type Geometry,
  isRecord,
  isTerminal,
  type ParameterProblem,
  type TaskError,
  type TaskItem,
} from '../contract/index.ts';
import { onceAFrame } from './onceAFrame.ts';
import type { EnqueueOptions, SystemClient, TaskHandlers, TaskStream } from './SystemClient.ts';
import { safely } from './safely.ts';
import { isTaskClientError, type TaskClientError } from './TaskClientError.ts';
import {
  initialTaskState,
  type TaskAction,
  type TaskLogEntry,
  type TaskState,
  taskReducer,
} from './taskReducer.ts';

export type { TaskLogEntry, TaskState } from './taskReducer.ts';

export type FeaturesListener = (taskId: string, features: GeoFeature[], info: { replace: boolean }) => void;

/** The state of any number of tasks, for a user interface. It knows no React. */
export interface TaskStore {
  /** Enqueues a task and follows it. Rejects as `enqueueTask` does; then the store follows nothing. */
  start(name: string, params: Record<string, unknown>, options?: EnqueueOptions): Promise<TaskState>;
  /** Follows an existing task. It follows the task again where the server had refused the stream for good. */
  follow(id: string, known?: Pick<TaskState, 'name' | 'params'>): TaskState;
  /** Asks for cancellation. The task's state changes when the task has ended. Rejects as `cancelTask` does. */
  cancel(id: string): Promise<void>;
  /** Stops following; the task runs on. */
  forget(id: string): void;
  get(id: string): TaskState | undefined;
  /** Calls the listener at most once a frame, and at once when a task ends. Returns its own undo. */
  subscribe(listener: () => void): () => void;
  /** Calls the listener with every batch of features, in order and at once. Returns its own undo. */
  onFeatures(listener: FeaturesListener): () => void;
  /** Stops following everything; releases streams, timers and listeners. */
  dispose(): void;
}

interface Followed {
  state: TaskState;
  stream?: TaskStream | undefined;
}

/**
 * Follows tasks through a SystemClient, ours or a host's own. A host's client may have only two methods, may call its
 * handlers in another order, twice, after close() or never, and may throw.
 *
 * @example
 * const store = createTaskStore(createTaskClient({ baseUrl: '/api' }));
 * const { id } = await store.start('label_poles', { design: 'design/North' });
 * store.subscribe(() => console.log(store.get(id)?.progress.percent));
 */
export function createTaskStore(system: SystemClient): TaskStore {
  const tasks = new Map<string, Followed>();
  const listeners = new Set<() => void>();
  const featuresListeners = new Set<FeaturesListener>();
  let disposed = false;

  const frame = onceAFrame(() => {
    for (const listener of [...listeners]) safely(listener);
  });

  function notify(atOnce: boolean): void {
    if (atOnce) frame.flush();
    else frame.request();
  }

  function dispatch(id: string, followed: Followed, action: TaskAction): void {
    // A host's client may call handlers after close(), or after the task was forgotten and followed again.
    if (tasks.get(id) !== followed) return;
    const before = followed.state;
    followed.state = taskReducer(before, action);
    if (followed.state === before) return;
    notify(isOver(followed.state) && !isOver(before));
  }

  function handlersOf(id: string, followed: Followed): TaskHandlers {
    const on = (action: TaskAction) => dispatch(id, followed, action);
    return {
      onSnapshot: (task, { at }) => on({ type: 'snapshot', task, at, nowMs: Date.now() }),
      onProgress: (progress) => on({ type: 'progress', progress: toProgress(progress), nowMs: Date.now() }),
      onSuccess: (result) => on({ type: 'succeeded', result, nowMs: Date.now() }),
      onFailure: (error) =>
        on(
          isLostConnection(error)
            ? { type: 'lost', error }
            : { type: 'failed', error: toTaskError(error, 'exception'), nowMs: Date.now() },
        ),
      onItems: (items) => on({ type: 'items', items: toItems(items) }),
      onLog: (entry) => on({ type: 'log', entry: toLogEntry(entry) }),
      onCancelled: () => on({ type: 'cancelled', nowMs: Date.now() }),
      onConnection: (connection) => on({ type: 'connection', connection }),
      // Some hosts call onEnd before the outcome.
      onEnd: () => queueMicrotask(() => on({ type: 'ended' })),
      onFeatures(features, info) {
        if (tasks.get(id) !== followed) return;
        for (const listener of [...featuresListeners]) safely(() => listener(id, features, info));
      },
    };
  }

  function follow(id: string, known?: Pick<TaskState, 'name' | 'params'>): TaskState {
    const present = tasks.get(id);
    if (present && !(present.state.ended && !isTerminal(present.state.status))) return present.state;
    const followed: Followed = { state: initialTaskState(id, known) };
    tasks.set(id, followed);
    notify(false);
    try {
      const stream = system.streamTaskProgress(id, handlersOf(id, followed));
      // A handler that was called before the stream was returned may have forgotten the task.
      if (tasks.get(id) === followed) followed.stream = stream;
      else closeStream(stream);
    } catch (thrown) {
      // The task is queued all the same. Only the connection to it is missing.
      dispatch(id, followed, { type: 'lost', error: toTaskError(thrown, 'lost-sight') });
    }
    return followed.state;
  }

  function forget(id: string): void {
    const followed = tasks.get(id);
    if (!followed) return;
    tasks.delete(id);
    notify(false);
    closeStream(followed.stream);
  }

  return {
    async start(name, params, options) {
      const ref: unknown = await system.enqueueTask(name, params, options);
      const id = idOf(ref, `enqueueTask("${name}")`);
      if (disposed) return initialTaskState(id, { name, params });
      return follow(id, { name, params });
    },
    follow,
    async cancel(id) {
      if (!system.cancelTask) throw new TypeError('This host cannot cancel tasks: it has no cancelTask');
      await system.cancelTask(id);
      const followed = tasks.get(id);
      if (followed) dispatch(id, followed, { type: 'cancelRequested' });
    },
    forget,
    get: (id) => tasks.get(id)?.state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onFeatures(listener) {
      featuresListeners.add(listener);
      return () => void featuresListeners.delete(listener);
    },
    dispose() {
      disposed = true;
      listeners.clear();
      featuresListeners.clear();
      for (const id of [...tasks.keys()]) forget(id);
      frame.cancel();
    },
  };
}

/** Our own client reports with a TaskClientError that the connection failed, and not the task. */
function isLostConnection(error: unknown): error is TaskClientError {
  return isTaskClientError(error) && error.code !== 'task-not-found';
}

function isOver({ status, ended }: TaskState): boolean {
  return ended || isTerminal(status);
}

function closeStream(stream: unknown): void {
  if (!isRecord(stream)) return;
  const { close } = stream;
  if (typeof close === 'function') safely(() => close.call(stream));
}

/** Throws a TypeError that names the call where it gave no task. */
export function idOf(ref: unknown, call: string): string {
  const id = isRecord(ref) ? ref.id : undefined;
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  throw new TypeError(`The host's ${call} resolved without the id of a task`);
}

/** Reads progress as a host's own client gives it. Any field may be missing. */
function toProgress(given: unknown): Extract<TaskAction, { type: 'progress' }>['progress'] {
  if (!isRecord(given)) return {};
  const { percent, step, stepCount, message, done, total, status } = given;
  return {
    status,
    ...(typeof percent === 'number' && { percent: Math.min(100, Math.max(0, percent)) }),
    ...(typeof step === 'number' && { step }),
    ...(typeof stepCount === 'number' && { stepCount }),
    ...(typeof message === 'string' && { message }),
    ...(typeof done === 'number' && { done }),
    ...(typeof total === 'number' && { total }),
  };
}

/** Reads items as a host's own client gives them, and leaves out those without an id. */
function toItems(given: unknown): TaskItem[] {
  if (!Array.isArray(given)) return [];
  return given.filter(isRecord).flatMap((item): TaskItem[] => {
    const { id, ok, geometry } = item;
    if (typeof id !== 'string') return [];
    if (ok === true) return [{ id, ok }];
    const { code, message } = toTaskError(item, 'exception');
    return [{ id, code, message, ...(isGeometry(geometry) && { geometry }) }];
  });
}

/** Checks no more than the shape. The map decides whether it can draw the geometry. */
function isGeometry(value: unknown): value is Geometry {
  return isRecord(value) && typeof value.type === 'string' && Array.isArray(value.coordinates);
}

/** Reads a log entry as a host's own client gives it. Any field may be missing. */
function toLogEntry(given: unknown): TaskLogEntry {
  const { level, message, at } = isRecord(given) ? given : { message: given };
  return {
    level: level === 'warning' || level === 'error' ? level : 'info',
    message: typeof message === 'string' ? message : '',
    at: typeof at === 'string' ? at : new Date().toISOString(),
  };
}

/** Why something did not work, with the seconds after which the server allows the next try. */
export type Failure = TaskError & { retryAfterSeconds?: number };

/** The error that a client threw or reported, whoever wrote the client. A host's error may carry no code or message. */
export function toTaskError(given: unknown, otherwise = 'unknown'): Failure {
  const { code, message, details, parameters, retryAfterSeconds } = isRecord(given)
    ? given
    : { message: given };
  return {
    code: typeof code === 'string' ? code : otherwise,
    message: typeof message === 'string' ? message : 'The host gave no reason',
    ...(isRecord(details) && { details }),
    ...(Array.isArray(parameters) && { parameters: parameters.filter(isProblem) }),
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  };
}

function isProblem(value: unknown): value is ParameterProblem {
  return (
    isRecord(value) && [value.parameter, value.code, value.message].every((text) => typeof text === 'string')
  );
}
