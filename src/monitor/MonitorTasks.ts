import { type OnceAFrame, onceAFrame } from '../client/onceAFrame.ts';
import type { ConnectionState, SystemClient, TaskStream } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import { isTerminal, type TaskFilter, type TaskPage, type TaskSnapshot } from '../contract/index.ts';
import { readTask } from './readTask.ts';
import { createServerClock, type ServerClock } from './serverClock.ts';

/** The server gives so many tasks at once at most. */
const PAGE = 200;
/** So many pages of active tasks are read: 10,000 tasks. */
const MAX_PAGES = 50;
/** A list that failed is read again after so long, doubled with each failure in a row. */
const RETRY_MS = 3_000;
const LONGEST_MS = 60_000;
/** The list is read again this often where nothing can be watched, and for the places of tasks that wait. */
const POLL_MS = 3_000;
const PLACES_MS = 10_000;
/** After a (re)connection the changes that come are old news for so long. */
const CATCHING_UP_MS = 2_000;
/** A task that ended no longer ago than this, before the monitor was opened, has ended a moment ago. */
const MOMENT_MS = 5 * 60_000;

const MOST_REMOVED = 1_000;

/** The state of the store, for a component. It is another object whenever something has changed. */
export interface MonitorState {
  /** 'failed': there is no list, and `error` says why. It is tried again. */
  status: 'loading' | 'ready' | 'failed' | 'unavailable';
  error?: Failure | undefined;
  connection: ConnectionState;
  /** The local time of the last news, Unix time in milliseconds. */
  asOfMs: number;
  /** Counts the changes of which tasks there are and in which state they are. Progress alone does not count. */
  structure: number;
  /** True if the server has older tasks that ended. */
  hasOlder: boolean;
  isReadingOlder: boolean;
}

/** A task came to an end, or began after it had waited. */
export interface TaskChange {
  kind: 'ended' | 'started';
  task: TaskSnapshot;
}

/**
 * Knows the tasks that a filter selects: all that are active, and those that ended as far back as they were read. It reads
 * lists, then watches. Many changes in one frame are one call of the listeners. With `activeOnly` it reads one page of active
 * tasks, as for a badge that says "99+".
 */
export class MonitorTasks {
  /** By id. The map is changed in place: `getState` says when. */
  readonly tasks = new Map<string, TaskSnapshot>();
  /** Tasks that were taken off the list lately: a list whose rows may not move shows them on. */
  readonly removed = new Map<string, TaskSnapshot>();
  /** The tasks that ended while they were watched, or shortly before. */
  readonly endedNow = new Set<string>();
  readonly clock: ServerClock = createServerClock();
  readonly system: SystemClient;
  /** The part of the filter that the server applies, without a status. */
  readonly filter: TaskFilter;
  readonly #activeOnly: boolean;
  readonly #listeners = new Set<() => void>();
  readonly #changeListeners = new Set<(change: TaskChange) => void>();
  readonly #frame: OnceAFrame = onceAFrame(() => this.#publish());
  #state: MonitorState;
  #next: Partial<MonitorState> = {};
  #structure = 0;
  #stream: TaskStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #places: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isReading = false;
  #isStale = false;
  #isOver = false;
  #isPolling = false;
  #olderCursor: string | undefined;
  #liveSinceMs = Number.POSITIVE_INFINITY;
  /** Tasks that went while a list was being read, by the newest sequence number that is known of them. */
  #gone = new Map<string, number>();

