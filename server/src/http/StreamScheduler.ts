import type { EventStream, EventStreamTurns } from '../../../backend/http/EventStream.ts';

/** How many write, or end, before the loop looks at everything else: some milliseconds' worth. */
const WRITES = 250;
const ENDS = 50;
/** For so many rounds in which others write do ends wait at most. */
const PATIENCE_ROUNDS = 100;

/**
 * Lets streams write in turns, some in each round of the event loop: a word to thousands would hold up everything else
 * for as long as it takes to say it. Who has more to say by its turn says it at once. Ends come when nobody has anything to
 * write: to close a connection takes much longer than to write to one.
 */
export class Turns implements EventStreamTurns {
  readonly #writing: EventStream[] = [];
  readonly #ending: EventStream[] = [];
  #isPlanned = false;
  /** In which ends have waited. */
  #rounds = 0;

  toWrite(stream: EventStream): void {
    this.#writing.push(stream);
    this.#plan();
  }

  toEnd(stream: EventStream): void {
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
    const isTimeToEnd = this.#writing.length === 0 || this.#rounds > PATIENCE_ROUNDS;
    const ending = isTimeToEnd ? this.#ending.splice(0, ENDS) : [];
    if (isTimeToEnd) this.#rounds = 0;
    this.#isPlanned = false;
    this.#plan();
    for (const stream of writing) stream.flush();
    for (const stream of ending) stream.end();
  };
}
