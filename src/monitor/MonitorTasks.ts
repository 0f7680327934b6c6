import { type OnceAFrame, onceAFrame } from '../client/onceAFrame.ts';
import type { SystemClient } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import { isNodeTask, type TaskFilter, type TaskSnapshot } from '../contract/index.ts';
import { FreshPlaces } from '../parts/FreshPlaces.ts';
import { readTask } from '../parts/readTask.ts';
import { TaskBook, type TaskChange } from './TaskBook.ts';
import { type MonitorState, TaskReader } from './TaskReader.ts';

export type { TaskChange } from './TaskBook.ts';
export type { MonitorState } from './TaskReader.ts';

const CLOCK_MS = 1_000;

/**
 * Knows the tasks that a filter selects: all that are active, and those that ended as far back as they were read. It reads
 * lists, then watches. Many changes in one frame are one call of the listeners, and progress calls nobody but the listeners of
 * its task. With `activeOnly` it reads one page of active tasks, as for a badge that says "99+".
 */
export class MonitorTasks {
  readonly system: SystemClient;
  /** The part of the filter that the server applies, without a status. */
  readonly filter: TaskFilter;
  readonly #activeOnly: boolean;
  readonly #book: TaskBook;
  readonly #reader: TaskReader;
  readonly #listeners = new Set<() => void>();
  readonly #rows = new Map<string, Set<() => void>>();
  /** The tasks that changed since the last frame. */
  readonly #changed = new Set<string>();
  readonly #changeListeners = new Set<(change: TaskChange) => void>();
  readonly #frame: OnceAFrame = onceAFrame(() => this.#publish());
  #state: MonitorState;
  #next: Partial<MonitorState> = {};
  #structure = 0;
  #asOfMs = Date.now();
  #clock: ReturnType<typeof setInterval> | undefined;
  #places: FreshPlaces | undefined;
  #isOver = false;

  constructor(system: SystemClient, filter: TaskFilter, { activeOnly = false } = {}) {
    this.system = system;
    this.filter = filter;
    this.#activeOnly = activeOnly;
    this.#book = new TaskBook({
      onTask: (id, moves) => {
        this.#changed.add(id);
        if (moves) this.#structure += 1;
        this.#frame.request();
      },
      onChange: (change) => {
        // The run of a workflow speaks for its nodes.
        if (isNodeTask(change.task)) return;
        for (const listener of [...this.#changeListeners]) safely(() => listener(change));
      },
    });
    this.#reader = new TaskReader({
      system,
      filter,
      activeOnly,
      book: this.#book,
      // A change that is not published yet counts.
      getState: () => ({ ...this.#state, ...this.#next }),
      set: (change) => this.#set(change),
      heard: () => {
        this.#asOfMs = Date.now();
      },
    });
    this.#state = {
      status: system.listTasks ? 'loading' : 'unavailable',
      connection: { state: system.listTasks ? 'connecting' : 'closed' },
      nowMs: Date.now(),
      structure: 0,
      hasOlder: false,
      isReadingOlder: false,
    };
  }

  /** By id. The map is changed in place: `getState` says when tasks came, went, or are in another state. */
  get tasks(): ReadonlyMap<string, TaskSnapshot> {
    return this.#book.tasks;
  }

  /** The tasks that ended while they were watched, or shortly before. */
  get endedNow(): ReadonlySet<string> {
    return this.#book.endedNow;
  }

  get clock(): TaskBook['clock'] {
    return this.#book.clock;
  }

  /** The local time of the last news, Unix time in milliseconds. */
  get asOfMs(): number {
    return this.#asOfMs;
  }

  /** The task as it is, or as it was when it was taken off the list. */
  taskOf = (id: string): TaskSnapshot | undefined => this.tasks.get(id) ?? this.#book.removed.get(id)?.task;

  /** The local time at which a task was taken off the list, Unix time in milliseconds. */
  goneAtMs(id: string): number | undefined {
    return this.#book.removed.get(id)?.atMs;
  }

  getState = (): MonitorState => this.#state;

  /** Calls the listener when `getState` has another object. Returns what ends the subscription. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Calls the listener when this task has changed, at most once a frame. Returns what ends the subscription. */
  subscribeTask(id: string, listener: () => void): () => void {
    const listeners = this.#rows.get(id) ?? new Set();
    this.#rows.set(id, listeners.add(listener));
    this.#places?.changed();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#rows.get(id) === listeners) this.#rows.delete(id);
    };
  }

  /** Calls the listener for each task that ended or started while it was watched. Returns what ends the subscription. */
  onChange(listener: (change: TaskChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => void this.#changeListeners.delete(listener);
  }

  /** Begins to read and to watch. Returns what ends it. */
  start(): () => void {
    this.#isOver = false;
    if (!this.#activeOnly) {
      this.#clock = setInterval(() => this.#set({ nowMs: Date.now() }), CLOCK_MS);
      if (this.system.waitingTasks) this.#places = this.#freshPlaces();
    }
    this.#reader.start();
    return () => {
      this.#isOver = true;
      clearInterval(this.#clock);
      this.#reader.stop();
      this.#places?.stop();
      this.#places = undefined;
      this.#frame.cancel();
    };
  }

  /** Reads the lists now. */
  refresh(): void {
    if (this.#state.status === 'failed') this.#set({ status: 'loading', error: undefined });
    void this.#reader.read();
  }

  /** Reads the next page of tasks that ended. */
  readOlder(): Promise<void> {
    return this.#reader.readOlder();
  }

  /** Forgets which tasks ended a moment ago, as when the user leaves the view that shows them. */
  leaveEnded(): void {
    this.#book.leaveEnded();
  }

  /** Takes a task off the list, as one that the user has cleared. */
  drop(id: string): void {
    this.#book.drop(id);
  }

  /** Takes a newer state of a task, as of the answer to a call. */
  take(value: unknown): void {
    const task = readTask(value);
    if (task) this.#book.put(task, false);
  }

  /** Asks the server for a task that went off the list. Rejects where it is not there, or must not be seen. */
  async lookAgain(id: string): Promise<void> {
    const task = readTask(await this.system.getTask?.(id));
    if (task) this.#book.putBack(task);
  }

  /** Asks why those tasks wait whose rows are shown. */
  #freshPlaces(): FreshPlaces {
    const queued = () => [...this.#rows.keys()].filter((id) => isQueued(this.tasks.get(id)));
    return new FreshPlaces(this.system, queued, (places) => {
      for (const [id, waiting] of Object.entries(places)) {
        const task = this.tasks.get(id);
        if (task && isQueued(task)) this.take({ ...task, waiting });
      }
    });
  }

  #set(change: Partial<MonitorState>): void {
    Object.assign(this.#next, change);
    this.#frame.request();
  }

  #publish(): void {
    if (this.#isOver) return;
    const changed = [...this.#changed];
    this.#changed.clear();
    if (Object.keys(this.#next).length > 0 || this.#structure !== this.#state.structure) {
      this.#state = { ...this.#state, ...this.#next, structure: this.#structure };
      this.#next = {};
      this.#places?.changed();
      for (const listener of [...this.#listeners]) safely(listener);
    }
    for (const id of changed) for (const listener of [...(this.#rows.get(id) ?? [])]) safely(listener);
  }
}

const isQueued = (task: TaskSnapshot | undefined) => task?.status === 'queued';
