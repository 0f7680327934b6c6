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
  let last: Promise<unknown> = Promise.resolve();
  return {
    load: () => storage.loadTasks(),
    save: (record) => storage.write({ tasks: [record] }),
    remove: (id) => storage.removeTask(id),
    commit(transaction, record) {
      if (!(transaction instanceof MemoryTransaction)) {
        throw new TypeError('keepTogether: the transaction is of another store than the one it was given');
      }
      // The writes run one after the other, because each writes the whole network with all of its tasks.
      const commit = () =>
        transaction.commit((writes) => storage.write({ tasks: [record], network: store.toState(writes) }));
      const mine = last.then(commit, commit);
      last = mine;
      return mine;
    },
  };
}
