/**
 * What both sides of the wire know: the task model, its events, its errors. Imports nothing.
 *
 * Times are ISO 8601 strings in UTC. Coordinates are WGS 84 longitude, latitude in degrees (RFC 7946).
 */

// ---------------------------------------------------------------- geometry (RFC 7946, what this project uses of it)

/** Longitude, latitude in degrees, WGS 84; an altitude is tolerated and ignored. */
export type Position = [longitude: number, latitude: number, ...rest: number[]];

export type Geometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Position[][] };

/** A GeoJSON feature. `id` is `table/number`, the URN of the record it shows ('pole/12'). */
export interface GeoFeature {
  type: 'Feature';
  id: string;
  geometry: Geometry;
  properties: { table: string; name?: string } & Record<string, unknown>;
}

/** West, south, east, north in degrees (RFC 7946, section 5). */
export type BoundingBox = [west: number, south: number, east: number, north: number];

// ---------------------------------------------------------------- tasks

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

export interface TaskProgress {
  /** 0 to 100, a float; null where the task cannot tell. */
  percent: number | null;
  /** 1-based number of the step the task is at; null where it has none. */
  step: number | null;
  /** How many steps there are, where the task knows. */
  stepCount?: number;
  /** English, for logs and for clients that have no words of their own for this task. */
  message: string;
  /** Units done, of `total`: what a client needs to say it in its user's language. */
  done?: number;
  total?: number;
}

/** One parameter that was refused. */
export interface ParameterProblem {
  /** Name of the parameter; nested ones are joined by dots. */
  parameter: string;
  /** Stable: 'missing', 'unknown', 'wrong-type', 'out-of-range', 'not-found', ... */
  code: string;
  /** English: what was wrong and how to mend it. */
  message: string;
  /** What was expected, in words or as a schema type. */
  expected?: string;
}

/** Why a task failed, or why a call was refused. */
export interface TaskError {
  /** Stable and short: see ERROR_CODES; a task may add codes of its own. */
  code: string;
  /** English: what was wrong, where, and the fix. */
  message: string;
  /** What a client needs to say it in its user's language, by name. */
  details?: Record<string, unknown>;
  parameters?: ParameterProblem[];
}

/** Codes that any engine or protocol may give. Tasks add their own ('not-enough-addresses'). */
export const ERROR_CODES = [
  'invalid-params',
  'unknown-task',
  'task-not-found',
  'already-finished',
  'not-retryable',
  'idempotency-conflict',
  'not-found',
  'method-not-allowed',
  'unavailable',
  'invalid-request',
  'body-too-large',
  'unsupported-media-type',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'internal',
  'timeout',
  'exception',
  'worker-lost',
  'cancelled',
  'network',
  'invalid-response',
] as const;

export interface TaskSnapshot {
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
  /** The task this one was started again from. */
  retryOf?: string;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** True once a cancellation was asked for and the task has not ended yet. */
  cancelRequested?: boolean;
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
      task: TaskSnapshot;
      /**
       * All that was built so far and is not committed; replaces what a subscriber has drawn. Every run starts with
       * an empty one, so that nothing of a lost attempt stays on the map.
       */
      features?: GeoFeature[];
    }
  | { type: 'progress'; progress: TaskProgress }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string }
  /** What was just built; not committed before `succeeded`. */
  | { type: 'features'; features: GeoFeature[] }
  | { type: 'succeeded'; result: unknown }
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled' }
);

/** Names of the server-sent events; the `id:` of each is its sequence number. */
export const TASK_EVENT_TYPES = [
  'snapshot',
  'progress',
  'log',
  'features',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type TaskEventType = (typeof TASK_EVENT_TYPES)[number];

// ---------------------------------------------------------------- REST

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
}

/** Prefix of every problem type (RFC 9457); what follows is the error's code. */
export const PROBLEM_TYPE_PREFIX = 'urn:problem-type:lrt:';

/** Body of an error answer, `application/problem+json` (RFC 9457). */
export interface Problem {
  /** PROBLEM_TYPE_PREFIX + code, stable. */
  type: string;
  title: string;
  status: number;
  /** English: what was wrong, where, and the fix. */
  detail: string;
  /** For `invalid-params`: each parameter that was refused. */
  errors?: ParameterProblem[];
  details?: Record<string, unknown>;
}

// ---------------------------------------------------------------- the task that ships

export const CUSTOMER_CONNECTION_TASK = 'customer_connection_task';

export interface CustomerConnectionParams {
  /** 'design/NAME'. */
  design: string;
  /** Id of a pole that belongs to the design. */
  pole_id: number;
  /** How many addresses to connect; default 2,000. */
  count?: number;
  /** How addresses are chosen; default 'random'. */
  selection?: 'random' | 'nearest' | 'within';
  /** For 'within': metres around the pole. */
  radius_metres?: number;
  /** Same seed, same network. An integer, 0 to 2^32 - 1; when absent it comes from the task's id. Reported in the result. */
  seed?: number;
}

export interface CustomerConnectionResult {
  design: string;
  connections: number;
  poles: number;
  cables: number;
  cableLengthMetres: number;
  seed: number;
  /** Of all that was built. */
  bbox: BoundingBox;
}
