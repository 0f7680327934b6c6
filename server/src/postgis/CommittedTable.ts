import { intersects } from '../../../backend/network/boundingBox.ts';
import type { NetworkRecord } from '../../../backend/network/NetworkStore.ts';
import { RecordList } from '../../../backend/network/RecordList.ts';
import type { Neighbour } from '../../../backend/network/SpatialIndex.ts';
import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import type { TableReader } from './TableReader.ts';

const ALL = Number.POSITIVE_INFINITY;
/** A table that was asked this often is read as a whole, if it is not larger than that: a loop runs in memory then. */
const MANY_QUESTIONS = 32;
const SMALL_TABLE = 50_000;
/** The table keeps this many answers. Then it forgets them all, and asks again. */
const MAX_ANSWERS = 10_000;

/** Keeps what a transaction has read of a table, so that it asks the database the same question once. */
export class CommittedTable {
  readonly #reader: TableReader;
  readonly #answers = new Map<string, Promise<readonly NetworkRecord[]>>();
  #whole: Promise<RecordList | undefined> | undefined;
  #questions = 0;

  constructor(reader: TableReader) {
    this.#reader = reader;
  }

  async get(id: number): Promise<NetworkRecord | undefined> {
    const whole = await this.#wholeIfAskedOften();
    if (whole) return whole.get(id);
    const [record] = await this.#answer(`${id}`, async () => {
      const found = await this.#reader.get(id);
      return found ? [found] : [];
    });
    return record;
  }

  async matching(property: string, value: unknown, limit: number): Promise<readonly NetworkRecord[]> {
    const whole = await this.#wholeIfAskedOften();
    if (whole) return whole.matching(property, value, limit) ?? [];
    if (limit <= 0) return [];
    const kind = value === null ? 'null' : typeof value;
    // No object equals anything stored, so they all have one answer.
    const question = JSON.stringify([property, kind, kind === 'object' ? '' : String(value), limit]);
    return this.#answer(question, () =>
      this.#reader.matching(property, value, limit === ALL ? undefined : limit),
    );
  }

  async records(limit: number): Promise<readonly NetworkRecord[]> {
    if (this.#whole || limit === ALL) {
      const { rows } = (await this.#whole) ?? (await this.#readWhole());
      return rows.slice(0, limit);
    }
    return this.#reader.all(limit);
  }

  async count(): Promise<number> {
    return (await this.#whole)?.rows.length ?? this.#reader.count();
  }

  async nearest(from: Position, limit: number, radiusMetres: number): Promise<Neighbour[]> {
    const whole = await this.#wholeIfAskedOften();
    return whole ? whole.nearest(from, limit, radiusMetres) : this.#reader.nearest(from, limit, radiusMetres);
  }

  async within(box: BoundingBox): Promise<readonly NetworkRecord[]> {
    const whole = await this.#wholeIfAskedOften();
    if (!whole) return this.#reader.within(box);
    return whole.rows.filter(({ geometry }) => geometry && intersects(geometry, box));
  }

  #wholeIfAskedOften(): Promise<RecordList | undefined> | undefined {
    this.#questions += 1;
    if (!this.#whole && this.#questions === MANY_QUESTIONS) {
      const whole = this.#readIfSmall();
      this.#whole = whole;
      this.#forgetWhenFailed(whole);
    }
    return this.#whole;
  }

  async #readIfSmall(): Promise<RecordList | undefined> {
    if ((await this.#reader.count(SMALL_TABLE + 1)) > SMALL_TABLE) return undefined;
    return this.#readList();
  }

  #readWhole(): Promise<RecordList> {
    const whole = this.#readList();
    this.#whole = whole;
    this.#forgetWhenFailed(whole);
    return whole;
  }

  async #readList(): Promise<RecordList> {
    const list = new RecordList();
    for (const record of await this.#reader.all()) list.add(record);
    this.#answers.clear();
    return list;
  }

  #forgetWhenFailed(whole: Promise<unknown>): void {
    whole.catch(() => {
      if (this.#whole === whole) this.#whole = undefined;
    });
  }

  #answer(question: string, ask: () => Promise<readonly NetworkRecord[]>): Promise<readonly NetworkRecord[]> {
    let answer = this.#answers.get(question);
    if (!answer) {
      if (this.#answers.size >= MAX_ANSWERS) this.#answers.clear();
      answer = ask();
      this.#answers.set(question, answer);
      answer.catch(() => this.#answers.delete(question));
    }
    return answer;
  }
}
