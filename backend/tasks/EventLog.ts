import {
  addItems,
  type GeoFeature,
  isTerminal,
  type TaskEvent,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import { type Json, joinJson } from '../common/JsonText.ts';
import { LoggedEvent, type NewEvent } from './LoggedEvent.ts';
import { onlyEventOf, withKnownItems } from './rebuildTask.ts';

/** A log keeps so many events of its task, unless its owner says otherwise. */
export const EVENTS_PER_TASK = 5_000;
/** A live subscriber further behind than this is given the state rather than the way there. */
const MAX_LAG = 1_000;
/** The log puts off the reading of so many events that change the state. */
const MAX_UNREAD = 100;

/**
 * The events of one task, the newest `capacity` of them, and the state they add up to. Subscribers keep a cursor and
 * read from here at their own pace, so a slow one costs no memory. An event that came as text is read only when somebody
 * asks for the state.
 */
export class EventLog {
  readonly #capacity: number;
  readonly #watchers = new Set<() => void>();
  /** As of the events before `#unread`. */
  #task: TaskSnapshot;
  /** Events that change the state and that nobody has asked about yet. */
  #unread: LoggedEvent[] = [];
  #seq: number;
  #hasEnded: boolean;
  /** Dense: `#events[i]` has seq `#seq - #events.length + 1 + i`. */
  #events: LoggedEvent[];
  #features: Json<GeoFeature[]>[] = [];
  #snapshot: LoggedEvent | undefined;

  /**
   * A log that begins with one event numbered `task.seq`: a snapshot, or the terminal event of a task that has ended.
   * Given what another log kept, it goes on from there: `events` are dense and end with number `task.seq`.
   */
  constructor(
    task: TaskSnapshot,
    capacity: number,
    kept: { events: LoggedEvent[]; features: Json<GeoFeature[]>[] } = { events: [], features: [] },
  ) {
    this.#task = task;
    this.#seq = task.seq;
    this.#hasEnded = isTerminal(task.status);
    this.#capacity = capacity;
    this.#events = kept.events.length > 0 ? kept.events : [LoggedEvent.of(onlyEventOf(task))];
    this.#features = kept.features;
  }

  /** As of now. Never changed afterwards: the next event makes a new one. */
  get task(): TaskSnapshot {
    if (this.#task.seq !== this.#seq) this.#read();
    return this.#task;
  }

  /** The number of the newest event. */
  get seq(): number {
    return this.#seq;
  }

  /** True once the log has the terminal event. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Counts the features that the kept events and the state hold. */
  get featureCount(): number {
    return this.#events.reduce(
      (sum, { type, features }) => sum + (type === 'features' && features ? features.value.length : 0),
      0,
    );
  }

  /** Called after each event. Returns its own undo. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Returns the task as it would be after the event. */
  preview(event: NewEvent): TaskSnapshot {
    return this.#next(event).task;
  }

  append(event: NewEvent): void {
    if (this.#hasEnded) return;
    this.#add(LoggedEvent.of(this.#next(event).event));
  }

  /** Takes the next event of a task that is logged elsewhere. False where it is not the next one: nothing changed. */
  accept(logged: LoggedEvent): boolean {
    if (logged.seq !== this.#seq + 1 || this.#hasEnded) return false;
    this.#add(logged);
    return true;
  }

  /**
   * Takes over the events of another log of the task. A subscriber whose cursor its events no longer cover gets its
   * state.
   */
  replaceBy(other: EventLog): void {
    this.#task = other.task;
    this.#unread = [];
    this.#seq = other.#seq;
    this.#hasEnded = other.#hasEnded;
    this.#events = other.#events.slice();
    this.#features = other.#features.slice();
    this.#changed();
  }

  #next(event: NewEvent): { event: TaskEvent; task: TaskSnapshot } {
    const { task } = this;
    const head = {
      taskId: task.id,
      seq: this.#seq + 1,
      at: new Date().toISOString(),
      attempt: task.attempt,
    };
    if (event.type !== 'snapshot') {
      const next: TaskEvent = { ...head, ...event };
      return { event: next, task: { ...apply(task, next), seq: head.seq } };
    }
    const { change, features } = event;
    const changed = { ...(features ? withoutItems(task) : task), ...change, seq: head.seq };
    return {
      event: { ...head, type: 'snapshot', task: changed, ...(features && { features }) },
      task: changed,
    };
  }

  #add(logged: LoggedEvent): void {
    const { type, features } = logged;
    let kept = logged;
    if (type === 'snapshot') {
      const { event } = logged;
      if (event.type === 'snapshot') {
        const whole = withKnownItems(event, this.task.items);
        if (whole !== event) kept = LoggedEvent.of(whole);
        this.#task = whole.task;
        this.#unread = [];
      }
      if (features) this.#features = [features];
    } else if (type === 'features') {
      if (features) this.#features.push(features);
    } else if (type !== 'log') {
      // Only the newest progress matters to the state.
      if (type === 'progress' && this.#unread.at(-1)?.type === 'progress') this.#unread.pop();
      this.#unread.push(logged);
    }
    this.#seq = logged.seq;
    this.#hasEnded ||= isTerminal(type);
    if (this.#unread.length > MAX_UNREAD) this.#read();
    if (this.#hasEnded) this.#features = [];
    this.#events.push(kept);
    // Cut in batches: shifting one by one would cost each event a copy of the whole array.
    if (this.#events.length > this.#capacity * 1.25)
      this.#events.splice(0, this.#events.length - this.#capacity);
    this.#changed();
  }

  #read(): void {
    let task = this.#task;
    for (const { event } of this.#unread) task = apply(task, event);
    this.#task = { ...task, seq: this.#seq };
    this.#unread = [];
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
  after(cursor: number | null, liveFrom: number): LoggedEvent | undefined {
    const seq = this.#seq;
    if (cursor === seq) return undefined;
    if (cursor === null || cursor > seq) return this.#snapshotEvent();
    const behind = seq - cursor;
    if (behind > this.#events.length || (cursor >= liveFrom && behind > MAX_LAG))
      return this.#snapshotEvent();
    return this.#events[this.#events.length - behind];
  }

  #snapshotEvent(): LoggedEvent {
    if (!this.#snapshot) {
      const seq = this.#hasEnded ? this.#seq - 1 : this.#seq;
      const task = { ...this.task, seq };
      const head = { taskId: task.id, seq, at: new Date().toISOString(), attempt: task.attempt };
      const features = task.status === 'running' ? joinJson(this.#features.slice()) : undefined;
      this.#snapshot = LoggedEvent.snapshot(head, task, features);
    }
    return this.#snapshot;
  }
}

/** The state after an event that changes it. Its number is the caller's business. */
function apply(task: TaskSnapshot, event: TaskEvent): TaskSnapshot {
  switch (event.type) {
    case 'progress':
      return { ...task, progress: event.progress };
    case 'items':
      return { ...task, items: addItems(task.items, event.items) };
    case 'succeeded':
      return { ...ended(task, event.at), status: 'succeeded', result: event.result };
    case 'failed':
      return { ...ended(task, event.at), status: 'failed', error: event.error };
    case 'cancelled':
      return { ...ended(task, event.at), status: 'cancelled' };
    default:
      return task;
  }
}

/** Every attempt begins without items. */
function withoutItems({ items: _, ...task }: TaskSnapshot): TaskSnapshot {
  return task;
}

function ended({ cancelRequested: _, ...task }: TaskSnapshot, finishedAt: string): TaskSnapshot {
  return { ...task, finishedAt };
}
