import type { Position } from '../../src/contract/index.ts';
import type { NetworkRecord, NetworkTable, NewRecord, TableName } from './NetworkStore.ts';
import type { RecordList } from './RecordList.ts';
import { byDistance } from './SpatialIndex.ts';
import { refusePointless } from './storeRefusals.ts';

const ALL = Number.POSITIVE_INFINITY;

/** What a table needs of the transaction it is seen in. */
export interface TableAccess {
  /** Master's records, then the design's, then the transaction's own. Throws once the transaction has ended. */
  lists(): readonly RecordList[];
  /** Throws in master, and once the transaction has ended. */
  insert(record: NewRecord): NetworkRecord;
}

export class MemoryTable implements NetworkTable {
  readonly #name: TableName;
  readonly #access: TableAccess;

  constructor(name: TableName, access: TableAccess) {
    this.#name = name;
    this.#access = access;
  }

  insert(record: NewRecord): Promise<NetworkRecord> {
    return settle(() => this.#access.insert(record));
  }

  get(id: number): Promise<NetworkRecord | undefined> {
    return settle(() => this.#get(id));
  }

  filterOn(property: string, value: unknown, { limit = ALL } = {}): Promise<NetworkRecord[]> {
    return settle(() => this.#filterOn(property, value, limit));
  }

  async recs({ limit = ALL } = {}): Promise<NetworkRecord[]> {
    const found: NetworkRecord[] = [];
    for (const { rows } of this.#access.lists()) {
      for (const record of rows) {
        if (found.length >= limit) return found;
        found.push(record);
      }
    }
    return found;
  }

  async count(): Promise<number> {
    return this.#access.lists().reduce((sum, { rows }) => sum + rows.length, 0);
  }

  async near(
    point: Position,
    { limit = ALL, radiusMetres = ALL }: { limit?: number; radiusMetres?: number },
  ): Promise<NetworkRecord[]> {
    refusePointless(this.#name);
    if (limit <= 0) return [];
    return this.#access
      .lists()
      .flatMap((list) => list.nearest(point, limit, radiusMetres))
      .sort(byDistance)
      .slice(0, limit)
      .map(({ record }) => record);
  }

  #filterOn(property: string, value: unknown, limit: number): NetworkRecord[] {
    if (property === 'id') {
      const record = typeof value === 'number' && limit > 0 ? this.#get(value) : undefined;
      return record ? [record] : [];
    }
    let found: NetworkRecord[] | undefined;
    for (const list of this.#access.lists()) {
      const matching = list.matching(property, value, limit - (found?.length ?? 0));
      if (matching) found = found ? found.concat(matching) : matching;
    }
    return found ?? [];
  }

  #get(id: number): NetworkRecord | undefined {
    for (const list of this.#access.lists()) {
      const record = list.get(id);
      if (record) return record;
    }
    return undefined;
  }
}

/** What an async function would give, at half the cost of one: these are called a dozen times per connection. */
function settle<T>(act: () => T): Promise<T> {
  try {
    return Promise.resolve(act());
  } catch (error) {
    return Promise.reject(error);
  }
}
