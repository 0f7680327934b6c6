import type { EventStream, EventStreamTurns } from '../../../backend/protocols/EventStream.ts';

/** How many write, or end, before the loop looks at everything else: some milliseconds' worth. */
const WRITES = 250;
const ENDS = 50;
/** While others wait to write. Some, as this may be so for long. */
const ENDS_BETWEEN_WRITES = 5;

/**
 * Lets streams write in turns, some in each round of the event loop: a word to thousands would hold up everything else
 * for as long as it takes to say it. Who has more to say by its turn says it at once. Ends come last: to close a
 * connection takes much longer than to write to one.
 */
export class Turns implements EventStreamTurns {
  readonly #writing = new Set<EventStream>();
  readonly #ending = new Set<EventStream>();
  #isPlanned = false;

  toWrite(stream: EventStream): void {
    this.#writing.add(stream);
    this.#plan();
  }

  toEnd(stream: EventStream): void {
    this.#ending.add(stream);
    this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned || this.#writing.size + this.#ending.size === 0) return;
    this.#isPlanned = true;
    setImmediate(this.#round);
  }

  readonly #round = (): void => {
    try {
      for (const stream of some(this.#writing, WRITES)) stream.flush();
      const ends = this.#writing.size > 0 ? ENDS_BETWEEN_WRITES : ENDS;
      for (const stream of some(this.#ending, ends)) stream.end();
    } finally {
      // Also where one of them threw: the others are still to have their turn.
      this.#isPlanned = false;
      this.#plan();
    }
  };
}

/** The first ones, taken out one by one. */
function* some<Item>(items: Set<Item>, most: number): Generator<Item> {
  let left = most;
  for (const item of items) {
    items.delete(item);
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}
