import type { ChangedTask, ChangeSource } from './ChangeSource.ts';
import { LoggedWatchEvent } from './LoggedWatchEvent.ts';
import type { TaskChange } from './TaskChange.ts';
import type { TaskSelection } from './TaskSelection.ts';

/** The ChangeFeed as its watchers see it. */
interface Feed {
  readonly tail: TaskChange;
  readonly number: number;
  readonly cursor: string;
  readonly source: ChangeSource;
  readonly floor: number;
  latest(taskId: string): TaskChange | undefined;
  resetEvent(): LoggedWatchEvent;
}

/** A watcher that resumes has so many tasks loaded at once. */
const LOADED_AT_ONCE = 200;

/**
 * One watch: the position of a reader in a ChangeFeed, and what the reader may see. It is over only when it is closed. It
 * gives the newest state of each task that changed, once, at the pace of the reader.
 */
export class Watcher {
  /** Called when there may be something to take, and when it was closed. */
  onReadable: (() => void) | undefined;
  readonly #feed: Feed;
  readonly #selection: TaskSelection;
  readonly #onClose: () => void;
  /** The last link of the chain that it has passed. Undefined: it is so slow that it has left the chain. */
  #at: TaskChange | undefined;
  /** It has read every change up to this number. */
  #position: number;
  /** The event that goes before all others. */
  #first: LoggedWatchEvent | undefined;
  /** Changes from before `#at` that it has not read yet, the next one last. */
  #backlog: ChangedTask[] = [];
  /** The number of `#at` when the backlog was made. A task that changed after that comes along the chain. */
  #backlogEnd = 0;
  /** The number at which it had read everything that there was; -1: it never had. */
  #drainedAt = -1;
  #isBusy = false;
  #failure: { error: unknown } | undefined;
  #isClosed = false;

  constructor(feed: Feed, selection: TaskSelection, onClose: () => void) {
    this.#feed = feed;
    this.#selection = selection;
    this.#onClose = onClose;
    this.#at = feed.tail;
    this.#position = feed.number;
  }

  get over(): boolean {
    return this.#isClosed;
  }

  /** `position`: the change after which it goes on, which has this cursor. Undefined: from now on, with `reset`. */
  async begin(position: number | undefined, cursor = this.#feed.cursor): Promise<void> {
    if (position === undefined) return this.#startAnew();
    this.#position = position;
    await this.#findBacklog();
    this.#first ??= LoggedWatchEvent.watching(cursor, false);
  }

  /** The next event; undefined where there is none now. */
  take(): LoggedWatchEvent | undefined {
    if (this.#failure) {
      const { error } = this.#failure;
      this.close();
      throw error;
    }
    const first = this.#first;
    this.#first = undefined;
    if (first || this.#isClosed) return first;
    for (let change = this.#next(); change; change = this.#next()) {
      const event = this.#eventOf(change);
      if (event) return event;
    }
    return undefined;
  }

  /** Its reader has to read the list again. */
  reset(): void {
    this.#startAnew();
    this.onReadable?.();
  }

  /** A reader that is slower than the tasks holds on to nothing. */
  leaveChainBefore(number: number): void {
    if (this.#at && this.#at.number < number) this.#at = undefined;
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#at = undefined;
    this.#backlog = [];
    this.#failure = undefined;
    this.#onClose();
    this.onReadable?.();
  }

  #startAnew(): void {
    this.#at = this.#feed.tail;
    this.#position = this.#feed.number;
    this.#backlog = [];
    this.#drainedAt = -1;
    this.#first = this.#feed.resetEvent();
  }

  #next(): TaskChange | undefined {
    while (!this.#isBusy && !this.#isClosed) {
      if (!this.#at) {
        // The backlog begins behind what it has read.
        this.#work(() => this.#findBacklog());
        return undefined;
      }
      const behind = this.#backlog.at(-1);
      if (behind) {
        const change = this.#feed.latest(behind.taskId);
        if (!change && this.#feed.source.load) {
          this.#work(() => this.#load());
          return undefined;
        }
        this.#backlog.pop();
        this.#position = behind.number;
        if (change && change.number <= this.#backlogEnd) return change;
        continue;
      }
      if (this.#at.number < this.#feed.floor) {
        this.#at = undefined;
        continue;
      }
      const { next } = this.#at;
      if (!next) {
        this.#drainedAt = this.#at.number;
        return undefined;
      }
      this.#at = next;
      this.#position = next.number;
      if (!next.isSuperseded) return next;
    }
    return undefined;
  }

  #eventOf(change: TaskChange): LoggedWatchEvent | undefined {
    const { state, before } = change;
    if (!state || !this.#selection.maySelect(state.facts)) return undefined;
    if (state.snapshot && this.#selection.selectsNow(state.facts)) return change.taskEvent;
    // The reader has read the change before. It knows since then that the task does not fit.
    const isKnown = before !== undefined && before.number <= this.#drainedAt;
    if (isKnown && !this.#selection.selectsNow(before.facts)) return undefined;
    return change.goneEvent;
  }

  async #findBacklog(): Promise<void> {
    const { tail } = this.#feed;
    this.#at = tail;
    this.#backlogEnd = tail.number;
    this.#backlog = [];
    if (this.#position === tail.number) return;
    const changed = await this.#feed.source.between(this.#position, tail.number);
    if (this.#isClosed || this.#backlogEnd !== tail.number || this.#first) return;
    if (changed) this.#backlog = [...changed].reverse();
    else this.#startAnew();
  }

  async #load(): Promise<void> {
    const { source } = this.#feed;
    const missing = this.#backlog.slice(-LOADED_AT_ONCE).filter(({ taskId }) => !this.#feed.latest(taskId));
    const found = await source.load?.(missing);
    const lost = new Set(missing.map(({ taskId }) => taskId).filter((taskId) => !found?.has(taskId)));
    if (lost.size > 0) this.#backlog = this.#backlog.filter(({ taskId }) => !lost.has(taskId));
  }

  #work(work: () => Promise<void>): void {
    this.#isBusy = true;
    work()
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .then(() => {
        this.#isBusy = false;
        this.onReadable?.();
      });
  }
}
