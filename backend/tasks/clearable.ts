import { TaskRefusal } from '../common/TaskRefusal.ts';
import { MAX_CLEARED } from './TaskEngine.ts';

/** The ids of a call that clears tasks, each once. Throws 'invalid-request' where they are too many. */
export function clearable(ids: readonly string[]): string[] {
  if (ids.length <= MAX_CLEARED) return [...new Set(ids)];
  const message = `One call clears at most ${MAX_CLEARED} tasks, not ${ids.length}`;
  throw new TaskRefusal({ code: 'invalid-request', message });
}
