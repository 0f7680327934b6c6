import type { LoggedEvent } from './LoggedEvent.ts';
import { CHARS_PER_TASK } from './logLimits.ts';

/** The newest events of a log: at most so many, as far as they fit into CHARS_PER_TASK. Their numbers are dense. */
export class KeptEvents {
  readonly #capacity: number;
  #events: LoggedEvent[];
  #size: number;

  constructor(capacity: number, events: readonly LoggedEvent[]) {
    this.#capacity = capacity;
    this.#events = [...events];
    this.#size = sizeOf(events);
  }

  /** About the number of characters of all of them. */
  get size(): number {
    return this.#size;
  }

  get first(): number {
    return this.#events[0]?.seq ?? 0;
  }

  get newest(): LoggedEvent | undefined {
    return this.#events.at(-1);
  }

  at(seq: number): LoggedEvent | undefined {
    return this.#events[seq - this.first];
  }

  add(event: LoggedEvent): void {
    this.#events.push(event);
    this.#size += event.size;
    // Cut in batches: shifting one by one would cost each event a copy of the whole array.
    if (this.#events.length > this.#capacity * 1.25 || this.#size > CHARS_PER_TASK * 1.25) this.#cut();
  }

  /** Takes over what another log kept. */
  replaceBy(other: KeptEvents): void {
    this.#events = other.#events.slice();
    this.#size = other.#size;
  }

  /** Forgets all but the newest one. */
  release(): void {
    this.#events = this.#events.slice(-1);
    this.#size = sizeOf(this.#events);
  }

  #cut(): void {
    let first = Math.max(0, this.#events.length - this.#capacity);
    let size = sizeOf(this.#events.slice(first));
    while (size > CHARS_PER_TASK && first < this.#events.length - 1) {
      size -= this.#events[first]?.size ?? 0;
      first += 1;
    }
    this.#events = this.#events.slice(first);
    this.#size = size;
  }
}

function sizeOf(events: readonly LoggedEvent[]): number {
  return events.reduce((sum, { size }) => sum + size, 0);
}
