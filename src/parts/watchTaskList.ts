import { onceAFrame } from '../client/onceAFrame.ts';
import type { ListQuery, SystemClient, TaskStream } from '../client/SystemClient.ts';
import type { TaskPage, TaskSnapshot, TaskWaiting } from '../contract/index.ts';
import { FreshPlaces } from './FreshPlaces.ts';
import { type PollResult, pollTasks } from './pollTasks.ts';

/** The server's page has so many tasks where the query names no limit. */
const DEFAULT_LIMIT = 50;
/** A list that failed is read again after so long, doubled with each failure in a row. */
const RETRY_MS = 3_000;
const LONGEST_MS = 60_000;

/**
 * Keeps a list of tasks up to date: it reads the list, and then watches what changes. The tasks are the newest first, at
 * most as many as the query allows, and a task that did not change stays the same object. `onResult` is called at most once
 * a frame.
 *
 * The list is read again where the server no longer knows what has changed, and where tasks have left the list and older
 * ones move up. Where the client cannot watch, or the server is too old for it, the list is polled.
 *
 * Returns a function that stops it: afterwards `onResult` is not called.
 */
export function watchTaskList(
  system: SystemClient,
  query: ListQuery,
  onResult: (result: PollResult) => void,
): () => void {
  const poll = () => pollTasks(() => system.listTasks?.(query), onResult);
  // A page further back is not the newest, so a new task has no place in it.
  if (!system.watchTasks || query.cursor !== undefined) return poll();
  const list = new WatchedList(system, query, onResult, () => {
    stop = poll();
  });
  let stop = () => list.stop();
  return () => stop();
}

