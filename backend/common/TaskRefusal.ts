import type { TaskError } from '../../src/contract/index.ts';

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
}
