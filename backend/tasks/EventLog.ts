import { type GeoFeature, isTerminal, type TaskEvent, type TaskSnapshot } from '../../src/contract/index.ts';
import { type Json, jsonOfValue } from '../common/JsonText.ts';
import { applyEvent, withoutParts } from './applyEvent.ts';
import { BuiltFeatures } from './BuiltFeatures.ts';
import { KeptEvents } from './KeptEvents.ts';
import { LoggedEvent, type NewEvent } from './LoggedEvent.ts';
import { onlyEventOf, withKnownParts } from './rebuildTask.ts';

/** A live subscriber further behind than this is given the state rather than the way there. */
const MAX_LAG = 1_000;
/** The log puts off the reading of so many events that change the state. */
const MAX_UNREAD = 100;

/** Says how far a subscriber has read a log. The log changes it with each event that it hands out. */
export interface LogPosition {
  /** The number of the newest event that the subscriber has seen; null: none. */
  seen: number | null;
  /** The newest number of the log when the subscriber came. Later events are live. */
  readonly liveFrom: number;
  /** Set while the subscriber is brought up to date: it gets a state, and event by event the features that it lacks. */
  catchUp?: CatchUp | undefined;
}

interface CatchUp {
  /** The number that the subscriber has reached then. */
  to: number;
  /** True until the state has been sent. */
  needsState: boolean;
}

/**
 * The events of one task, the newest `capacity` of them as far as they fit into CHARS_PER_TASK, and the state they add up to. Subscribers keep a cursor and
 * read from here at their own pace, so a slow one costs no memory. An event that came as text is read only when somebody
 * asks for the state.
 */
export class EventLog {
  readonly #watchers = new Set<() => void>();
  /** As of the events before `#unread`. */
  #task: TaskSnapshot;
  /** Events that change the state and that nobody has asked about yet. */
  #unread: LoggedEvent[] = [];
  #seq: number;
  #hasEnded: boolean;
  readonly #events: KeptEvents;
  #built: BuiltFeatures;
  /** True once the features of the attempt did not fit into one event. */
  #isPaged: boolean;
  /** The number of the snapshot that the present attempt began with. The features of the attempt have higher ones. */
  #base: number;
  #snapshot: LoggedEvent | undefined;
  /** The snapshot that goes before features in events of their own. */
  #firstPage: LoggedEvent | undefined;

