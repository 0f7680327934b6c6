import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import { createServerClock, type ServerClock } from './serverClock.ts';

/** After a (re)connection the changes that come are old news for so long. */
const CATCHING_UP_MS = 2_000;
/** A task that ended no longer ago than this, before the monitor was opened, has ended a moment ago. */
const MOMENT_MS = 5 * 60_000;
const MOST_REMOVED = 1_000;

/** A task came to an end, or began after it had waited. */
export interface TaskChange {
  kind: 'ended' | 'started';
  task: TaskSnapshot;
}

/** The one that keeps the book hears of changes. */
export interface TaskBookListener {
  /** `moves`: the task came, went, or is in another state now. Progress alone moves nothing. */
  onTask(id: string, moves: boolean): void;
  onChange(change: TaskChange): void;
}

/** Keeps the newest state of each task, for the store of the monitor: of lists and events the newer one counts. */
export class TaskBook {
  /** By id. The map is changed in place. */
  readonly tasks = new Map<string, TaskSnapshot>();
  /** Tasks that were taken off the list lately, and when: a list whose rows may not move shows them on. */
  readonly removed = new Map<string, { task: TaskSnapshot; atMs: number }>();
  /** The tasks that ended while they were watched, or shortly before. */
  readonly endedNow = new Set<string>();
  readonly clock: ServerClock = createServerClock();
  readonly #listener: TaskBookListener;
  #liveSinceMs = Number.POSITIVE_INFINITY;
  #isComplete = false;
  /** Tasks that went while a list was being read, by the newest sequence number that is known of them. */
  readonly #gone = new Map<string, number>();

  constructor(listener: TaskBookListener) {
    this.#listener = listener;
  }

  /** The events are live from now on. */
  isLive(): void {
    this.#liveSinceMs = Date.now();
  }

  /** A list begins to be read: tasks that went before may come again. */
  beginList(): void {
    this.#gone.clear();
  }

  /** A list has been read, and these tasks were in it. An active task that no list has ended long ago, or was deleted. */
  endList(seen: ReadonlySet<string>): void {
    for (const task of this.tasks.values()) {
      if (!isTerminal(task.status) && !seen.has(task.id)) this.drop(task.id);
    }
    this.#isComplete = true;
  }

  leaveEnded(): void {
    const ids = [...this.endedNow];
    this.endedNow.clear();
    for (const id of ids) this.#listener.onTask(id, true);
  }

  drop(id: string): void {
    this.#gone.set(id, Number.POSITIVE_INFINITY);
    this.endedNow.delete(id);
    const task = this.tasks.get(id);
    if (!task) return;
    this.tasks.delete(id);
    const [oldest] = this.removed.keys();
    if (this.removed.size >= MOST_REMOVED && oldest !== undefined) this.removed.delete(oldest);
    this.removed.set(id, { task, atMs: Date.now() });
    this.#listener.onTask(id, true);
  }

  /** The task is there after all: it was asked for, and this is how it is. */
  putBack(task: TaskSnapshot): void {
    this.#gone.delete(task.id);
    this.put(task, true);
  }

  /** @param isListed the state is one of a list, and not of an event */
  put(task: TaskSnapshot, isListed: boolean): void {
    const known = this.tasks.get(task.id);
    if (known && known.seq > task.seq) return;
    if ((this.#gone.get(task.id) ?? -1) >= task.seq) return;
    const nowMs = Date.now();
    // An event leaves out why a task waits: the list said it.
    const waiting = task.waiting ?? (task.status === 'queued' ? known?.waiting : undefined);
    this.tasks.set(task.id, waiting && !task.waiting ? { ...task, waiting } : task);
    if (isListed) this.clock.listed(task, nowMs);
    const moves = known?.status !== task.status || known.cancelRequested !== task.cancelRequested;
    if (moves) {
      if (!isListed && nowMs - this.#liveSinceMs > CATCHING_UP_MS) this.clock.changed(task, nowMs);
      this.#noteChange(known, task, nowMs);
    }
    this.#listener.onTask(task.id, moves);
  }

  #noteChange(known: TaskSnapshot | undefined, task: TaskSnapshot, nowMs: number): void {
    const isEnded = isTerminal(task.status);
    const finishedMs = task.finishedAt ? Date.parse(task.finishedAt) : 0;
    if (isEnded && known && !isTerminal(known.status)) {
      this.endedNow.add(task.id);
      this.#listener.onChange({ kind: 'ended', task });
    } else if (isEnded && !known && this.clock.at(nowMs) - finishedMs < MOMENT_MS) {
      this.endedNow.add(task.id);
      if (this.#isComplete) this.#listener.onChange({ kind: 'ended', task });
    } else if (!isEnded) {
      this.endedNow.delete(task.id);
      if (known?.status === 'queued' && task.status === 'running')
        this.#listener.onChange({ kind: 'started', task });
    }
  }
}
