import { createStore, delMany, get, getMany, keys, promisifyRequest, type UseStore } from 'idb-keyval';
import type { TaskRecord } from '../../backend/embedded/TaskJournal.ts';
import type { NetworkState } from '../../backend/network/networkState.ts';
import { isSamePart, putTogether, type StateInParts, takeApart } from './networkParts.ts';
import { tabId } from './tabId.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps the tasks and the network of one browser tab over a reload, in an IndexedDB database that the tabs of an
 * origin share. `tab/task/ID` is a task, `tab/network` with its parts `tab/network/...` is everything that is committed, and
 * `tab/seen` is the time when the tab was last here.
 *
 * Every method rejects with an error that names the database and the fix.
 */
export class TabStorage {
  readonly #database: string;
  readonly #tab: string;
  readonly #store: UseStore;
  /** The parts of the network as they are stored. */
  #parts = new Map<string, NetworkState['streets']>();

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
    return this.#named('read the network of', async () => {
      const stored: StateInParts | undefined = await get(this.#networkKey(), this.#store);
      // A version before this one stored the whole network as one value.
      if (!stored?.names) return stored;
      const keys = stored.names.map((name) => this.#networkKey(name));
      const parts: (NetworkState['streets'] | undefined)[] = await getMany(keys, this.#store);
      this.#parts = new Map(stored.names.map((name, index) => [name, parts[index] ?? []]));
      return putTogether(stored, parts);
    });
  }

  /**
   * Stores all of the entries, or none. It stores the parts of the network that changed, each in a task of its own: to copy a
   * large town at once would hold up the page.
   */
  write({ tasks = [], network }: { tasks?: TaskRecord[]; network?: NetworkState }): Promise<void> {
    const entries: [string, unknown][] = tasks.map((record) => [this.#taskKey(record.task.id), record]);
    entries.push([`${this.#tab}/seen`, Date.now()]);
    const { frame, names, parts } = network ? takeApart(network) : { names: [], parts: undefined };
    if (parts) {
      entries.push([this.#networkKey(), { frame, names }]);
      for (const [name, rows] of parts)
        if (!isSamePart(this.#parts.get(name), rows)) entries.push([this.#networkKey(name), rows]);
    }
    const gone = parts ? [...this.#parts.keys()].filter((name) => !parts.has(name)) : [];
    return this.#named('write to', async () => {
      await this.#store('readwrite', async (store) => {
        const putAll = async () => {
          // The transaction lives as long as it has a request.
          for (const [key, value] of entries) await promisifyRequest(store.put(value, key));
          for (const name of gone) store.delete(this.#networkKey(name));
        };
        await Promise.all([promisifyRequest(store.transaction), putAll()]);
      });
      if (parts) this.#parts = parts;
    });
  }

  removeTask(id: string): Promise<void> {
    return this.#named('delete from', () => delMany([this.#taskKey(id)], this.#store));
  }

  close(): Promise<void> {
    return this.#named('close', () => this.#store('readonly', ({ transaction }) => transaction.db.close()));
  }

  #networkKey(part?: string): string {
    return `${this.#tab}/network${part === undefined ? '' : `/${part}`}`;
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
