import type { TaskQuery } from './TaskEngine.ts';
import { TaskRefusal } from './TaskRefusal.ts';

/**
 * How many tasks a page has, and the order number that all of them are below (undefined: the first page). Throws
 * 'invalid-request' that names the parameter.
 */
export function parsePage({ limit = 50, cursor }: TaskQuery): { limit: number; before: number | undefined } {
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    refuse('limit', 'out-of-range', 'an integer from 1 to 200');
  }
  if (cursor === undefined) return { limit, before: undefined };
  const before = /^[0-9a-z]{1,10}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  if (!Number.isSafeInteger(before)) refuse('cursor', 'wrong-format', 'the nextCursor of an earlier page');
  return { limit, before };
}

/** The cursor of a page whose last task has this order number. */
export function cursorOf(order: number): string {
  return order.toString(36);
}

function refuse(parameter: string, code: string, expected: string): never {
  const message = `"${parameter}" must be ${expected}`;
  throw new TaskRefusal({
    code: 'invalid-request',
    message,
    parameters: [{ parameter, code, message, expected }],
  });
}
