import { createStore, delMany, get, getMany, keys, setMany, type UseStore } from 'idb-keyval';
import type { TaskRecord } from '../../backend/embedded/TaskJournal.ts';
import type { NetworkState } from '../../backend/network/networkState.ts';
import { tabId } from './tabId.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps the tasks and the network of one browser tab over a reload, in an IndexedDB database that the tabs of an
 * origin share. `tab/task/ID` is a task, `tab/network` is everything that is committed, and `tab/seen` is the time
 * when the tab was last here.
 *
 * Every method rejects with an error that names the database and the fix.
 */
export class TabStorage {
  readonly #database: string;
  readonly #tab: string;
  readonly #store: UseStore;

  private constructor(database: string) {
    this.#database = database;
    this.#tab = tabId(database);
    this.#store = createStore(database, 'keyval');
  }

  /** Opens the database, makes it if it is not there, and deletes what tabs left more than a day ago. */
  static async open(database: string): Promise<TabStorage> {
    if (database === '')
      throw new TypeError('createMockBackend({ persist }): must be a name, not an empty text');
    if (typeof indexedDB === 'undefined' || typeof sessionStorage === 'undefined') {
      throw new Error(
        `createMockBackend({ persist: '${database}' }): this environment has no IndexedDB or no sessionStorage; ` +
          'leave "persist" out, and tasks live as long as the mock backend',
      );
    }
    const storage = new TabStorage(database);
    await storage.#named('open', async () => {
      await storage.#prune();
      await storage.write({});
    });
    return storage;
  }

  loadTasks(): Promise<TaskRecord[]> {
    return this.#named('read the tasks of', async () => {
      const mine = (await this.#keys()).filter((key) => key.startsWith(`${this.#tab}/task/`));
      const records: (TaskRecord | undefined)[] = await getMany(mine, this.#store);
      return records.filter((record) => record !== undefined);
    });
  }

  /** Resolves with the last value that `write` stored, or undefined if there is none. */
  loadNetwork(): Promise<unknown> {
    return this.#named('read the network of', () => get(`${this.#tab}/network`, this.#store));
  }

  /** Stores all of the entries, or none. */
  write({ tasks = [], network }: { tasks?: TaskRecord[]; network?: NetworkState }): Promise<void> {
    const entries: [string, unknown][] = tasks.map((record) => [this.#taskKey(record.task.id), record]);
    if (network) entries.push([`${this.#tab}/network`, network]);
    entries.push([`${this.#tab}/seen`, Date.now()]);
    return this.#named('write to', () => setMany(entries, this.#store));
  }

  removeTask(id: string): Promise<void> {
    return this.#named('delete from', () => delMany([this.#taskKey(id)], this.#store));
  }

  close(): Promise<void> {
    return this.#named('close', () => this.#store('readonly', ({ transaction }) => transaction.db.close()));
  }

  #taskKey(id: string): string {
    return `${this.#tab}/task/${id}`;
  }

  async #keys(): Promise<string[]> {
    return (await keys(this.#store)).map(String);
  }

  async #prune(): Promise<void> {
    const all = await this.#keys();
    const seenKeys = all.filter((key) => key.endsWith('/seen'));
    const seen: unknown[] = await getMany(seenKeys, this.#store);
    const recent = seenKeys
      .filter((_, i) => Number(seen[i]) > Date.now() - DAY_MS)
      .map((key) => key.slice(0, -'/seen'.length));
    const kept = new Set([...recent, this.#tab]);
    const stale = all.filter((key) => !kept.has(key.slice(0, key.indexOf('/'))));
    await delMany(stale, this.#store);
  }

  async #named<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'the browser gave no reason';
      throw new Error(
        `The mock backend could not ${what} the IndexedDB database '${this.#database}' (${why}). ` +
          'Free some space or delete this site\'s data, or leave createMockBackend\'s "persist" out.',
        { cause },
      );
    }
  }
}
