import { isRecord } from '../../common/json.ts';

/** Deeper than any sensible parameter. The params of a run, in which the graph lies some levels down, may have 32 levels. */
const MAX_DEPTH = 24;

/**
 * Copies of JSON values, within a limit for all of them together. A copy has no getters and no prototype of its own, so nobody can
 * change it later.
 */
export class JsonCopy {
  readonly #limit: number;
  #left: number;

  /** `limit`: characters of text, about as JSON would have them. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#left = limit;
  }

  /** A copy of a record. Throws a TypeError that says what no JSON value may have, or that the limit is reached. */
  record(value: Record<string, unknown>): Record<string, unknown> {
    return this.#record(value, 0);
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value === 'string') {
      if (/[\0\p{Surrogate}]/u.test(value))
        throw new TypeError('has a text that cannot be stored (U+0000, or half of a character)');
      this.#spend(value.length + 2);
      return value;
    }
    this.#spend(4);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new TypeError(`has the number ${value}, which is not JSON`);
      return value;
    }
    if (depth >= MAX_DEPTH) throw new TypeError(`is nested deeper than ${MAX_DEPTH} levels`);
    if (Array.isArray(value)) {
      // Looked at before the walk: an array of no items may have any length.
      if (value.length > this.#left) this.#spend(value.length);
      return Array.from(value, (item) => this.#value(item, depth + 1));
    }
    if (isRecord(value)) return this.#record(value, depth);
    throw new TypeError(`has a value of type ${typeof value}, which is not JSON`);
  }

  #record(value: Record<string, unknown>, depth: number): Record<string, unknown> {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw new TypeError('has an object of a class, which is not JSON');
    }
    const copy: [string, unknown][] = [];
    for (const [name, item] of Object.entries(value)) {
      if (item === undefined) continue;
      if (name === '__proto__') throw new TypeError('has a property "__proto__"');
      if (/[\0\p{Surrogate}]/u.test(name)) throw new TypeError('has a property whose name cannot be stored');
      this.#spend(name.length + 4);
      copy.push([name, this.#value(item, depth + 1)]);
    }
    return Object.fromEntries(copy);
  }

  #spend(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw new TypeError(`is too large: it may have ${this.#limit} characters of JSON`);
  }
}
