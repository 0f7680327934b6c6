import type { BuiltSummary } from './built.ts';
import type { DesignFacts } from './designs.ts';
import type { TaskError } from './errors.ts';
import type { GeoFeature } from './geometry.ts';
import type { ItemSummary, TaskItem } from './items.ts';
import type { TaskProgress } from './progress.ts';
import type { TaskWaiting } from './waiting.ts';

// A task, its events, and the bodies of the calls about it.

export const TASK_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
/**
 * `queued -> running -> succeeded | failed | cancelled`; a queued task may go straight to cancelled, and one that is
 * tried again goes from running to queued, with its next attempt.
 */
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TERMINAL_STATUSES = ['succeeded', 'failed', 'cancelled'] as const;
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

export function isTerminal(status: string): status is TerminalStatus {
  return (TERMINAL_STATUSES as readonly string[]).includes(status);
}

/** Lists, gets and watches have DesignFacts, and events do not. */
export interface TaskSnapshot extends DesignFacts {
  id: string;
  name: string;
  queue: string;
  status: TaskStatus;
  progress: TaskProgress;
  params: Record<string, unknown>;
  /** Present when succeeded. */
  result?: unknown;
  /** Present when failed. */
  error?: TaskError;
  owner: string;
  tags: string[];
  /** Counts the parts of the work that succeeded and failed so far, if the task reports on parts. */
  items?: ItemSummary;
  /** Sums up the features that the present attempt has built. It stays when the task ends: its box says where the task worked. */
  built?: BuiltSummary;
  /** Names of parameters that were sent and that the task does not know; it runs without them. At most 20 of them. */
  ignoredParams?: string[];
  /** The task this one was started again from. */
  retryOf?: string;
  /** Why it has not started. Lists and gets have it of queued tasks, and events do not. */
  waiting?: TaskWaiting;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** True once a cancellation was asked for and the task has not ended yet. */
  cancelRequested?: boolean;
  /** The owner name of the caller who asked first for the cancellation. It stays after the end. */
  cancelledBy?: string;
  /** When that was, by the server's clock, ISO 8601. It stays after the end. */
  cancelRequestedAt?: string;
  /** 1 for the first run; a worker that died and a retry raise it. Never goes back. */
  attempt: number;
  /** Sequence number of the newest event that this snapshot includes. */
  seq: number;
}

/**
 * An event of one task. `seq` increases within the task; `at` is the server's clock.
 * Exactly one terminal event (succeeded, failed, cancelled) per task, and nothing after it.
 */
export type TaskEvent = { taskId: string; seq: number; at: string; attempt: number } & (
  | {
      type: 'snapshot';
      /** Without `features`, `items` and `built` may be absent where they are as they were. */
      task: TaskSnapshot;
      /**
       * The features that were built so far and are not committed; they replace what a subscriber has drawn. Every run
       * starts with an empty list, so that nothing of a lost attempt stays on the map. Where there is more than fits into one event,
       * the list is empty, and `features` events follow with what the server keeps: the newest of `task.built`.
       */
      features?: GeoFeature[];
    }
  | { type: 'progress'; progress: TaskProgress }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string }
  /** Features that the task has just built. They are not committed before `succeeded`. */
  | {
      type: 'features';
      features: GeoFeature[];
      /** Sums up all features of the attempt so far, these included. */
      built?: BuiltSummary;
    }
  /** Parts of the work that ended. Failed ones come in full. At most 1,000 in one event. */
  | { type: 'items'; items: TaskItem[] }
  | { type: 'succeeded'; result: unknown }
  | { type: 'failed'; error: TaskError }
  /** Names the caller who asked for it. Absent where a server of an earlier version cancelled the task. */
  | { type: 'cancelled'; cancelledBy?: string; cancelRequestedAt?: string }
);

/** Names of the server-sent events; the `id:` of each is its sequence number. */
export const TASK_EVENT_TYPES = [
  'snapshot',
  'progress',
  'log',
  'features',
  'items',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type TaskEventType = (typeof TASK_EVENT_TYPES)[number];

/** Body of `POST /tasks`. */
export interface EnqueueRequest {
  name: string;
  params: Record<string, unknown>;
  /** The same key again gives the same task. 1 to 200 characters. */
  idempotencyKey?: string;
  tags?: string[];
}

/** A page of tasks, newest first. `nextCursor` is absent on the last page. */
export interface TaskPage {
  tasks: TaskSnapshot[];
  nextCursor?: string;
  /** A watch from this cursor brings every change after this page was read. Absent where the server offers no watch. */
  watchCursor?: string;
}
