// Gives each running task a hue of the map's palette, the same one in all tabs, for the map and for lists of tasks.
import { safely } from '../client/safely.ts';
import { isRecord, isTerminal, type TaskStatus } from '../contract/index.ts';

const KEY = 'lrt-task-hues';
/** Nobody has seen such a task for an hour: a tab that closed did not hear of its end. */
const STALE_MS = 60 * 60_000;
/** A running task is noted again no more often than this. */
const REFRESH_MS = 60_000;
/** The storage never holds more tasks than this. Further ones have no hue until one of these ends. */
const MOST = 500;

/** A task, as far as its hue depends on it. */
export interface HuedTask {
  id: string;
  status: TaskStatus;
}

/** The hues of the tasks that run. */
export interface TaskHues {
  /**
   * Takes note of how tasks are now. A task that runs gets the lowest free hue and keeps it until it ends. The list need not
   * be complete: a task that is not in it keeps its hue.
   */
  update(tasks: Iterable<HuedTask>): void;
  /** Frees the hue of a task, as when it was deleted. */
  end(taskId: string): void;
  /** Undefined for a task that does not run, and for an instant until all tabs agree. */
  hueOf(taskId: string): number | undefined;
  /** The same object until a hue changes. */
  getState(): ReadonlyMap<string, number>;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
  /** Releases listeners. The hues stay with the tasks, which run on. */
  dispose(): void;
}

/** The parts of the browser that tabs share. All of them may be missing. */
export interface TaskHuesOptions {
  storage?: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  locks?: Pick<LockManager, 'request'> | undefined;
  /** Says in an event `storage` that another tab has stored something. */
  page?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined;
}

interface Entry {
  hue: number;
  seenAt: number;
}

/**
 * Tabs share the hues through localStorage, and assign them under a Web Lock. Without locks, two tabs that assign at the same
 * instant agree a moment later. Where nothing can be stored, the hues are those of this page.
 *
 * @example
 * const hues = createTaskHues();
 * hues.update(page.tasks);
 * hues.subscribe(() => paint(hues.getState()));
 */
export function createTaskHues(options: TaskHuesOptions = ofThisBrowser()): TaskHues {
  return new SharedHues(options);
}

function ofThisBrowser(): TaskHuesOptions {
  const { navigator, window } = globalThis;
  const found: TaskHuesOptions = { locks: navigator?.locks, page: window };
  try {
    found.storage = globalThis.localStorage;
  } catch {
    // The browser refuses all storage to this page.
  }
  return found;
}

/** Stands for the page where there is none, as in Node. */
const NO_PAGE = {};
/** The instances of each page. The browser sends no event to the page that stores something. */
const instancesOf = new WeakMap<object, Set<SharedHues>>();
/** The text that a page would have stored, for a page that can store nothing. */
const unstored = new WeakMap<object, string>();

class SharedHues implements TaskHues {
  readonly #page: TaskHuesOptions['page'];
  readonly #locks: TaskHuesOptions['locks'];
  /** Undefined once it has refused to store something. */
  #storage: TaskHuesOptions['storage'];
  readonly #listeners = new Set<() => void>();
  /** The tasks that this instance knows to run, in the order in which it heard of them. */
  readonly #running = new Set<string>();
  readonly #ended = new Set<string>();
  #state: ReadonlyMap<string, number> = new Map();
  #isSyncing = false;
  #disposed = false;

