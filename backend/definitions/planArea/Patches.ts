import type { NetworkRecord } from '../../network/NetworkStore.ts';
import type { RecordSink } from './RecordSink.ts';

/** One pin of a piece of equipment or of a cable segment. */
export interface Pin {
  object: NetworkRecord;
  side: 'in' | 'out';
  pin: number;
}

interface Patch {
  housing: NetworkRecord;
  from: Pin;
  to: Pin;
  size: number;
}

/**
 * Gathers connections of single pins, joins those whose pins follow one another, and writes them as ConnectionManager does. It
 * keeps the pins of all that it connects in memory: to look each of 100,000 up in the store would take longer than to write them.
 */
export class Patches {
  readonly #sink: RecordSink;
  readonly #usedPins = new Map<string, Set<number>>();
  readonly #patches: Patch[] = [];
  /** By the two ends. */
  readonly #last = new Map<string, Patch>();

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** Throws where a pin is connected already: the plan would be wrong. */
  connect(housing: NetworkRecord, from: Pin, to: Pin): void {
    this.#take(from);
    this.#take(to);
    const key = `${housing.urn} ${from.object.urn} ${from.side} ${to.object.urn} ${to.side}`;
    const last = this.#last.get(key);
    if (last && from.pin === last.from.pin + last.size && to.pin === last.to.pin + last.size) {
      last.size += 1;
      return;
    }
    const patch = { housing, from, to, size: 1 };
    this.#patches.push(patch);
    this.#last.set(key, patch);
  }

  /** Writes what was gathered. */
  async write(): Promise<void> {
    for (const { housing, from, to, size } of this.#patches.splice(0)) {
      await this.#sink.insert('connection', {
        tech: 'fiber',
        housing: housing.urn,
        root_housing: housing.properties.root_housing ?? housing.urn,
        in_object: from.object.urn,
        in_side: from.side,
        in_low: from.pin,
        in_high: from.pin + size - 1,
        out_object: to.object.urn,
        out_side: to.side,
        out_low: to.pin,
        out_high: to.pin + size - 1,
      });
    }
    this.#last.clear();
  }

  #take({ object, side, pin }: Pin): void {
    const key = `${object.urn} ${side}`;
    let used = this.#usedPins.get(key);
    if (!used) {
      used = new Set();
      this.#usedPins.set(key, used);
    }
    if (used.has(pin)) throw new Error(`${side} pin ${pin} of ${object.urn} would be connected twice`);
    used.add(pin);
  }
}
