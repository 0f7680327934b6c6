import {
  addItems,
  type ItemSummary,
  isTerminal,
  type TaskError,
  type TaskItem,
  type TaskProgress,
  type TaskSnapshot,
  type TaskStatus,
} from '../contract/index.ts';
import type { ConnectionState } from './SystemClient.ts';

/** So many log entries of a task are kept, the newest. A dialog shows no more. */
const MAX_LOGS = 200;
/** A longer message is cut: it may come from a host's own client. In UTF-16 units. */
const MAX_MESSAGE = 2_000;

/** One thing that a task said. */
export interface TaskLogEntry {
  readonly level: 'info' | 'warning' | 'error';
  /** English, at most 2,000 characters. */
  readonly message: string;
  /** The server's clock, ISO 8601. */
  readonly at: string;
}

/** The client's knowledge of one task. It is immutable: every change makes another object. */
export interface TaskState<Result = unknown> {
  readonly id: string;
  readonly name?: string;
  readonly params?: Record<string, unknown>;
  readonly status: TaskStatus;
  readonly progress: TaskProgress;
  readonly result?: Result;
  /** Counts the parts of the work that succeeded and failed so far, if the task reports on parts. */
  readonly items?: ItemSummary | undefined;
  /** Names of the parameters that were sent and that the task does not know. It runs without them. */
  readonly ignoredParams?: readonly string[] | undefined;
  /** The newest 200 entries of the task's log, oldest first. */
  readonly logs: readonly TaskLogEntry[];
  /** Why the task failed. With a status that is not terminal: why the client does not follow it any more. */
  readonly error?: TaskError;
  readonly connection: ConnectionState;
  /**
   * The time for which the task had been running, by the server's clock, when the local clock (Unix time, milliseconds)
   * said `asOfMs`. So a wrong clock on either side does not show. Absent before the task starts, or if it is not known.
   */
  readonly running?: { ms: number; asOfMs: number };
  readonly attempt: number;
  readonly cancelRequested: boolean;
  /** The stream is over. With a status that is not terminal: the host did not report how the task ended. */
  readonly ended: boolean;
}

/** A change of a task, with the local time (Unix time, milliseconds) at which the client received it. */
export type TaskAction =
  | { type: 'snapshot'; task: TaskSnapshot; at: string; nowMs: number }
  | { type: 'progress'; progress: Partial<TaskProgress> & { status?: unknown }; nowMs: number }
  | { type: 'items'; items: readonly TaskItem[] }
  | { type: 'log'; entry: TaskLogEntry }
  | { type: 'succeeded'; result: unknown; nowMs: number }
  | { type: 'failed'; error: TaskError; nowMs: number }
  | { type: 'cancelled'; nowMs: number }
  | { type: 'cancelRequested' }
  | { type: 'connection'; connection: ConnectionState }
  /** The server refused the connection for good. The task itself may be running on. */
  | { type: 'lost'; error: TaskError }
  | { type: 'ended' };

export function initialTaskState(id: string, known: Partial<TaskState> = {}): TaskState {
  return {
    id,
    status: 'queued',
    progress: { percent: null, step: null, message: '' },
    connection: { state: 'connecting' },
    attempt: 1,
    logs: [],
    cancelRequested: false,
    ended: false,
    ...known,
  };
}

/** The state after the action, or the same object where it changes nothing. A task that has ended does not change. */
export function taskReducer(state: TaskState, action: TaskAction): TaskState {
  if (action.type === 'connection') return { ...state, connection: action.connection };
  if (action.type === 'ended') {
    return state.ended ? state : { ...state, ended: true, connection: { state: 'closed' } };
  }
  if (isTerminal(state.status)) return state;
  switch (action.type) {
    case 'snapshot':
      return fromSnapshot(state, action.task, Date.parse(action.at), action.nowMs);
    case 'progress': {
      const { status, ...words } = action.progress;
      const progress = { ...state.progress, ...words };
      if (status === 'queued') return { ...state, progress };
      const running = state.running ?? { ms: 0, asOfMs: action.nowMs };
      return { ...state, status: 'running', running, progress };
    }
    case 'items':
      return { ...state, items: addItems(state.items, action.items) };
    case 'log': {
      const { message } = action.entry;
      const entry = { ...action.entry, message: message.slice(0, MAX_MESSAGE) };
      return { ...state, logs: [...state.logs.slice(1 - MAX_LOGS), entry] };
    }
    case 'cancelRequested':
      return state.cancelRequested ? state : { ...state, cancelRequested: true };
    case 'succeeded': {
      const progress = { ...state.progress, percent: 100 };
      return { ...state, ...over(state, action.nowMs), status: 'succeeded', progress, result: action.result };
    }
    case 'failed':
      return { ...state, ...over(state, action.nowMs), status: 'failed', error: action.error };
    case 'cancelled':
      return { ...state, ...over(state, action.nowMs), status: 'cancelled' };
    case 'lost':
      return { ...state, ended: true, error: action.error, connection: { state: 'closed' } };
  }
}

/** Milliseconds that the task has been running, or ran. */
export function runningMs({ running, status }: TaskState, nowMs: number): number | undefined {
  if (!running) return undefined;
  return isTerminal(status) ? running.ms : running.ms + Math.max(0, nowMs - running.asOfMs);
}

function over(state: TaskState, nowMs: number): Pick<TaskState, 'running' | 'cancelRequested'> {
  const ms = runningMs(state, nowMs);
  return { cancelRequested: false, ...(ms !== undefined && { running: { ms, asOfMs: nowMs } }) };
}

/** A terminal snapshot says how long the task ran. The terminal event after it says that the task has ended. */
function fromSnapshot(state: TaskState, task: TaskSnapshot, atMs: number, nowMs: number): TaskState {
  const until = task.finishedAt ? Date.parse(task.finishedAt) : atMs;
  const ms = task.startedAt ? Math.max(0, until - Date.parse(task.startedAt)) : undefined;
  return {
    ...state,
    name: task.name,
    params: task.params,
    status: isTerminal(task.status) ? 'running' : task.status,
    progress: task.progress,
    // A snapshot may leave out items that have not changed. Another attempt begins without any.
    items: task.items ?? (task.attempt === state.attempt ? state.items : undefined),
    ignoredParams: task.ignoredParams,
    attempt: task.attempt,
    cancelRequested: task.cancelRequested === true,
    ...(ms !== undefined && Number.isFinite(ms) && { running: { ms, asOfMs: nowMs } }),
  };
}
