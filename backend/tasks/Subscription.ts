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
 * Reads many logs in turn, each from its own cursor. Over after the terminal event of each, or when closed. Thousands
 * may follow one log, so an event costs each of them two calls and nothing else.
 */
export class Subscription {
  /** Called when there may be something to take, and when the engine has closed it. */
  onReadable: (() => void) | undefined;
  readonly #open = new Set<Position>();
  /** Those that may have something to read; in turns. */
  readonly #ready = new Set<Position>();
  readonly #onClose: () => void;
  #closed = false;

  /** `onClose`: called once, with the last event taken or by `close()`; one that is over from the start is closed too. */
  constructor(logs: Iterable<{ log: EventLog; cursor: number | null }>, onClose: () => void) {
    this.#onClose = onClose;
    for (const { log, cursor } of logs) {
      const { seq, status } = log.task;
      if (isTerminal(status) && cursor === seq) continue;
      const position: Position = { log, cursor, liveFrom: seq, unwatch: () => {} };
      position.unwatch = log.watch(() => {
        this.#ready.add(position);
        this.onReadable?.();
      });
      this.#open.add(position);
      this.#ready.add(position);
    }
  }

  get over(): boolean {
    return this.#open.size === 0;
  }

  /** The next event; undefined where there is none now. */
  take(): TaskEvent | undefined {
    for (const position of this.#ready) {
      this.#ready.delete(position);
      const event = position.log.after(position.cursor, position.liveFrom);
      if (!event) continue;
      position.cursor = event.seq;
      if (isTerminal(event.type)) {
        position.unwatch();
        this.#open.delete(position);
        if (this.#open.size === 0) this.#finish();
      } else if (event.seq !== position.log.task.seq) {
        this.#ready.add(position);
      }
      return event;
    }
    return undefined;
  }

  /** Safe to call twice. */
  close(): void {
    for (const position of this.#open) position.unwatch();
    this.#open.clear();
    this.#ready.clear();
    this.#finish();
    this.onReadable?.();
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
  }
}
