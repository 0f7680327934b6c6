import type { TaskFilter, TaskSnapshot } from '../../../src/contract/index.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import type { Caller } from '../../tasks/TaskEngine.ts';

/** A task with this tag, and the client token behind it, is seen under that token. */
export const TAG_PREFIX = 'reflex:';
/** A tag has at most 100 characters. */
const MAX_TOKEN = 100 - TAG_PREFIX.length;

/** The tasks that a client token stands for, in the hands of one caller. */
export interface Scope {
  caller: Caller;
  filter: TaskFilter;
  /** True for a task that the filter selects. */
  has(task: TaskSnapshot): boolean;
}

/**
 * A client token narrows what its caller may see, and never widens it. The caller's own name stands for all tasks of the
 * caller. Any other token stands for the tasks with the tag 'reflex:TOKEN' among those that the caller may see. So a
 * token that nobody has used, and one of another owner, stand for none. Throws 'invalid-request' where it could not be one.
 */
export function scopeOf(token: string, caller: Caller): Scope {
  const { owner } = caller;
  if (token === owner) return { caller, filter: { owner: 'me' }, has: (task) => task.owner === owner };
  if (token.length > MAX_TOKEN || /[\p{Cc}\p{Cs}]/u.test(token)) {
    const expected = `your own name, or text of 1 to ${MAX_TOKEN} characters without control characters`;
    throw invalidRequest(fieldProblem('client_token', 'wrong-format', expected));
  }
  const tag = TAG_PREFIX + token;
  return { caller, filter: { tag }, has: ({ tags }) => tags.includes(tag) };
}
