import type { ParameterProblem, TaskError } from '../contract/index.ts';

/** What was refused, did not come through, or came back as something else. */
export class TaskClientError extends Error implements TaskError {
  override readonly name = 'TaskClientError';
  /** One of ERROR_CODES, or a task's own. */
  declare readonly code: string;
  /** HTTP status, where there was an answer. */
  declare readonly status?: number;
  declare readonly details?: Record<string, unknown>;
  /** For 'invalid-params': each parameter that was refused. */
  declare readonly parameters?: ParameterProblem[];
  /** How long the server asked to wait before the next try. */
  declare readonly retryAfterSeconds?: number;

  constructor(
    error: TaskError & { status?: number; retryAfterSeconds?: number | undefined; cause?: unknown },
  ) {
    super(error.message);
    Object.assign(this, error);
  }
}
