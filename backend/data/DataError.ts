import type { DataProblem } from './dataTypes.ts';

/** A file, or a layer of it, cannot be read at all. The message names the file, the row or feature, and the fix. */
export class DataError extends Error {
  readonly problem: DataProblem;

  constructor(problem: DataProblem, options?: ErrorOptions) {
    super(problem.file === '' ? problem.text : `${problem.file}: ${problem.text}`, options);
    this.name = 'DataError';
    this.problem = problem;
  }
}
