import type { ChangeSource } from './ChangeSource.ts';
import { LoggedWatchEvent } from './LoggedWatchEvent.ts';
import { TaskChange, type WatchedTask } from './TaskChange.ts';
import type { TaskSelection } from './TaskSelection.ts';
import { Watcher } from './Watcher.ts';

/** A watcher further behind than this leaves the chain, and finds its place again when it reads on. */
const MAX_CHAIN = 10_000;
const CHECK_EVERY = 1_000;
/** Watchers hear of the first change at once, and then at most once in this time. */
const NOTIFY_INTERVAL_MS = 40;

/**
 * The changes of all tasks in one chain, for any number of watchers. Each change is one link. A watcher is a position in the
 * chain, so a change costs nothing for each watcher, and a slow watcher costs no memory: superseded links are empty, and a
 * watcher that falls far behind leaves the chain.
 */
export class ChangeFeed {
  readonly #source: ChangeSource;
  readonly #latest = new Map<string, TaskChange>();
  readonly #watchers = new Set<Watcher>();
  #epoch: string;
  /** The last link. */
  #tail: TaskChange;
  /** The newest number of a change that was forgotten. */
  #floor = 0;
  #unchecked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isNotifying = false;
  #mustNotify = false;

  /** `epoch`: numbers of another epoch mean nothing here. `number`: that of the newest change. */
  constructor(source: ChangeSource, epoch: string, number: number) {
    this.#source = source;
    this.#epoch = epoch;
    this.#tail = this.#link('', number, undefined);
  }

  /** The number of the newest change. */
  get number(): number {
    return this.#tail.number;
  }

  get tail(): TaskChange {
    return this.#tail;
  }

  get source(): ChangeSource {
    return this.#source;
  }

  /** From here on a watch brings all that changes after this moment. */
  get cursor(): string {
    return this.#tail.cursor;
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  /** The newest change of a task, where it is known here. */
  latest(taskId: string): TaskChange | undefined {
    return this.#latest.get(taskId);
  }

  /** All newest changes that are known here. */
  changes(): Iterable<TaskChange> {
    return this.#latest.values();
  }

  /** A task has changed. `read` gives its newest state when somebody asks for it. Numbers rise. */
  push(taskId: string, number: number, read: () => WatchedTask): void {
    const change = this.#link(taskId, number, read);
    this.#latest.get(taskId)?.supersede(change);
    // The map is in order of the last change.
    this.#latest.delete(taskId);
    this.#latest.set(taskId, change);
    this.#append(change);
    if (this.#watchers.size === 0) return;
    this.#unchecked += 1;
    if (this.#unchecked >= CHECK_EVERY) {
      this.#unchecked = 0;
      for (const watcher of this.#watchers) watcher.leaveChainBefore(number - MAX_CHAIN);
    }
    this.#notifySoon();
  }

  /** Changes up to this number say nothing: their tasks are nowhere to be found. */
  skipTo(number: number): void {
    if (number > this.number) this.#append(this.#link('', number, undefined));
  }

  /** Adds the newest change of a task that is in no chain. It is older than all that were pushed. */
  add(taskId: string, number: number, read: () => WatchedTask): void {
    if (!this.#latest.has(taskId)) this.#latest.set(taskId, this.#link(taskId, number, read));
  }

  /** Forgets a task. A watcher that has not read its change yet finds it through the source. */
  forget(taskId: string): void {
    const change = this.#latest.get(taskId);
    if (!change) return;
    this.#floor = Math.max(this.#floor, change.number);
    change.release();
    this.#latest.delete(taskId);
  }

  /** A watcher at a link before this number may miss one: the chain there has links that were forgotten. */
  get floor(): number {
    return this.#floor;
  }

  /** Begins a new epoch. Every watcher has to read the list again. */
  reset(epoch: string, number: number): void {
    this.#epoch = epoch;
    for (const change of this.#latest.values()) change.release();
    this.#latest.clear();
    this.#tail = this.#link('', number, undefined);
    this.#floor = 0;
    for (const watcher of [...this.#watchers]) watcher.reset();
  }

  /** The first event of a watch that goes on from here. */
  resetEvent(): LoggedWatchEvent {
    return LoggedWatchEvent.watching(this.cursor, true);
  }

  /**
   * Opens a watch. `after` is the cursor of an earlier one. Where that cursor is of no use, the watch begins with `reset`.
   */
  async open(selection: TaskSelection, after: string | undefined): Promise<Watcher> {
    const watcher = new Watcher(this, selection, () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#stopNotifying();
    });
    this.#watchers.add(watcher);
    try {
      await watcher.begin(after === undefined ? this.number : this.#numberOf(after), after);
    } catch (error) {
      watcher.close();
      throw error;
    }
    return watcher;
  }

  /** Ends every watch. */
  close(): void {
    for (const watcher of [...this.#watchers]) watcher.close();
  }

  /** Undefined: the cursor is of another epoch, or no cursor at all. */
  #numberOf(cursor: string): number | undefined {
    const [, epoch, digits] = /^(.+)-([0-9a-z]{1,11})$/.exec(cursor) ?? [];
    if (epoch !== this.#epoch || digits === undefined) return undefined;
    const number = Number.parseInt(digits, 36);
    return number <= this.number ? number : undefined;
  }

  #append(change: TaskChange): void {
    this.#tail.next = change;
    this.#tail = change;
  }

  #link(taskId: string, number: number, read: (() => WatchedTask) | undefined): TaskChange {
    return new TaskChange(taskId, number, cursorOf(this.#epoch, number), read);
  }

  #notifySoon(): void {
    this.#mustNotify = true;
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    queueMicrotask(() => this.#notify());
  }

  #notify(): void {
    this.#mustNotify = false;
    if (this.#watchers.size === 0) {
      this.#isNotifying = false;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#mustNotify) this.#notify();
      else this.#isNotifying = false;
    }, NOTIFY_INTERVAL_MS);
    for (const watcher of [...this.#watchers]) watcher.onReadable?.();
  }

  #stopNotifying(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isNotifying = false;
  }
}

/** The cursor of a change, for clients. */
export function cursorOf(epoch: string, number: number): string {
  return `${epoch}-${number.toString(36)}`;
}
