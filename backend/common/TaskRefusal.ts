import { isRecord, type TaskError } from '../../src/contract/index.ts';

/**
 * An error with a stable code that the caller may see: it names what was wrong, where, and the fix. Any other error
 * that code throws is unexpected, and the caller sees only 'exception' or 'internal'.
 */
export class TaskRefusal extends Error {
  readonly error: TaskError;

  constructor(error: TaskError, options?: ErrorOptions) {
    super(error.message, options);
    this.name = 'TaskRefusal';
    this.error = error;
  }

  /** Also knows the refusals of another copy of this package: an application may have two. */
  static override [Symbol.hasInstance](value: unknown): value is TaskRefusal {
    if (this !== TaskRefusal) return super[Symbol.hasInstance](value);
    return isRecord(value) && value.name === 'TaskRefusal' && isRecord(value.error);
  }
}
