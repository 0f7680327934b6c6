import { pause } from '../common/pause.ts';
import { isTaskRefusal } from '../common/TaskRefusal.ts';
import type { NetworkStoreTransaction, NetworkTransaction } from './NetworkStore.ts';

const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 5;

/**
 * Runs the work in a transaction of an edit, and commits it; see NetworkStore.edit. The work runs again where somebody
 * else commits meanwhile, up to five times and after pauses that grow.
 */
export async function editNetwork<T, Transaction extends NetworkStoreTransaction>(
  begin: () => Transaction,
  work: (network: NetworkTransaction) => Promise<T>,
  commit: (transaction: Transaction) => Promise<void> = (transaction) => transaction.commit(),
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const transaction = begin();
    try {
      const result = await work(transaction.work.network);
      await commit(transaction);
      return result;
    } catch (error) {
      transaction.rollback();
      const isConflict = isTaskRefusal(error) && error.error.code === 'design-conflict';
      if (!isConflict || tries >= MAX_TRIES) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** tries * Math.random());
    }
  }
}
