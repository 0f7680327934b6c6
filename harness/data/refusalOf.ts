import { DataError } from '../../backend/data/DataError.ts';
import type { Refusal } from './messages.ts';

/** An error as it can be sent from a worker and shown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof DataError) return error.problem;
  return error instanceof Error ? error.message : String(error);
}

/** The error again, on the other side. */
export function errorOf(refusal: Refusal): Error {
  return typeof refusal === 'string' ? new Error(refusal) : new DataError(refusal);
}