  constructor(system: SystemClient, filter: TaskFilter, { activeOnly = false } = {}) {
    this.system = system;
    this.filter = filter;
    this.#activeOnly = activeOnly;
    this.#state = {
      status: system.listTasks ? 'loading' : 'unavailable',
      connection: { state: system.listTasks ? 'connecting' : 'closed' },
      asOfMs: Date.now(),
      structure: 0,
      hasOlder: false,
      isReadingOlder: false,
    };
  }

  getState = (): MonitorState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Calls the listener for each task that ended or started while it was watched. Returns what ends the subscription. */
  onChange(listener: (change: TaskChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => void this.#changeListeners.delete(listener);
  }

  /** Begins to read and to watch. Returns what ends it. */
  start(): () => void {
    this.#isOver = false;
    void this.#read();
    return () => {
      this.#isOver = true;
      clearTimeout(this.#timer);
      clearTimeout(this.#places);
      this.#frame.cancel();
      this.#stream?.close();
      this.#stream = undefined;
    };
  }

  /** Reads the lists now. */
  refresh(): void {
    if (this.#state.status === 'failed') this.#set({ status: 'loading', error: undefined });
    void this.#read();
  }

  /** Reads the next page of tasks that ended. */
  async readOlder(): Promise<void> {
    const cursor = this.#olderCursor;
    if (cursor === undefined || this.#state.isReadingOlder || this.#isOver) return;
    this.#set({ isReadingOlder: true });
    this.#frame.flush();
    try {
      const page = await this.#list({ status: 'finished', cursor });
      if (this.#isOver) return;
      this.#olderCursor = page.nextCursor === cursor ? undefined : page.nextCursor;
      for (const task of page.tasks) this.#put(task, true);
    } catch (thrown) {
      // The list that is there stays. Scrolling on asks again.
      this.#set({ error: toTaskError(thrown) });
    }
    this.#set({ isReadingOlder: false, hasOlder: this.#olderCursor !== undefined });
  }

  /** Forgets which tasks ended a moment ago, as when the user leaves the view that shows them. */
  leaveEnded(): void {
    if (this.endedNow.size === 0) return;
    this.endedNow.clear();
    this.#changeStructure();
  }

  /** Takes a task off the list, as one that the user has cleared. */
  drop(id: string): void {
    this.#gone.set(id, Number.POSITIVE_INFINITY);
    this.endedNow.delete(id);
    const task = this.tasks.get(id);
    if (!task) return;
    this.tasks.delete(id);
    const [oldest] = this.removed.keys();
    if (this.removed.size >= MOST_REMOVED && oldest !== undefined) this.removed.delete(oldest);
    this.removed.set(id, task);
    this.#changeStructure();
  }

  /** Takes a newer state of a task, as of the answer to a call. */
  take(value: unknown): void {
    const task = readTask(value);
    if (task) this.#put(task, false);
  }

  async #list(query: { status: 'active' | 'finished'; cursor?: string | undefined }): Promise<TaskPage> {
    const { cursor, status } = query;
    const answer: unknown = await this.system.listTasks?.({
      ...this.filter,
      status,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    const page = typeof answer === 'object' && answer !== null ? answer : {};
    if (!('tasks' in page) || !Array.isArray(page.tasks)) {
      throw new TypeError("The host's listTasks resolved without a list of tasks");
    }
    const textOf = (key: string): string | undefined => {
      const value: unknown = Reflect.get(page, key);
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const [nextCursor, watchCursor] = [textOf('nextCursor'), textOf('watchCursor')];
    return {
      tasks: page.tasks.map(readTask).filter((task) => task !== undefined),
      ...(nextCursor !== undefined && { nextCursor }),
      ...(watchCursor !== undefined && { watchCursor }),
    };
  }

  /** Reads the active tasks, and the first page of those that ended. While it does, another wish to read is kept. */
  async #read(): Promise<void> {
    if (!this.system.listTasks || this.#isOver) return;
    if (this.#isReading) {
      this.#isStale = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#isStale = false;
    this.#gone.clear();
    const seen = new Set<string>();
    try {
      let cursor: string | undefined;
      for (let pages = 0; pages < (this.#activeOnly ? 1 : MAX_PAGES); pages += 1) {
        const page = await this.#list({ status: 'active', cursor });
        if (this.#isOver) return;
        if (pages === 0) this.#watch(page.watchCursor);
        for (const task of page.tasks) this.#see(task, seen);
        if (page.nextCursor === undefined || page.nextCursor === cursor) break;
        cursor = page.nextCursor;
      }
      if (!this.#activeOnly) {
        const ended = await this.#list({ status: 'finished' });
        if (this.#isOver) return;
        for (const task of ended.tasks) this.#see(task, seen);
        if (this.#state.status !== 'ready') this.#olderCursor = ended.nextCursor;
      }
      // A task that no list has any more ended long ago, or was deleted.
      for (const task of this.tasks.values()) {
        if (!isTerminal(task.status) && !seen.has(task.id)) this.drop(task.id);
      }
      this.#failures = 0;
      this.#set({ status: 'ready', error: undefined, hasOlder: this.#olderCursor !== undefined });
      this.#heard();
      this.#schedule();
    } catch (thrown) {
      if (this.#isOver) return;
      this.#failed(thrown);
    } finally {
      this.#isReading = false;
    }
    if (this.#isStale) void this.#read();
  }

  #see(task: TaskSnapshot, seen: Set<string>): void {
    seen.add(task.id);
    this.#put(task, true);
  }

  #failed(thrown: unknown): void {
    this.#failures += 1;
    const wait = Math.min(LONGEST_MS, RETRY_MS * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => void this.#read(), wait);
    const error = toTaskError(thrown);
    const { status } = this.#state;
    // A list that is there stays: the connection says that it is old.
    if (status === 'ready') {
      const retryAt = Date.now() + wait;
      this.#set({
        error,
        ...(this.#isPolling && {
          connection: { state: 'reconnecting', attempt: this.#failures, retryAt, reason: error.message },
        }),
      });
    } else {
      this.#set({ status: 'failed', error, connection: { state: 'closed' } });
    }
  }

  /** Reads again in a while, where that is the only way to learn something. */
  #schedule(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#places);
    const again = () => {
      if (document.hidden) this.#places = setTimeout(again, POLL_MS);
      else void this.#read();
    };
    if (this.#isPolling) this.#places = setTimeout(again, POLL_MS);
    else if ([...this.tasks.values()].some(({ status }) => status === 'queued'))
      this.#places = setTimeout(again, PLACES_MS);
  }

  #watch(after: string | undefined): void {
    if (this.#stream || this.#isPolling) return;
    if (!this.system.watchTasks || after === undefined) {
      this.#poll();
      return;
    }
    const ifOn = (run: () => void) => {
      if (!this.#isOver) run();
    };
    this.#stream = this.system.watchTasks(
      this.filter,
      {
        onTask: (task) =>
          ifOn(() => {
            this.#heard();
            this.take(task);
          }),
        onGone: (id) =>
          ifOn(() => {
            this.#heard();
            this.drop(id);
          }),
        onReset: () => ifOn(() => void this.#read()),
        onConnection: (connection) =>
          ifOn(() => {
            if (connection.state === 'live' && this.#state.connection.state !== 'live') {
              this.#liveSinceMs = Date.now();
              this.#heard();
            }
            this.#set({ connection });
          }),
        onError: () => ifOn(() => this.#poll()),
      },
      { after },
    );
  }

  #poll(): void {
    this.#isPolling = true;
    this.#stream?.close();
    this.#stream = undefined;
    this.#set({ connection: { state: 'polling' } });
    this.#schedule();
  }

  #heard(): void {
    this.#next.asOfMs = Date.now();
    if (this.#isPolling) this.#next.connection = { state: 'polling' };
    this.#frame.request();
  }

  #put(task: TaskSnapshot, isListed: boolean): void {
    const known = this.tasks.get(task.id);
    if (known && known.seq > task.seq) return;
    if ((this.#gone.get(task.id) ?? -1) >= task.seq) return;
    const nowMs = Date.now();
    // An event leaves out why a task waits: the list said it.
    const waiting = task.waiting ?? (task.status === 'queued' ? known?.waiting : undefined);
    this.tasks.set(task.id, waiting && !task.waiting ? { ...task, waiting } : task);
    if (isListed) this.clock.listed(task, nowMs);
    const changed = known?.status !== task.status || known.cancelRequested !== task.cancelRequested;
    if (!changed) {
      this.#frame.request();
      return;
    }
    if (!isListed && nowMs - this.#liveSinceMs > CATCHING_UP_MS) this.clock.changed(task, nowMs);
    this.#noteChange(known, task, nowMs);
    this.#changeStructure();
  }

  #noteChange(known: TaskSnapshot | undefined, task: TaskSnapshot, nowMs: number): void {
    const isEnded = isTerminal(task.status);
    const finishedMs = task.finishedAt ? Date.parse(task.finishedAt) : 0;
    const isFirst = !known && this.#state.status !== 'ready';
    if (isEnded && known && !isTerminal(known.status)) {
      this.endedNow.add(task.id);
      this.#say({ kind: 'ended', task });
    } else if (isEnded && !known && this.clock.at(nowMs) - finishedMs < MOMENT_MS) {
      this.endedNow.add(task.id);
      if (!isFirst) this.#say({ kind: 'ended', task });
    } else if (!isEnded) {
      this.endedNow.delete(task.id);
      if (known?.status === 'queued' && task.status === 'running') this.#say({ kind: 'started', task });
    }
  }

  #say(change: TaskChange): void {
    for (const listener of [...this.#changeListeners]) safely(() => listener(change));
  }

  #changeStructure(): void {
    this.#structure += 1;
    this.#frame.request();
  }

  #set(change: Partial<MonitorState>): void {
    Object.assign(this.#next, change);
    this.#frame.request();
  }

  #publish(): void {
    if (this.#isOver) return;
    this.#state = { ...this.#state, ...this.#next, structure: this.#structure };
    this.#next = {};
    for (const listener of [...this.#listeners]) safely(listener);
  }
}
