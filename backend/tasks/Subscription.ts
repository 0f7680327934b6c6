import { isTerminal, type TaskEvent } from '../../src/contract.ts';
import type { EventLog } from './EventLog.ts';

interface Position {
  log: EventLog;
  cursor: number | null;
  /** Where the log was when the subscription began: what is newer is live. */
  liveFrom: number;
  unwatch: () => void;
}

/**
 * Reads many logs in turn, each from its own cursor. Ends after the terminal event of each, or when closed. Thousands
 * may follow one log, so an event costs each of them one promise and nothing else.
 */
export class Subscription {
  readonly #open = new Set<Position>();
  /** Those that may have something to read; in turns. */
  readonly #ready = new Set<Position>();
  #waiting: ((event: TaskEvent | undefined) => void) | undefined;

  constructor(logs: Iterable<{ log: EventLog; cursor: number | null }>) {
    for (const { log, cursor } of logs) {
      const { seq, status } = log.task;
      if (isTerminal(status) && cursor === seq) continue;
      const position: Position = { log, cursor, liveFrom: seq, unwatch: () => {} };
      position.unwatch = log.watch(() => {
        this.#ready.add(position);
        this.#answer();
      });
      this.#open.add(position);
      this.#ready.add(position);
    }
  }

  /** The next event; undefined at the end. One caller at a time. */
  next(): Promise<TaskEvent | undefined> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#answer();
    });
  }

  /** Safe to call twice. A waiting `next()` resolves with undefined. */
  close(): void {
    for (const position of this.#open) position.unwatch();
    this.#open.clear();
    this.#ready.clear();
    this.#answer();
  }

  #answer(): void {
    const resolve = this.#waiting;
    if (!resolve) return;
    const event = this.#take();
    if (!event && this.#open.size > 0) return;
    this.#waiting = undefined;
    resolve(event);
  }

  #take(): TaskEvent | undefined {
    for (const position of this.#ready) {
      this.#ready.delete(position);
      const event = position.log.after(position.cursor, position.liveFrom);
      if (!event) continue;
      position.cursor = event.seq;
      if (isTerminal(event.type)) {
        position.unwatch();
        this.#open.delete(position);
      } else if (event.seq !== position.log.task.seq) {
        this.#ready.add(position);
      }
      return event;
    }
    return undefined;
  }
}
