import type { Position } from '../../src/contract/index.ts';
import type { NetworkRecord } from './NetworkStore.ts';
import { type Neighbour, SpatialIndex } from './SpatialIndex.ts';

/** One record, or several: most values of a reference have one, and an array for each would cost more than it. */
type Bucket = NetworkRecord | NetworkRecord[];

/** So many records are put in their places one by one. For more, the list is sorted again. */
const FEW = 64;

interface HashIndex {
  buckets: Map<unknown, Bucket>;
  /** The buckets hold this many of the rows, from the first. */
  covered: number;
}

/**
 * Keeps the records of one table in one layer (master, a design, a transaction), in order of id, for the stores that
 * read from memory. An index is made when it is first asked for, and then catches up with what was added since:
 * adding costs a push. Changing or removing a record mends the indexes that have it.
 */
export class RecordList {
  #rows: NetworkRecord[] = [];
  #indexes = new Map<string, HashIndex>();
  #spatial: SpatialIndex | undefined;

  get rows(): readonly NetworkRecord[] {
    return this.#rows;
  }

  /** Records must come in order of id. */
  add(record: NetworkRecord): void {
    this.#rows.push(record);
  }

  /** Puts the record in its place in the order of ids, instead of one of the same id where there is one. */
  put(record: NetworkRecord): void {
    const at = firstFrom(this.#rows, record.id);
    const old = this.#rows[at]?.id === record.id ? this.#rows[at] : undefined;
    this.#rows.splice(at, old ? 1 : 0, record);
    for (const [property, index] of this.#indexes) {
      if (at >= index.covered) continue;
      if (old) removeFrom(index.buckets, old.properties[property], old);
      else index.covered += 1;
      insertInto(index.buckets, record.properties[property], record);
    }
    this.#spatial?.put(at, record, old);
  }

  /** False where there is no such record. */
  remove(id: number): boolean {
    const at = firstFrom(this.#rows, id);
    const old = this.#rows[at];
    if (old?.id !== id) return false;
    this.#rows.splice(at, 1);
    for (const [property, index] of this.#indexes) {
      if (at >= index.covered) continue;
      index.covered -= 1;
      removeFrom(index.buckets, old.properties[property], old);
    }
    this.#spatial?.remove(at, id);
    return true;
  }

  /** As `remove` for each of the ids. */
  removeAll(ids: readonly number[]): void {
    if (ids.length <= FEW) {
      for (const id of ids) this.remove(id);
      return;
    }
    const gone = new Set(ids);
    this.#rows = this.#rows.filter(({ id }) => !gone.has(id));
    this.#indexes = new Map();
    this.#spatial = undefined;
  }

  /** Takes over all of another list, which is not used any more: its records, and its indexes where it can. */
  absorb(other: RecordList): void {
    if (this.#rows.length === 0) this.#indexes = other.#indexes;
    this.putAll(other.#rows);
  }

  /** A list of its own with the same records. */
  copy(): RecordList {
    const copy = new RecordList();
    copy.#rows = this.#rows.slice();
    return copy;
  }

  /** As `put` for each of the records, which come in order of id. */
  putAll(records: readonly NetworkRecord[]): void {
    const last = this.#rows.at(-1)?.id ?? 0;
    if (records[0] && records[0].id > last) {
      for (const record of records) this.#rows.push(record);
    } else if (records.length <= FEW) {
      for (const record of records) this.put(record);
    } else {
      const ids = new Set(records.map(({ id }) => id));
      this.#rows = inOrder([...this.#rows.filter(({ id }) => !ids.has(id)), ...records]);
      this.#indexes = new Map();
      this.#spatial = undefined;
    }
  }

  get(id: number): NetworkRecord | undefined {
    const record = this.#rows[firstFrom(this.#rows, id)];
    return record?.id === id ? record : undefined;
  }

  /** The records whose property equals the value, at most `limit`; undefined where there are none. */
  matching(property: string, value: unknown, limit: number): NetworkRecord[] | undefined {
    if (this.#rows.length === 0 || limit <= 0) return undefined;
    const bucket = this.#index(property).get(value);
    if (bucket === undefined) return undefined;
    return Array.isArray(bucket) ? bucket.slice(0, limit) : [bucket];
  }

  /** Nearest first. `isHidden` says which records are left out. */
  nearest(
    from: Position,
    limit: number,
    radiusMetres: number,
    isHidden?: (id: number) => boolean,
  ): Neighbour[] {
    this.#spatial ??= new SpatialIndex(this.#rows);
    return this.#spatial.nearest(from, limit, radiusMetres, isHidden);
  }

  /** Makes the index for `nearest` in steps, between which other work may go on. Nothing may change the list meanwhile. */
  *prepareNearest(): Generator<undefined, void> {
    this.#spatial ??= new SpatialIndex(this.#rows);
    yield* this.#spatial.prepare();
  }

  #index(property: string): Map<unknown, Bucket> {
    let index = this.#indexes.get(property);
    if (!index) {
      index = { buckets: new Map(), covered: 0 };
      this.#indexes.set(property, index);
    }
    const { buckets } = index;
    for (; index.covered < this.#rows.length; index.covered++) {
      const record = this.#rows[index.covered];
      const value = record?.properties[property];
      if (!record || value === undefined) continue;
      const bucket = buckets.get(value);
      if (bucket === undefined) buckets.set(value, record);
      else if (Array.isArray(bucket)) bucket.push(record);
      else buckets.set(value, [bucket, record]);
    }
    return buckets;
  }
}

function insertInto(buckets: Map<unknown, Bucket>, value: unknown, record: NetworkRecord): void {
  if (value === undefined) return;
  const bucket = buckets.get(value);
  if (bucket === undefined) {
    buckets.set(value, record);
    return;
  }
  const records = Array.isArray(bucket) ? bucket : [bucket];
  records.splice(firstFrom(records, record.id), 0, record);
  buckets.set(value, records);
}

function removeFrom(buckets: Map<unknown, Bucket>, value: unknown, { id }: NetworkRecord): void {
  const bucket = buckets.get(value);
  if (!Array.isArray(bucket) || bucket.length === 1) buckets.delete(value);
  else bucket.splice(firstFrom(bucket, id), 1);
}

/** Sorts the records by id, in place, unless they are so already, as they mostly are. */
export function inOrder<T extends { readonly id: number }>(records: T[]): T[] {
  let last = 0;
  for (const { id } of records) {
    if (id < last) return records.sort((a, b) => a.id - b.id);
    last = id;
  }
  return records;
}

/** Position of the first of the rows, which are in order of id, whose id is not below; the length where there is none. */
export function firstFrom(rows: readonly { readonly id: number }[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
