import type { TaskError } from '../../src/contract/index.ts';

/**
 * An error with a stable code that may be told to whoever asked: it names what was wrong, where, and the fix.
 * Anything else that is thrown is an accident, and is told as 'exception' or 'internal'.
 */
export class TaskRefusal extends Error {
  readonly error: TaskError;

  constructor(error: TaskError, options?: ErrorOptions) {
    super(error.message, options);
    this.name = 'TaskRefusal';
    this.error = error;
  }
}
