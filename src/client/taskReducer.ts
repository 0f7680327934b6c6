import {
  isTerminal,
  type TaskError,
  type TaskProgress,
  type TaskSnapshot,
  type TaskStatus,
} from '../contract/index.ts';
import type { ConnectionState } from './SystemClient.ts';

/** What is known of one task. Immutable: another object whenever anything changed. */
export interface TaskState {
  readonly id: string;
  readonly name?: string;
  readonly params?: Record<string, unknown>;
  readonly status: TaskStatus;
  readonly progress: TaskProgress;
  readonly result?: unknown;
  /** Why it failed; with a status that is not terminal: why it is not followed any more. */
  readonly error?: TaskError;
  readonly connection: ConnectionState;
  /**
   * How long it had been running, by the server's clock, when the local clock (Unix time, milliseconds) said `asOfMs`.
   * So a wrong clock on either side does not show. Absent while it has not started, or where that is not known.
   */
  readonly running?: { ms: number; asOfMs: number };
  readonly attempt: number;
  readonly cancelRequested: boolean;
  /** The stream is over. With a status that is not terminal: the host did not tell how the task ended. */
  readonly ended: boolean;
}

/** What happened to a task, with the local time (Unix time, milliseconds) at which we heard of it. */
export type TaskAction =
  | { type: 'snapshot'; task: TaskSnapshot; at: string; nowMs: number }
  | { type: 'progress'; progress: Partial<TaskProgress> & { status?: unknown }; nowMs: number }
  | { type: 'succeeded'; result: unknown; nowMs: number }
  | { type: 'failed'; error: TaskError; nowMs: number }
  | { type: 'cancelled'; nowMs: number }
  | { type: 'cancelRequested' }
  | { type: 'connection'; connection: ConnectionState }
  /** The line to the server was refused for good. The task itself may be running on. */
  | { type: 'lost'; error: TaskError }
  | { type: 'ended' };

export function initialTaskState(id: string, known: Partial<TaskState> = {}): TaskState {
  return {
    id,
    status: 'queued',
    progress: { percent: null, step: null, message: '' },
    connection: { state: 'connecting' },
    attempt: 1,
    cancelRequested: false,
    ended: false,
    ...known,
  };
}

/** The state after the action; the same object where it changes nothing. A task that has ended stays as it ended. */
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

/** A terminal snapshot tells how long it ran; that it ended is told by the terminal event after it. */
function fromSnapshot(state: TaskState, task: TaskSnapshot, atMs: number, nowMs: number): TaskState {
  const until = task.finishedAt ? Date.parse(task.finishedAt) : atMs;
  const ms = task.startedAt ? Math.max(0, until - Date.parse(task.startedAt)) : undefined;
  return {
    ...state,
    name: task.name,
    params: task.params,
    status: isTerminal(task.status) ? 'running' : task.status,
    progress: task.progress,
    attempt: task.attempt,
    cancelRequested: task.cancelRequested === true,
    ...(ms !== undefined && Number.isFinite(ms) && { running: { ms, asOfMs: nowMs } }),
  };
}
