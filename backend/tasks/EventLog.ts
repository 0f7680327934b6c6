import {
  addItems,
  type GeoFeature,
  isTerminal,
  type TaskError,
  type TaskEvent,
  type TaskItem,
  type TaskProgress,
  type TaskSnapshot,
  type TerminalStatus,
} from '../../src/contract/index.ts';

/** An event before the log gives it its number and time. */
export type NewEvent =
  | { type: 'snapshot'; change: Partial<TaskSnapshot>; features?: GeoFeature[] }
  | { type: 'progress'; progress: TaskProgress }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string }
  | { type: 'features'; features: GeoFeature[] }
  | { type: 'items'; items: TaskItem[] }
  | { type: 'succeeded'; result: unknown }
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled' };

export type TerminalEvent = Extract<NewEvent, { type: TerminalStatus }>;

/** A live subscriber further behind than this is given the state rather than the way there. */
const MAX_LAG = 1_000;

/**
 * The events of one task, the newest `capacity` of them, and the state they add up to. Subscribers keep a cursor and
 * read from here at their own pace, so a slow one costs no memory.
 */
export class EventLog {
  readonly #capacity: number;
  readonly #watchers = new Set<() => void>();
  #task: TaskSnapshot;
  /** Dense: `#events[i]` has seq `#task.seq - #events.length + 1 + i`. */
  #events: TaskEvent[];
  #features: GeoFeature[] = [];
  #snapshot: TaskEvent | undefined;

  /** Starts with one event numbered `task.seq`: a snapshot, or the terminal event of a task that has ended. */
  constructor(task: TaskSnapshot, capacity: number) {
    this.#task = task;
    this.#capacity = capacity;
    this.#events = [firstEvent(task)];
  }

  /** A log that goes on from what another one kept: `events` are dense and end with number `task.seq`. */
  static resume(
    task: TaskSnapshot,
    capacity: number,
    { events, features }: { events: TaskEvent[]; features: GeoFeature[] },
  ): EventLog {
    const log = new EventLog(task, capacity);
    if (events.length > 0) log.#events = events;
    log.#features = features;
    return log;
  }

  /** As of now. Never changed afterwards: the next event makes a new one. */
  get task(): TaskSnapshot {
    return this.#task;
  }

  /** Counts the features that the kept events and the state hold. */
  get featureCount(): number {
    return this.#events.reduce(
      (sum, event) => sum + (event.type === 'features' ? event.features.length : 0),
      0,
    );
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  /** Called after each event. Returns its own undo. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Returns the task as it would be after the event. */
  preview(event: NewEvent): TaskSnapshot {
    return apply(this.#task, event, new Date().toISOString());
  }

  append(event: NewEvent): void {
    if (isTerminal(this.#task.status)) return;
    const at = new Date().toISOString();
    const task = apply(this.#task, event, at);
    const head = { taskId: task.id, seq: task.seq, at, attempt: task.attempt };
    if (event.type === 'snapshot') {
      const { features } = event;
      this.#add({ ...head, type: 'snapshot', task, ...(features && { features }) }, task);
    } else {
      this.#add({ ...head, ...event }, task);
    }
  }

  /** Takes the next event of a task that is logged elsewhere. False where it is not the next one: nothing changed. */
  accept(event: TaskEvent): boolean {
    if (event.seq !== this.#task.seq + 1 || isTerminal(this.#task.status)) return false;
    if (event.type !== 'snapshot') {
      this.#add(event, apply(this.#task, event, event.at));
    } else {
      // Whoever logs a change of the task alone need not know its items.
      const { items } = this.#task;
      const task = event.features || !items ? event.task : { items, ...event.task };
      this.#add({ ...event, task }, task);
    }
    return true;
  }

  /**
   * Takes over the events of another log of the task. A subscriber whose cursor its events no longer cover gets its
   * state.
   */
  replaceBy(other: EventLog): void {
    this.#task = other.#task;
    this.#events = other.#events.slice();
    this.#features = other.#features.slice();
    this.#changed();
  }

  #add(event: TaskEvent, task: TaskSnapshot): void {
    this.#task = task;
    this.#events.push(event);
    if (event.type === 'features') for (const feature of event.features) this.#features.push(feature);
    if (event.type === 'snapshot' && event.features) this.#features = [...event.features];
    if (isTerminal(task.status)) this.#features = [];
    // Cut in batches: shifting one by one would cost each event a copy of the whole array.
    if (this.#events.length > this.#capacity * 1.25)
      this.#events.splice(0, this.#events.length - this.#capacity);
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = undefined;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Forgets all but the newest event. */
  release(): void {
    this.#events = this.#events.slice(-1);
  }

  /**
   * The event to send to a subscriber that has seen `cursor` (null: nothing), or undefined when it has seen all. A
   * snapshot where the events after the cursor are not all kept, or where a subscriber that had once caught up with
   * `liveFrom` fell too far behind. Where the task has ended the snapshot is numbered one before the terminal event,
   * which is still to come.
   */
  after(cursor: number | null, liveFrom: number): TaskEvent | undefined {
    const { seq } = this.#task;
    if (cursor === seq) return undefined;
    if (cursor === null || cursor > seq) return this.#snapshotEvent();
    const behind = seq - cursor;
    if (behind > this.#events.length || (cursor >= liveFrom && behind > MAX_LAG))
      return this.#snapshotEvent();
    return this.#events[this.#events.length - behind];
  }

  #snapshotEvent(): TaskEvent {
    if (!this.#snapshot) {
      const seq = isTerminal(this.#task.status) ? this.#task.seq - 1 : this.#task.seq;
      const task = { ...this.#task, seq };
      this.#snapshot = {
        taskId: task.id,
        seq,
        at: new Date().toISOString(),
        attempt: task.attempt,
        type: 'snapshot',
        task,
        ...(task.status === 'running' && { features: this.#features.slice() }),
      };
    }
    return this.#snapshot;
  }
}

function apply(task: TaskSnapshot, event: NewEvent, at: string): TaskSnapshot {
  const seq = task.seq + 1;
  switch (event.type) {
    case 'snapshot':
      return { ...(event.features ? withoutItems(task) : task), ...event.change, seq };
    case 'progress':
      return { ...task, progress: event.progress, seq };
    case 'items':
      return { ...task, items: addItems(task.items, event.items), seq };
    case 'succeeded':
      return { ...ended(task, at), status: 'succeeded', result: event.result, seq };
    case 'failed':
      return { ...ended(task, at), status: 'failed', error: event.error, seq };
    case 'cancelled':
      return { ...ended(task, at), status: 'cancelled', seq };
    default:
      return { ...task, seq };
  }
}

/** Every attempt begins without items. */
function withoutItems({ items: _, ...task }: TaskSnapshot): TaskSnapshot {
  return task;
}

function ended({ cancelRequested: _, ...task }: TaskSnapshot, finishedAt: string): TaskSnapshot {
  return { ...task, finishedAt };
}

function firstEvent(task: TaskSnapshot): TaskEvent {
  const head = {
    taskId: task.id,
    seq: task.seq,
    at: task.finishedAt ?? task.createdAt,
    attempt: task.attempt,
  };
  switch (task.status) {
    case 'succeeded':
      return { ...head, type: 'succeeded', result: task.result ?? null };
    case 'failed':
      return {
        ...head,
        type: 'failed',
        error: task.error ?? { code: 'exception', message: 'The reason was not kept' },
      };
    case 'cancelled':
      return { ...head, type: 'cancelled' };
    default:
      return { ...head, type: 'snapshot', task };
  }
}