class WatchedList {
  readonly #system: SystemClient;
  readonly #query: ListQuery;
  readonly #onResult: (result: PollResult) => void;
  readonly #poll: () => void;
  readonly #limit: number;
  /** The newest first. */
  #tasks: readonly TaskSnapshot[] = [];
  /** The server has older tasks that the list has no room for. */
  #hasMore = false;
  /** Changes that came while the list is being read: undefined for a task that is gone. */
  #meanwhile: Map<string, { task: TaskSnapshot | undefined; seq: number }> | undefined;
  #isStale = false;
  #failures = 0;
  #stream: TaskStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  readonly #places: FreshPlaces;
  readonly #frame = onceAFrame(() => {
    this.#onResult({ tasks: this.#tasks });
    this.#places.changed();
  });

  constructor(
    system: SystemClient,
    query: ListQuery,
    onResult: (result: PollResult) => void,
    poll: () => void,
  ) {
    this.#system = system;
    this.#query = query;
    this.#onResult = onResult;
    this.#poll = poll;
    this.#limit = query.limit ?? DEFAULT_LIMIT;
    this.#places = new FreshPlaces(
      system,
      () => this.#tasks.flatMap(({ id, status }) => (status === 'queued' ? [id] : [])),
      (places) => this.#place(places),
    );
    void this.#read();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#frame.cancel();
    this.#places.stop();
    this.#stream?.close();
  }

  /** Reads the list. While it is being read, another wish to read it is kept. */
  async #read(): Promise<void> {
    if (this.#meanwhile) {
      this.#isStale = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#meanwhile = new Map();
    this.#isStale = false;
    let page: TaskPage | undefined;
    try {
      page = await this.#system.listTasks?.(this.#query);
      if (!Array.isArray(page?.tasks))
        throw new TypeError("The host's listTasks resolved without a list of tasks");
    } catch (thrown) {
      this.#meanwhile = undefined;
      if (this.#isOver) return;
      this.#failures += 1;
      this.#timer = setTimeout(
        () => void this.#read(),
        Math.min(LONGEST_MS, RETRY_MS * 2 ** (this.#failures - 1)),
      );
      this.#frame.cancel();
      this.#onResult({ thrown });
      return;
    }
    if (this.#isOver || !page) return;
    this.#failures = 0;
    const { watchCursor } = page;
    if (!this.#stream && typeof watchCursor !== 'string') {
      this.#goOnByPolls();
      return;
    }
    this.#take(page);
    if (watchCursor !== undefined) this.#stream ??= this.#watch(watchCursor);
    if (this.#isStale) void this.#read();
  }

  #take(page: TaskPage): void {
    const known = new Map(this.#tasks.map((task) => [task.id, task]));
    const meanwhile = this.#meanwhile;
    this.#meanwhile = undefined;
    this.#tasks = page.tasks.map((task) => same(known.get(task.id), task));
    this.#hasMore = page.nextCursor !== undefined;
    for (const [id, { task, seq }] of meanwhile ?? []) {
      const listed = this.#tasks.find((one) => one.id === id);
      if (listed && listed.seq > seq) continue;
      if (task) this.#put(task);
      else this.#drop(id);
    }
    this.#frame.request();
  }

  #watch(after: string): TaskStream | undefined {
    const { limit: _limit, cursor: _cursor, ...filter } = this.#query;
    let isLost = false;
    return this.#system.watchTasks?.(
      filter,
      {
        onTask: (task) => this.#change(task.id, task, task.seq),
        onGone: (id, task) => this.#change(id, undefined, task?.seq ?? Number.POSITIVE_INFINITY),
        onReset: () => void this.#read(),
        onConnection: (state) => {
          if (this.#isOver) return;
          // The first retry is a quick one, and mostly succeeds.
          if (state.state === 'reconnecting' && state.attempt > 1 && !isLost) {
            isLost = true;
            this.#frame.cancel();
            this.#onResult({ thrown: { code: 'network', message: state.reason } });
          } else if (state.state === 'live' && isLost) {
            isLost = false;
            this.#frame.request();
          }
        },
        onError: () => this.#goOnByPolls(),
      },
      { after },
    );
  }

  #goOnByPolls(): void {
    if (this.#isOver) return;
    this.stop();
    this.#poll();
  }

  #change(id: string, task: TaskSnapshot | undefined, seq: number): void {
    if (this.#isOver) return;
    if (this.#meanwhile) this.#meanwhile.set(id, { task, seq });
    const before = this.#tasks;
    if (task) this.#put(task);
    else this.#drop(id);
    if (this.#tasks === before) return;
    this.#frame.request();
    if (this.#hasMore && this.#tasks.length < this.#limit) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#read(), RETRY_MS / 3);
    }
  }

  /** Takes the places that queued tasks have now. */
  #place(places: Readonly<Record<string, TaskWaiting>>): void {
    const before = this.#tasks;
    const next = before.map((task) => {
      const waiting = task.status === 'queued' ? places[task.id] : undefined;
      return waiting ? same(task, { ...task, waiting }) : task;
    });
    if (next.every((task, i) => task === before[i])) return;
    this.#tasks = next;
    this.#frame.request();
  }

  #put(changed: TaskSnapshot): void {
    const known = this.#tasks.find(({ id }) => id === changed.id);
    // A watch does not say why a task waits.
    const waiting = changed.status === 'queued' ? (changed.waiting ?? known?.waiting) : undefined;
    const task = waiting ? { ...changed, waiting } : changed;
    if (known) {
      if (known.seq > task.seq || same(known, task) === known) return;
      this.#tasks = this.#tasks.map((one) => (one === known ? task : one));
      return;
    }
    const place = this.#tasks.findIndex(({ createdAt }) => createdAt <= task.createdAt);
    const next = [...this.#tasks];
    next.splice(place < 0 ? next.length : place, 0, task);
    // An older task has its place on a later page.
    if (place < 0 && (this.#hasMore || next.length > this.#limit)) {
      this.#hasMore = true;
      return;
    }
    this.#hasMore ||= next.length > this.#limit;
    this.#tasks = next.slice(0, this.#limit);
  }

  #drop(id: string): void {
    if (this.#tasks.some((task) => task.id === id))
      this.#tasks = this.#tasks.filter((task) => task.id !== id);
  }
}

/** The known object where the other one says the same. */
function same(known: TaskSnapshot | undefined, task: TaskSnapshot): TaskSnapshot {
  return known && JSON.stringify(known) === JSON.stringify(task) ? known : task;
}
