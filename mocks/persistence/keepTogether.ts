import type { TaskJournal } from '../../backend/embedded/TaskJournal.ts';
import type { MemoryStore } from '../../backend/network/MemoryStore.ts';
import { MemoryTransaction } from '../../backend/network/MemoryTransaction.ts';
import type { TabStorage } from './TabStorage.ts';

/**
 * A journal that writes what a task committed and that the task succeeded in one go. Apart from each other, a reload
 * in between would lose the network of a task that is reported as done, or let a task that has committed run again.
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
      // One after the other: what is written is the whole network, with the tasks of all that it holds.
      const commit = () =>
        transaction.commit((writes) => storage.write({ tasks: [record], network: store.toState(writes) }));
      const mine = last.then(commit, commit);
      last = mine;
      return mine;
    },
  };
}
