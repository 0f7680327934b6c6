import type { TaskJournal } from '../../backend/embedded/TaskJournal.ts';
import type { MemoryStore } from '../../backend/network/MemoryStore.ts';
import { MemoryTransaction } from '../../backend/network/MemoryTransaction.ts';
import type { TabStorage } from './TabStorage.ts';

/**
 * Makes a journal that writes a task's commit and its success in one transaction. If they were written apart, a
 * reload in between would lose the network of a task that is reported as done, or run a task again that has
 * committed.
 */
export function keepTogether(store: MemoryStore, storage: TabStorage): TaskJournal {
  return {
    load: () => storage.loadTasks(),
    save: (record) => storage.write({ tasks: [record] }),
    async remove(id) {
      store.forgetTask(id);
      await storage.removeTask(id);
    },
    commit(transaction, record) {
      if (!(transaction instanceof MemoryTransaction)) {
        throw new TypeError('keepTogether: the transaction is of another store than the one it was given');
      }
      return store.inTurn(() =>
        transaction.commit((changes) => storage.write({ tasks: [record], network: store.toState(changes) })),
      );
    },
  };
}