  constructor({ storage, locks, page }: TaskHuesOptions) {
    this.#storage = storage;
    this.#locks = locks;
    this.#page = page;
    this.#instances().add(this);
    page?.addEventListener('storage', this.#onStorage);
    this.#publish(this.#read());
  }

  update(tasks: Iterable<HuedTask>): void {
    for (const { id, status } of tasks) {
      if (status === 'running') {
        this.#running.add(id);
        this.#ended.delete(id);
      } else if (isTerminal(status) && (this.#running.delete(id) || this.#state.has(id))) {
        this.#ended.add(id);
      }
    }
    this.#sync();
  }

  end(taskId: string): void {
    this.update([{ id: taskId, status: 'cancelled' }]);
  }

  hueOf(taskId: string): number | undefined {
    return this.#state.get(taskId);
  }

  getState = (): ReadonlyMap<string, number> => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  dispose(): void {
    this.#disposed = true;
    this.#instances().delete(this);
    this.#page?.removeEventListener('storage', this.#onStorage);
    this.#listeners.clear();
  }

  #onStorage = (event: Event): void => {
    // A storage that was cleared has no key.
    if (!('key' in event) || event.key === KEY || event.key === null) this.#refresh();
  };

  /** Takes over what another tab or instance has assigned. */
  #refresh(): void {
    if (this.#disposed) return;
    const entries = this.#read();
    if (this.#locks) {
      // Under a lock nothing is overwritten, so a task that is missing has ended.
      for (const id of this.#state.keys()) if (!entries.has(id)) this.#running.delete(id);
    }
    this.#publish(entries);
    this.#sync();
  }

  #sync(): void {
    if (this.#disposed || this.#isSyncing) return;
    if (!this.#assign(this.#read())) {
      this.#ended.clear();
      return;
    }
    if (!this.#locks) {
      this.#store();
      return;
    }
    this.#isSyncing = true;
    const done = () => {
      this.#isSyncing = false;
      // More may have come while the lock was awaited.
      this.#sync();
    };
    this.#locks
      .request(KEY, () => this.#store())
      // The browser refuses locks to some pages. Their tabs agree without one.
      .catch(() => this.#store())
      .then(done, done);
  }

  #store(): void {
    const entries = this.#read();
    if (this.#disposed || !this.#assign(entries)) return;
    const text = JSON.stringify(Object.fromEntries(entries));
    try {
      this.#storage?.setItem(KEY, text);
    } catch {
      // The storage is full or refused: from now on the hues are those of this page.
      this.#storage = undefined;
      this.#store();
      return;
    }
    if (!this.#storage) unstored.set(this.#page ?? NO_PAGE, text);
    this.#ended.clear();
    this.#publish(entries);
    for (const other of [...this.#instances()]) if (other !== this) other.#refresh();
  }

  /** Changes the entries to what this instance knows. Returns true where they have to be stored. */
  #assign(entries: Map<string, Entry>): boolean {
    const now = Date.now();
    let changed = false;
    for (const [id, { seenAt }] of entries) {
      const isStale = seenAt < now - STALE_MS && !this.#running.has(id);
      if (isStale || this.#ended.has(id)) changed = entries.delete(id) || changed;
    }
    const taken = new Set([...entries.values()].map(({ hue }) => hue));
    for (const id of this.#running) {
      const known = entries.get(id);
      if (known ? known.seenAt > now - REFRESH_MS : entries.size >= MOST) continue;
      const hue = known?.hue ?? lowestFree(taken);
      taken.add(hue);
      entries.set(id, { hue, seenAt: now });
      changed = true;
    }
    return changed;
  }

  #read(): Map<string, Entry> {
    try {
      if (this.#storage) return parse(this.#storage.getItem(KEY));
    } catch {
      this.#storage = undefined;
    }
    return parse(unstored.get(this.#page ?? NO_PAGE));
  }

  #publish(entries: Map<string, Entry>): void {
    const before = this.#state;
    const isSame =
      entries.size === before.size && [...entries].every(([id, { hue }]) => before.get(id) === hue);
    if (isSame) return;
    this.#state = new Map([...entries].map(([id, { hue }]) => [id, hue]));
    for (const listener of [...this.#listeners]) safely(listener);
  }

  #instances(): Set<SharedHues> {
    const page = this.#page ?? NO_PAGE;
    const known = instancesOf.get(page);
    if (known) return known;
    const instances = new Set<SharedHues>();
    instancesOf.set(page, instances);
    return instances;
  }
}

function lowestFree(taken: ReadonlySet<number>): number {
  let hue = 0;
  while (taken.has(hue)) hue += 1;
  return hue;
}

/** Reads what some version of this code has stored, in whatever shape. */
function parse(text: string | null | undefined): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? '{}');
  } catch {
    return entries;
  }
  if (!isRecord(stored)) return entries;
  for (const [id, entry] of Object.entries(stored)) {
    if (!isRecord(entry)) continue;
    const { hue, seenAt } = entry;
    if (typeof hue !== 'number' || typeof seenAt !== 'number') continue;
    if (Number.isInteger(hue) && hue >= 0 && hue < MOST) entries.set(id, { hue, seenAt });
  }
  return entries;
}
