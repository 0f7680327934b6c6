import type {
  NetworkRecord,
  NetworkTable,
  NewRecord,
  TableName,
} from '../../../backend/network/NetworkStore.ts';
import type { RecordList } from '../../../backend/network/RecordList.ts';
import { byDistance } from '../../../backend/network/SpatialIndex.ts';
import { refusePointless } from '../../../backend/network/storeRefusals.ts';
import { parseUrn } from '../../../backend/network/urn.ts';
import type { Position } from '../../../src/contract/index.ts';
import type { CommittedTable } from './CommittedTable.ts';

const ALL = Number.POSITIVE_INFINITY;

/** What a table needs of the transaction it is seen in. All but `insert` throw once the transaction has ended. */
export interface TableAccess {
  committed(): CommittedTable;
  /** The transaction's own records of a table, where it has any. */
  own(table: string): RecordList | undefined;
  /** Rejects in master, and once the transaction has ended. */
  insert(record: NewRecord): Promise<NetworkRecord>;
}

export class PostgisTable implements NetworkTable {
  readonly #name: TableName;
  readonly #access: TableAccess;

  constructor(name: TableName, access: TableAccess) {
    this.#name = name;
    this.#access = access;
  }

  insert(record: NewRecord): Promise<NetworkRecord> {
    return this.#access.insert(record);
  }

  async get(id: number): Promise<NetworkRecord | undefined> {
    const committed = this.#access.committed();
    return this.#own()?.get(id) ?? committed.get(id);
  }

  async filterOn(property: string, value: unknown, { limit = ALL } = {}): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    if (property === 'id') {
      const record = typeof value === 'number' && limit > 0 ? await this.get(value) : undefined;
      return record ? [record] : [];
    }
    const found = this.#isOwn(value) ? [] : await committed.matching(property, value, limit);
    return inOrder(found, this.#own()?.matching(property, value, limit) ?? [], limit);
  }

  async recs({ limit = ALL } = {}): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    if (limit <= 0) return [];
    const found = await committed.records(limit);
    return inOrder(found, this.#own()?.rows ?? [], limit);
  }

  async count(): Promise<number> {
    const committed = await this.#access.committed().count();
    return committed + (this.#own()?.rows.length ?? 0);
  }

  async near(
    point: Position,
    { limit = ALL, radiusMetres = ALL }: { limit?: number; radiusMetres?: number },
  ): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    refusePointless(this.#name);
    if (limit <= 0) return [];
    const found = await committed.nearest(point, limit, radiusMetres);
    const own = this.#own()?.nearest(point, limit, radiusMetres) ?? [];
    return [...found, ...own]
      .sort(byDistance)
      .slice(0, limit)
      .map(({ record }) => record);
  }

  #own(): RecordList | undefined {
    return this.#access.own(this.#name);
  }

  /** Whether the value is the URN of a record that this transaction made: nothing stored can refer to it. */
  #isOwn(value: unknown): boolean {
    const urn = parseUrn(value);
    return urn !== undefined && this.#access.own(urn.table)?.get(urn.id) !== undefined;
  }
}

/** Own ids are above the committed ones, unless another transaction took its ids later and committed earlier. */
function inOrder(
  committed: readonly NetworkRecord[],
  own: readonly NetworkRecord[],
  limit: number,
): NetworkRecord[] {
  const first = own[0];
  if (!first) return committed.slice(0, limit);
  const last = committed.at(-1);
  const all = [...committed, ...own];
  if (last && last.id > first.id) all.sort((a, b) => a.id - b.id);
  return all.slice(0, limit);
}
