import { isRecord, type ParameterProblem, type TaskError } from '../contract/index.ts';

/**
 * Why a call to the task server failed: the server refused it, did not answer, or answered something else. `instanceof`
 * also knows the errors of another copy of this package in the page.
 */
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

  static override [Symbol.hasInstance](value: unknown): value is TaskClientError {
    // The name is the brand: every copy of the package gives it, earlier versions too.
    if (this !== TaskClientError) return super[Symbol.hasInstance](value);
    return isRecord(value) && value.name === 'TaskClientError';
  }
}
