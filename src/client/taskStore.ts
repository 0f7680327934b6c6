import {
  type GeoFeature,
  type Geometry,
  isTerminal,
  type ParameterProblem,
  type TaskError,
  type TaskItem,
} from '../contract/index.ts';
import { onceAFrame } from './onceAFrame.ts';
import type { EnqueueOptions, SystemClient, TaskHandlers, TaskStream } from './SystemClient.ts';
import { safely } from './safely.ts';
import { TaskClientError } from './TaskClientError.ts';
import {
  initialTaskState,
  type TaskAction,
  type TaskLogEntry,
  type TaskState,
  taskReducer,
} from './taskReducer.ts';

export type { TaskLogEntry, TaskState } from './taskReducer.ts';

export type FeaturesListener = (taskId: string, features: GeoFeature[], info: { replace: boolean }) => void;

/** The state of any number of tasks, outside React. */
export interface TaskStore {
  /** Enqueues and follows. Rejects as `enqueueTask` does; then nothing was queued and nothing is followed. */
  start(name: string, params: Record<string, unknown>, options?: EnqueueOptions): Promise<TaskState>;
  /** Follows a task that is there already; again, where its stream was lost for good. */
  follow(id: string, known?: Pick<TaskState, 'name' | 'params'>): TaskState;
  /** Asks for cancellation; the task's state tells when it has happened. Rejects as `cancelTask` does. */
  cancel(id: string): Promise<void>;
  /** Stops following; the task runs on. */
  forget(id: string): void;
  get(id: string): TaskState | undefined;
  /** Called at most once a frame, at once when a task ends. Returns its own undo. */
  subscribe(listener: () => void): () => void;
  /** Every batch of features, in order and at once: none is merged away. Returns its own undo. */
  onFeatures(listener: FeaturesListener): () => void;
  /** Stops following everything; releases streams, timers and listeners. */
  dispose(): void;
}

interface Followed {
  state: TaskState;
  stream?: TaskStream | undefined;
}

/**
 * Follows tasks through a SystemClient, ours or a host's own: one that has only two methods, calls its handlers in
 * another order, twice, after close() or never, or throws.
 */
export function createTaskStore(system: SystemClient): TaskStore {
  const tasks = new Map<string, Followed>();
  const listeners = new Set<() => void>();
  const featuresListeners = new Set<FeaturesListener>();
  let disposed = false;

  const frame = onceAFrame(() => {
    for (const listener of [...listeners]) safely(listener);
  });

  function tell(atOnce: boolean): void {
    if (atOnce) frame.flush();
    else frame.request();
  }

  function dispatch(id: string, followed: Followed, action: TaskAction): void {
    // A host's client may go on after close(), or after the task was forgotten and followed anew.
    if (tasks.get(id) !== followed) return;
    const before = followed.state;
    followed.state = taskReducer(before, action);
    if (followed.state === before) return;
    tell(isOver(followed.state) && !isOver(before));
  }

  function handlersOf(id: string, followed: Followed): TaskHandlers {
    const on = (action: TaskAction) => dispatch(id, followed, action);
    return {
      onSnapshot: (task, { at }) => on({ type: 'snapshot', task, at, nowMs: Date.now() }),
      onProgress: (progress) => on({ type: 'progress', progress: toProgress(progress), nowMs: Date.now() }),
      onSuccess: (result) => on({ type: 'succeeded', result, nowMs: Date.now() }),
      onFailure: (error) =>
        on(
          isLostLine(error)
            ? { type: 'lost', error }
            : { type: 'failed', error: toTaskError(error, 'exception'), nowMs: Date.now() },
        ),
      onItems: (items) => on({ type: 'items', items: toItems(items) }),
      onLog: (entry) => on({ type: 'log', entry: toLogEntry(entry) }),
      onCancelled: () => on({ type: 'cancelled', nowMs: Date.now() }),
      onConnection: (connection) => on({ type: 'connection', connection }),
      // Some hosts say that it is over before they say how.
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
    tell(false);
    try {
      const stream = system.streamTaskProgress(id, handlersOf(id, followed));
      // Forgotten meanwhile, by a handler that was called before the stream was returned.
      if (tasks.get(id) === followed) followed.stream = stream;
      else closeStream(stream);
    } catch (thrown) {
      // The task is queued all the same; only the way to it is missing.
      dispatch(id, followed, { type: 'lost', error: toTaskError(thrown, 'lost-sight') });
    }
    return followed.state;
  }

  function forget(id: string): void {
    const followed = tasks.get(id);
    if (!followed) return;
    tasks.delete(id);
    tell(false);
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

/** Our own client says by the kind of error that it was not the task that failed, but the way to it. */
function isLostLine(error: unknown): error is TaskClientError {
  return error instanceof TaskClientError && error.code !== 'task-not-found';
}

function isOver({ status, ended }: TaskState): boolean {
  return ended || isTerminal(status);
}

function closeStream(stream: unknown): void {
  if (!isObject(stream)) return;
  const { close } = stream;
  if (typeof close === 'function') safely(() => close.call(stream));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Throws a TypeError that names the call where it gave no task. */
export function idOf(ref: unknown, call: string): string {
  const id = isObject(ref) ? ref.id : undefined;
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  throw new TypeError(`The host's ${call} resolved without the id of a task`);
}

/** What a host's own client gives, which may lack anything. */
function toProgress(given: unknown): Extract<TaskAction, { type: 'progress' }>['progress'] {
  if (!isObject(given)) return {};
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

/** What a host's own client gives as items: those that have an id. */
function toItems(given: unknown): TaskItem[] {
  if (!Array.isArray(given)) return [];
  return given.filter(isObject).flatMap((item): TaskItem[] => {
    const { id, ok, geometry } = item;
    if (typeof id !== 'string') return [];
    if (ok === true) return [{ id, ok }];
    const { code, message } = toTaskError(item, 'exception');
    return [{ id, code, message, ...(isGeometry(geometry) && { geometry }) }];
  });
}

/** Whether it can be drawn is for the map to say. */
function isGeometry(value: unknown): value is Geometry {
  return isObject(value) && typeof value.type === 'string' && Array.isArray(value.coordinates);
}

/** What a host's own client gives as a log entry, which may lack anything. */
function toLogEntry(given: unknown): TaskLogEntry {
  const { level, message, at } = isObject(given) ? given : { message: given };
  return {
    level: level === 'warning' || level === 'error' ? level : 'info',
    message: typeof message === 'string' ? message : '',
    at: typeof at === 'string' ? at : new Date().toISOString(),
  };
}

/** Why something did not work, with the time after which the server would like the next try. */
export type Failure = TaskError & { retryAfterSeconds?: number };

/** What a client threw or told, whoever wrote the client: our own errors carry a code, a host's may carry nothing. */
export function toTaskError(given: unknown, otherwise = 'unknown'): Failure {
  const { code, message, details, parameters, retryAfterSeconds } = isObject(given)
    ? given
    : { message: given };
  return {
    code: typeof code === 'string' ? code : otherwise,
    message: typeof message === 'string' ? message : 'The host gave no reason',
    ...(isObject(details) && { details }),
    ...(Array.isArray(parameters) && { parameters: parameters.filter(isProblem) }),
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  };
}

function isProblem(value: unknown): value is ParameterProblem {
  return (
    isObject(value) && [value.parameter, value.code, value.message].every((text) => typeof text === 'string')
  );
}
