import type { MemoryStore } from '../../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { TaskJournal, TaskRecord } from '../../backend/tasks/TaskJournal.ts';
import type { TabStorage } from './TabStorage.ts';

interface Waiting {
  record: TaskRecord;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Writes what a task committed and that the task succeeded in one go. Apart from each other, a reload in between
 * would lose the network of a task that is reported as done, or let a task that has committed run a second time.
 */
export function keepTogether(
  store: MemoryStore,
  storage: TabStorage,
): { store: NetworkStore; journal: TaskJournal } {
  /** Commits whose task has not come to be written yet. */
  let commits = 0;
  let waiting: Waiting[] = [];

  const writeAll = () => {
    const batch = waiting;
    waiting = [];
    commits = 0;
    storage.write({ tasks: batch.map(({ record }) => record), network: store.toState() }).then(
      () => {
        for (const { resolve } of batch) resolve();
      },
      (error) => {
        for (const { reject } of batch) reject(error);
      },
    );
  };

  const journal: TaskJournal = {
    load: () => storage.loadTasks(),
    remove: (id) => storage.removeTask(id),
    save(record) {
      if (record.task.status !== 'succeeded') return storage.write({ tasks: [record] });
      return new Promise((resolve, reject) => {
        waiting.push({ record, resolve, reject });
        // The network holds every commit: it may be written only with the tasks of all of them.
        if (waiting.length >= commits) writeAll();
      });
    },
  };

  const counting: NetworkStore = {
    designs: () => store.designs(),
    features: (query) => store.features(query),
    begin() {
      const transaction = store.begin();
      return {
        designs: () => transaction.designs(),
        view: (design) => transaction.view(design),
        rollback: () => transaction.rollback(),
        async commit() {
          commits++;
          try {
            await transaction.commit();
          } catch (error) {
            commits--;
            throw error;
          }
        },
      };
    },
  };
  return { store: counting, journal };
}
