import { yieldToEventLoop } from '../../common/yieldToEventLoop.ts';
import type { NetworkRecord, NetworkSnapshot } from '../NetworkStore.ts';
import { parseUrn } from '../urn.ts';

/** One query asks for so many values. */
const MAX_VALUES = 500;
/** A question with one value is answered with so many records at most. */
const MAX_MATCHES = 10_000;
/** All answers of one request together hold so many records. */
const MAX_RECORDS = 200_000;

/** A store, or a snapshot of one. */
export type ReadableNetwork = Pick<NetworkSnapshot, 'tables' | 'records'>;

interface Question<Key, Answer> {
  key: Key;
  answer: (found: Answer) => void;
  fail: (error: unknown) => void;
}

/**
 * Reads records for one answer. It asks nothing twice, and puts the questions of one moment into one query, so that fifty lines
 * that are followed side by side take the queries of one.
 */
export class NetworkReads {
  readonly #store: ReadableNetwork;
  readonly #design: string | null;
  readonly #answers = new Map<string, Promise<readonly NetworkRecord[]>>();
  readonly #open = new Map<
    string,
    { table: string; property: string; asked: Question<string | number, readonly NetworkRecord[]>[] }
  >();
  #records = 0;
  #truncated = false;

  constructor(store: ReadableNetwork, design: string | null) {
    this.#store = store;
    this.#design = design;
  }

  /** True once an answer was cut, because the network has more than one answer may hold. */
  get truncated(): boolean {
    return this.#truncated;
  }

  /** Undefined where there is no such record, or where the text names none. */
  async get(urn: unknown): Promise<NetworkRecord | undefined> {
    const place = parseUrn(urn);
    if (!place || !this.#has(place.table)) return undefined;
    return (await this.#ask(place.table, 'id', place.id))[0];
  }

  matching(table: string, property: string, value: string): Promise<readonly NetworkRecord[]> {
    return this.#has(table) ? this.#ask(table, property, value) : Promise.resolve([]);
  }

  #has(table: string): boolean {
    return this.#store.tables.all.some(({ name }) => name === table);
  }

  #ask(table: string, property: string, key: string | number): Promise<readonly NetworkRecord[]> {
    const question = `${table} ${property} ${key}`;
    const known = this.#answers.get(question);
    if (known) return known;
    const { promise, resolve, reject } = Promise.withResolvers<readonly NetworkRecord[]>();
    this.#answers.set(question, promise);
    const kind = `${table} ${property}`;
    let open = this.#open.get(kind);
    if (!open) {
      open = { table, property, asked: [] };
      this.#open.set(kind, open);
      // Whatever is asked in this turn of the event loop goes along.
      void yieldToEventLoop().then(() => this.#send(kind));
    }
    open.asked.push({ key, answer: resolve, fail: reject });
    return promise;
  }

  async #send(kind: string): Promise<void> {
    const open = this.#open.get(kind);
    if (!open) return;
    this.#open.delete(kind);
    const { table, property, asked } = open;
    for (let from = 0; from < asked.length; from += MAX_VALUES) {
      await this.#answer(table, property, asked.slice(from, from + MAX_VALUES));
    }
  }

  async #answer(
    table: string,
    property: string,
    asked: readonly Question<string | number, readonly NetworkRecord[]>[],
  ): Promise<void> {
    const limit = Math.min(MAX_MATCHES * asked.length, MAX_RECORDS - this.#records);
    try {
      const found =
        limit < 1
          ? []
          : await this.#store.records({
              table,
              design: this.#design,
              where: { property, values: asked.map(({ key }) => key) },
              limit,
            });
      if (found.length >= limit) this.#truncated = true;
      this.#records += found.length;
      const byKey = new Map<unknown, NetworkRecord[]>();
      for (const record of found) {
        const key = property === 'id' ? record.id : record.properties[property];
        const group = byKey.get(key);
        if (group) group.push(record);
        else byKey.set(key, [record]);
      }
      for (const { key, answer } of asked) answer(byKey.get(key) ?? []);
    } catch (error) {
      for (const { fail } of asked) fail(error);
    }
  }
}
