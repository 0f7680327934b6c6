import { isRecord, type ParameterProblem, type TaskError } from '../contract/index.ts';

/** Why a call to the task server failed: the server refused it, did not answer, or answered something else. */
export class TaskClientError extends Error implements TaskError {
  override readonly name = 'TaskClientError';
  /** One of ERROR_CODES, or a task's own. */
  declare readonly code: string;
  /** HTTP status, where there was an answer. */
  declare readonly status?: number;
  declare readonly details?: Record<string, unknown>;
  /** For 'invalid-params': each parameter that was refused. */
  declare readonly parameters?: ParameterProblem[];
  /** Seconds that the server asks to wait before the next try. */
  declare readonly retryAfterSeconds?: number;

  constructor(
    error: TaskError & { status?: number; retryAfterSeconds?: number | undefined; cause?: unknown },
  ) {
    super(error.message);
    Object.assign(this, error);
  }
}

/**
 * True for the errors of a task client, also of another copy of this package in the page, which `instanceof` does not
 * know. The name is the brand: earlier versions of the package give it, too.
 *
 * @example
 * await client.cancelTask(id).catch((error) => {
 *   if (!isTaskClientError(error) || error.code !== 'already-finished') throw error;
 * });
 */
export function isTaskClientError(value: unknown): value is TaskClientError {
  return isRecord(value) && value.name === 'TaskClientError';
}