  /**
   * A log that begins with one event numbered `task.seq`: a snapshot, or the terminal event of a task that has ended.
   * Given what another log kept, it goes on from there: `events` are dense and end with number `task.seq`, `built` are the
   * events with the features of the present attempt, which began with number `base`. `isPaged`: they may have been sent in
   * events of their own.
   */
  constructor(
    task: TaskSnapshot,
    capacity: number,
    kept: { events: LoggedEvent[]; built: LoggedEvent[]; base: number; isPaged: boolean } = {
      events: [],
      built: [],
      base: task.seq,
      isPaged: false,
    },
  ) {
    this.#task = task;
    this.#seq = task.seq;
    this.#hasEnded = isTerminal(task.status);
    const events = kept.events.length > 0 ? kept.events : [LoggedEvent.of(onlyEventOf(task))];
    this.#events = new KeptEvents(capacity, events);
    this.#built = new BuiltFeatures(kept.built);
    this.#base = kept.base;
    this.#isPaged = kept.isPaged || !this.#built.fitsIntoOne;
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

  /** About the number of characters of the kept events. */
  get size(): number {
    return this.#events.size;
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
    const next = this.#next(event).event;
    const text = event.type === 'features' ? event.text : undefined;
    this.#add(
      next.type === 'features' && text !== undefined
        ? LoggedEvent.ofFeatures(next, text)
        : LoggedEvent.of(next),
    );
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
    this.#events.replaceBy(other.#events);
    this.#built = other.#built.copy();
    this.#base = other.#base;
    this.#isPaged = other.#isPaged;
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
      const next = { ...head, ...event };
      if ('text' in next) delete next.text;
      return { event: next, task: { ...applyEvent(task, next), seq: head.seq } };
    }
    const { change, features } = event;
    const changed = { ...(features ? withoutParts(task) : task), ...change, seq: head.seq };
    return {
      event: { ...head, type: 'snapshot', task: changed, ...(features && { features }) },
      task: changed,
    };
  }

  #add(logged: LoggedEvent): void {
    const { type, features, seq } = logged;
    let kept = logged;
    if (type === 'snapshot') {
      const { event } = logged;
      if (event.type === 'snapshot') {
        const whole = withKnownParts(event, this.task);
        if (whole !== event) kept = LoggedEvent.of(whole);
        this.#task = whole.task;
        this.#unread = [];
      }
      if (features) {
        this.#built.clear();
        this.#base = seq;
        this.#isPaged = false;
      }
    } else if (type !== 'log') {
      if (type === 'features') {
        this.#built.add(logged);
        this.#isPaged ||= !this.#built.fitsIntoOne;
      }
      // Only the newest progress matters to the state, and only the newest sum of the features.
      if ((type === 'progress' || type === 'features') && this.#unread.at(-1)?.type === type)
        this.#unread.pop();
      if (type !== 'features' || logged.built) this.#unread.push(logged);
    }
    this.#seq = seq;
    this.#hasEnded ||= isTerminal(type);
    if (this.#unread.length > MAX_UNREAD) this.#read();
    if (this.#hasEnded) this.#built.clear();
    this.#events.add(kept);
    this.#changed();
  }

  #read(): void {
    let task = this.#task;
    for (const logged of this.#unread) {
      // The features themselves are not read: they are most of what a task says.
      const { built } = logged;
      task = built ? { ...task, built: built.value } : applyEvent(task, logged.event);
    }
    this.#task = { ...task, seq: this.#seq };
    this.#unread = [];
  }

  #changed(): void {
    this.#snapshot = undefined;
    this.#firstPage = undefined;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Forgets all but the newest event. */
  release(): void {
    this.#events.release();
  }

  /**
   * The next event for a subscriber, or undefined when it has seen all: the event after the one that it has seen, if that
   * is kept. Otherwise it is a snapshot, with the features that were built so far if they fit. If they do not, the events
   * with the features follow under their own numbers. So a subscriber whose connection breaks among them goes on where
   * it was, and every number that it is given is higher than the one before. Where the task has ended the snapshot is
   * numbered one before the terminal event, which is still to come.
   */
  next(at: LogPosition): LoggedEvent | undefined {
    const event = this.#nextFor(at);
    if (event) at.seen = event.seq;
    return event;
  }

  #nextFor(at: LogPosition): LoggedEvent | undefined {
    const { seen, catchUp } = at;
    if (seen === this.#seq) return undefined;
    if (this.#hasEnded && seen === this.#seq - 1) return this.#events.newest;
    if (!catchUp && seen !== null && this.#goesOnAfter(seen, at.liveFrom)) return this.#events.at(seen + 1);
    // The features of a task that has ended are gone, and whoever stored them has them.
    if (this.#hasEnded || !this.#isPaged) {
      at.catchUp = undefined;
      return this.#snapshotEvent();
    }
    return this.#catchUp(at, catchUp ?? { to: this.#seq, needsState: true });
  }

  /** True where the subscriber gets the event after the one that it has seen. */
  #goesOnAfter(seen: number, liveFrom: number): boolean {
    if (seen > this.#seq || seen < this.#events.first - 1) return false;
    if (seen >= liveFrom) return this.#seq - seen <= MAX_LAG;
    // While it was brought up to date it was given a newer state than its number says. Items must not count twice.
    return !(this.#isPaged && this.task.items);
  }

  #catchUp(at: LogPosition, catchUp: CatchUp): LoggedEvent | undefined {
    const { seen } = at;
    at.catchUp = catchUp;
    if (seen === null || seen < this.#base || seen > this.#seq) {
      at.catchUp = { to: this.#seq, needsState: false };
      this.#firstPage ??= this.#stateAs(this.#base, jsonOfValue([]));
      return this.#firstPage;
    }
    const next = this.#lastingAfter(seen, catchUp.needsState ? this.#seq : catchUp.to);
    if (catchUp.needsState && seen < this.#seq && next?.seq !== seen + 1) {
      at.catchUp = { to: this.#seq, needsState: false };
      return this.#stateAs(seen + 1);
    }
    if (next) return next;
    at.catchUp = undefined;
    at.seen = Math.max(seen, catchUp.to);
    return this.#nextFor(at);
  }

  /** The next event up to a number that a state does not make superfluous: with features, or an entry of the task's log. */
  #lastingAfter(seen: number, to: number): LoggedEvent | undefined {
    const page = this.#built.after(seen);
    const end = page && page.seq <= to ? page.seq : to + 1;
    for (let seq = Math.max(seen + 1, this.#events.first); seq < end; seq++) {
      const event = this.#events.at(seq);
      if (event?.type === 'log') return event;
    }
    return page && page.seq <= to ? page : undefined;
  }

  #snapshotEvent(): LoggedEvent {
    const features = this.task.status === 'running' ? this.#built.joined() : undefined;
    this.#snapshot ??= this.#stateAs(this.#hasEnded ? this.#seq - 1 : this.#seq, features);
    return this.#snapshot;
  }

  /** The state as of now under another number: that of an event which the state makes superfluous. */
  #stateAs(seq: number, features?: Json<GeoFeature[]>): LoggedEvent {
    const task = { ...this.task, seq };
    const head = { taskId: task.id, seq, at: new Date().toISOString(), attempt: task.attempt };
    return LoggedEvent.snapshot(head, task, features);
  }
}
