import { isTerminal } from '../../src/contract/index.ts';
import type { EventLog, LogPosition } from './EventLog.ts';
import type { LoggedEvent } from './LoggedEvent.ts';

/** The position of a subscription in one log. */
interface Position extends LogPosition {
  log: EventLog;
  unwatch: () => void;
  /** It is in the line of those that may have something to read. */
  isInLine: boolean;
  /** The one behind it in the line. */
  behind: Position | undefined;
}

/**
 * Reads many logs in turn, each from its own cursor. Over after the terminal event of each, or when closed. Thousands
 * may follow one log, so an event costs each of them two calls and no memory.
 */
export class Subscription {
  /** Called when there may be something to take, and when it was closed. */
  onReadable: (() => void) | undefined;
  readonly #positions: Position[] = [];
  /** The number of logs with events still to come. */
  #left = 0;
  /**
   * The positions that may have something to read form a linked list. A set would be rebuilt with every few events.
   */
  #first: Position | undefined;
  #last: Position | undefined;
  readonly #onClose: () => void;
  #isClosed = false;

  /** `onClose`: called once, by `close()`. */
  constructor(logs: Iterable<{ log: EventLog; cursor: number | null }>, onClose: () => void) {
    this.#onClose = onClose;
    for (const { log, cursor } of logs) {
      const { seq, hasEnded } = log;
      if (hasEnded && cursor === seq) continue;
      const position: Position = {
        log,
        seen: cursor,
        liveFrom: seq,
        unwatch: log.watch(() => {
          this.#standInLine(position);
          this.onReadable?.();
        }),
        isInLine: false,
        behind: undefined,
      };
      this.#positions.push(position);
      this.#left += 1;
      this.#standInLine(position);
    }
  }

  /** There is nothing to come. */
  get over(): boolean {
    return this.#left === 0;
  }

  /** The next event; undefined where there is none now. */
  take(): LoggedEvent | undefined {
    for (let position = this.#nextInLine(); position; position = this.#nextInLine()) {
      const event = position.log.next(position);
      if (!event) continue;
      if (isTerminal(event.type)) {
        this.#left -= 1;
      } else if (event.seq !== position.log.seq) {
        this.#standInLine(position);
      }
      return event;
    }
    return undefined;
  }

  /** To be called in any case. Safe to call twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { unwatch } of this.#positions) unwatch();
    this.#left = 0;
    this.#first = undefined;
    this.#last = undefined;
    this.#onClose();
    this.onReadable?.();
  }

  #standInLine(position: Position): void {
    if (position.isInLine) return;
    position.isInLine = true;
    if (this.#last) this.#last.behind = position;
    else this.#first = position;
    this.#last = position;
  }

  #nextInLine(): Position | undefined {
    const position = this.#first;
    if (!position) return undefined;
    this.#first = position.behind;
    if (!this.#first) this.#last = undefined;
    position.behind = undefined;
    position.isInLine = false;
    return position;
  }
}
