/** Holds the log of one run for whoever shows it: up to 50,000 lines, and the number of those that came before. */
import { onceAFrame } from '../../client/onceAFrame.ts';
import type { TaskLogEntry } from '../../client/taskStore.ts';

/** So many lines are kept, the newest. Each has 2,000 characters at most. */
export const MAX_LINES = 50_000;
/** Lines are dropped in batches: a cut for each new one would copy the whole array each time. */
const SLACK = 5_000;
const MAX_MESSAGE = 2_000;

/** The state of a log at one moment. It is another object after each change, and its lines are the same array. */
export interface LogState {
  readonly lines: readonly TaskLogEntry[];
  /** The number of lines at this moment. The array may be longer by the time it is read. */
  readonly count: number;
  /** The number of older lines that were dropped. Line `index` of the array is line `leftOut + index` of the log. */
  readonly leftOut: number;
}

/**
 * The lines of a log. It appends in place, because a copy of 50,000 lines for each new one would hold the page up.
 * Listeners are called at most once a frame.
 *
 * @example
 * const log = new LogBuffer();
 * log.append([{ level: 'info', message: 'Design read', at: '2026-11-28T09:31:04Z' }]);
 * log.getState().count; // 1
 */
export class LogBuffer {
  readonly #listeners = new Set<() => void>();
  readonly #frame = onceAFrame(() => {
    for (const listener of [...this.#listeners]) listener();
  });
  #lines: TaskLogEntry[] = [];
  #leftOut = 0;
  #state: LogState = { lines: this.#lines, count: 0, leftOut: 0 };

  append(entries: readonly TaskLogEntry[]): void {
    if (entries.length === 0) return;
    for (const { level, message, at } of entries) {
      this.#lines.push({ level, message: message.slice(0, MAX_MESSAGE), at });
    }
    const tooMany = this.#lines.length - MAX_LINES;
    if (tooMany > SLACK) {
      this.#lines = this.#lines.slice(tooMany);
      this.#leftOut += tooMany;
    }
    this.#changed();
  }

  /** Forgets all lines, for a log that comes again from its beginning. */
  clear(): void {
    this.#lines = [];
    this.#leftOut = 0;
    this.#changed();
  }

  /** The same object until the log changes. */
  getState = (): LogState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#frame.cancel();
    };
  };

  #changed(): void {
    this.#state = { lines: this.#lines, count: this.#lines.length, leftOut: this.#leftOut };
    if (this.#listeners.size > 0) this.#frame.request();
  }
}
