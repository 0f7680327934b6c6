import { pause } from '../../../backend/common/pause.ts';

/** PostgreSQL's codes for a serialisation failure and for a deadlock: it undid all of it, so it can be done again. */
const CONFLICTS = ['40001', '40P01'];
const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 10;

/** Says whether the database undid the work because it met somebody else's at the same time. */
export function isConflict(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && CONFLICTS.includes(String(thrown.code));
}

/**
 * Does the work again, up to five times and after pauses that grow, where the database undid it because of a deadlock or
 * a serialisation failure. The work must be one statement or one transaction. Rejects with whatever else goes wrong, and
 * with the conflict if it comes back each time.
 *
 * @example
 * const { rows } = await retryConflicts(() => pool.query('SELECT lrt.end_tasks($1)', [ends]));
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tries >= MAX_TRIES) throw error;
      // Two that met must not meet again.
      await pause(FIRST_PAUSE_MS * 2 ** tries * Math.random());
    }
  }
}
