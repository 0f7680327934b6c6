import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { TaskQuery } from './TaskEngine.ts';

/** Tasks on a page. A caller that asks for more gets so many. */
const MAX_LIMIT = 200;
/** Characters at the end of a cursor that follow from those before. */
const CHECK = 3;

/**
 * Parses the size of a page of tasks, and the order number below which all of them are (undefined: the first page).
 * Throws 'invalid-request' that names the parameter.
 */
export function parsePage({ limit = 50, cursor }: TaskQuery): { limit: number; before: number | undefined } {
  if (!Number.isInteger(limit) || limit < 1) {
    refuse('limit', 'out-of-range', `an integer from 1; more than ${MAX_LIMIT} counts as ${MAX_LIMIT}`);
  }
  const size = Math.min(limit, MAX_LIMIT);
  if (cursor === undefined) return { limit: size, before: undefined };
  const before = /^[0-9a-z]{4,13}$/.test(cursor) ? Number.parseInt(cursor.slice(0, -CHECK), 36) : Number.NaN;
  // Any number would do as one; what was never given out would be the first page, or an empty one, for no reason.
  if (!Number.isSafeInteger(before) || cursorOf(before) !== cursor) {
    refuse('cursor', 'wrong-format', 'the nextCursor of an earlier page');
  }
  return { limit: size, before };
}

/** The cursor of a page whose last task has this order number. */
export function cursorOf(order: number): string {
  const check = (order * 30_011 + 17) % 36 ** CHECK;
  return order.toString(36) + check.toString(36).padStart(CHECK, '0');
}

function refuse(parameter: string, code: string, expected: string): never {
  const message = `"${parameter}" must be ${expected}`;
  throw new TaskRefusal({
    code: 'invalid-request',
    message,
    parameters: [{ parameter, code, message, expected }],
  });
}
