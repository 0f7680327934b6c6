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
}

/**
 * True for a refusal, also one of another copy of this package: an application and a file of task definitions may each
 * bring one, and `instanceof` knows its own only.
 */
export function isTaskRefusal(value: unknown): value is TaskRefusal {
  return value instanceof Error && value.name === 'TaskRefusal' && 'error' in value && isRecord(value.error);
}
