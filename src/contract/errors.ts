// Why a task failed, why the server refused a call, and how both travel over HTTP.

/** One parameter that was refused. */
export interface ParameterProblem {
  /** Name of the parameter; nested ones are joined by dots. */
  parameter: string;
  /** Stable: 'missing', 'unknown', 'wrong-type', 'out-of-range', 'not-found', ... */
  code: string;
  /** English: what was wrong and how to mend it. */
  message: string;
  /** The expected value, in words or as a schema type. */
  expected?: string;
}

/** Why a task failed, or why a call was refused. */
export interface TaskError {
  /** Stable and short: see ERROR_CODES; a task may add codes of its own. */
  code: string;
  /** English: what was wrong, where, and the fix. */
  message: string;
  /** The values, by name, that a client fills into the message in its user's language. */
  details?: Record<string, unknown>;
  parameters?: ParameterProblem[];
}

/** Codes that any engine or protocol may give. Tasks add their own ('not-enough-addresses'). */
export const ERROR_CODES = [
  'invalid-params',
  'unknown-task',
  'task-not-found',
  'already-finished',
  'not-finished',
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
  'node-failed',
  'no-preview',
] as const;

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
