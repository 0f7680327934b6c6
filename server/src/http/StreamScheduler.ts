import type { EventScheduler, EventStream } from '../../../backend/http/EventStream.ts';

/** This many streams write, or end, in one round of the event loop. Either takes some milliseconds. */
const WRITES = 250;
const ENDS = 50;
/** For at most so many rounds ends wait behind the streams that write. */
const MAX_WAITING_ROUNDS = 100;

/**
 * Shares the event loop between the event streams of a Node server. Each round of the loop serves up to 250 streams, so
 * that an event for thousands of clients does not hold up other requests. A stream writes everything that has come by
 * then at once. Streams end only when no stream has anything to write, because closing a connection takes much longer
 * than writing to it.
 *
 * @example
 * const scheduler = new StreamScheduler();
 * stream.start({ write, end, fail, scheduler });
 */
export class StreamScheduler implements EventScheduler {
  readonly #writing: EventStream[] = [];
  readonly #ending: EventStream[] = [];
  #isPlanned = false;
  /** For how many rounds ends have waited. */
  #rounds = 0;

  scheduleFlush(stream: EventStream): void {
    this.#writing.push(stream);
    this.#plan();
  }

  scheduleEnd(stream: EventStream): void {
    this.#ending.push(stream);
    this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned || this.#writing.length + this.#ending.length === 0) return;
    this.#isPlanned = true;
    setImmediate(this.#round);
  }

  readonly #round = (): void => {
    const writing = this.#writing.splice(0, WRITES);
    this.#rounds += 1;
    const isTimeToEnd = this.#writing.length === 0 || this.#rounds > MAX_WAITING_ROUNDS;
    const ending = isTimeToEnd ? this.#ending.splice(0, ENDS) : [];
    if (isTimeToEnd) this.#rounds = 0;
    this.#isPlanned = false;
    this.#plan();
    for (const stream of writing) stream.flush();
    for (const stream of ending) stream.end();
  };
}
