import { setTimeout as delay } from 'node:timers/promises';
import { errorKind } from './errorKind.ts';

const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 10;

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
      if (errorKind(error) !== 'try-again' || tries >= MAX_TRIES) throw error;
      // Two that met must not meet again.
      await delay(FIRST_PAUSE_MS * 2 ** tries * Math.random());
    }
  }
}
