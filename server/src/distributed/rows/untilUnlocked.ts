import { setTimeout as delay } from 'node:timers/promises';

/** The database ends a transaction that stands still for 10 s (see openPool). Until then its rows stay locked. */
const WAIT_MS = 12_000;
const PAUSE_MS = 50;

/**
 * Asks again, with pauses, while the answer is undefined because a row is locked by a worker's commit. No connection is
 * held meanwhile, so a frozen worker costs others nothing. Resolves with undefined where the row stays locked for 12 s.
 */
export async function untilUnlocked<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let waited = 0; waited <= WAIT_MS; waited += PAUSE_MS) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(PAUSE_MS);
  }
  return undefined;
}
