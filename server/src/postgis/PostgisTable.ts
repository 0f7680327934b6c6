import { intersects } from '../../../backend/network/boundingBox.ts';
import type { TableLayer } from '../../../backend/network/layers.ts';
import type {
  NetworkRecord,
  NetworkTable,
  NewRecord,
  RecordChange,
} from '../../../backend/network/NetworkStore.ts';
import { inOrder } from '../../../backend/network/RecordList.ts';
import { byDistance } from '../../../backend/network/SpatialIndex.ts';
import { refuseNoBox, refusePointless } from '../../../backend/network/storeRefusals.ts';
import type { TableDefinition } from '../../../backend/network/tables.ts';
import { parseUrn } from '../../../backend/network/urn.ts';
import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import type { CommittedTable } from './CommittedTable.ts';

const ALL = Number.POSITIVE_INFINITY;

/** A table asks this of the transaction that it is seen in. All of it throws once the transaction has ended. */
export interface TableAccess {
  committed(): CommittedTable;
  /** The transaction's writes to a table, if there are any. */
  own(table: string): TableLayer | undefined;
  /** The writes reject in master. */
  insert(record: NewRecord): Promise<NetworkRecord>;
  update(id: number, change: RecordChange): Promise<NetworkRecord>;
  delete(id: number): Promise<void>;
  reserveName(name: string): Promise<boolean>;
}

/** A table of the network in PostgreSQL, as one transaction sees it in one view. */
export class PostgisTable implements NetworkTable {
  readonly #table: TableDefinition;
  readonly #access: TableAccess;

  constructor(table: TableDefinition, access: TableAccess) {
    this.#table = table;
    this.#access = access;
  }

  insert(record: NewRecord): Promise<NetworkRecord> {
    return this.#access.insert(record);
  }

  update(id: number, change: RecordChange): Promise<NetworkRecord> {
    return this.#access.update(id, change);
  }

  delete(id: number): Promise<void> {
    return this.#access.delete(id);
  }

  reserveName(name: string): Promise<boolean> {
    return this.#access.reserveName(name);
  }

  async get(id: number): Promise<NetworkRecord | undefined> {
    const committed = this.#access.committed();
    const own = this.#own();
    if (!own) return committed.get(id);
    return own.list.get(id) ?? (own.hidden.has(id) ? undefined : committed.get(id));
  }

  async filterOn(property: string, value: unknown, { limit = ALL } = {}): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    if (property === 'id') {
      const record = typeof value === 'number' && limit > 0 ? await this.get(value) : undefined;
      return record ? [record] : [];
    }
    const found = this.#isOwn(value) ? [] : await committed.matching(property, value, this.#atMost(limit));
    return this.#withOwn(found, ({ list }) => list.matching(property, value, ALL) ?? [], limit);
  }

  async recs({ limit = ALL } = {}): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    if (limit <= 0) return [];
    const found = await committed.records(this.#atMost(limit));
    return this.#withOwn(found, ({ list }) => list.rows, limit);
  }

  async count(): Promise<number> {
    const committed = await this.#access.committed().count();
    const own = this.#own();
    // Each of them hides one that is committed.
    return own ? committed + own.list.rows.length - own.hidden.size : committed;
  }

  async near(
    point: Position,
    { limit = ALL, radiusMetres = ALL }: { limit?: number; radiusMetres?: number },
  ): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    refusePointless(this.#table);
    if (limit <= 0) return [];
    const found = await committed.nearest(point, this.#atMost(limit), radiusMetres);
    const own = this.#own();
    return [
      ...found.filter(({ record }) => !own?.hidden.has(record.id)),
      ...(own?.list.nearest(point, limit, radiusMetres) ?? []),
    ]
      .sort(byDistance)
      .slice(0, limit)
      .map(({ record }) => record);
  }

  async within(box: BoundingBox, { limit = ALL } = {}): Promise<NetworkRecord[]> {
    const committed = this.#access.committed();
    refuseNoBox(box);
    if (limit <= 0) return [];
    const isInside = ({ geometry }: NetworkRecord) => geometry !== null && intersects(geometry, box);
    return this.#withOwn(await committed.within(box), ({ list }) => list.rows.filter(isInside), limit);
  }

  #own(): TableLayer | undefined {
    return this.#access.own(this.#table.name);
  }

  /** So many committed ones are needed, because some of them may be hidden. */
  #atMost(limit: number): number {
    return limit <= 0 ? limit : limit + (this.#own()?.hidden.size ?? 0);
  }

  /** In order of id. Own ids are above the committed ones, unless another transaction took its ids later. */
  #withOwn(
    committed: readonly NetworkRecord[],
    ownOf: (own: TableLayer) => readonly NetworkRecord[],
    limit: number,
  ): NetworkRecord[] {
    const own = this.#own();
    if (!own) return committed.slice(0, limit);
    const { hidden } = own;
    const seen = hidden.size === 0 ? committed : committed.filter(({ id }) => !hidden.has(id));
    return inOrder([...seen, ...ownOf(own)]).slice(0, Math.max(0, limit));
  }

  /** Says whether the value is the URN of a record that this transaction inserted: nothing stored can refer to it. */
  #isOwn(value: unknown): boolean {
    const urn = parseUrn(value);
    if (!urn) return false;
    const own = this.#access.own(urn.table);
    return own !== undefined && !own.hidden.has(urn.id) && own.list.get(urn.id) !== undefined;
  }
}
