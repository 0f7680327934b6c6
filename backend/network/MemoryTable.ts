import type { BoundingBox, Position } from '../../src/contract/index.ts';
import { intersects } from './boundingBox.ts';
import { hiddenAbove, type TableLayer, visibleRecords } from './layers.ts';
import type { NetworkRecord, NetworkTable, NewRecord, RecordChange } from './NetworkStore.ts';
import { inOrder } from './RecordList.ts';
import { byDistance } from './SpatialIndex.ts';
import { refuseNoBox, refusePointless } from './storeRefusals.ts';
import type { TableDefinition } from './tables.ts';

const ALL = Number.POSITIVE_INFINITY;

/** A table asks this of the transaction that it is seen in. */
export interface TableAccess {
  /** Master's, then the design's, then the transaction's own. Throws once the transaction has ended. */
  layers(): readonly TableLayer[];
  /** The writes throw in master, and once the transaction has ended. */
  insert(record: NewRecord): NetworkRecord;
  update(id: number, change: RecordChange): NetworkRecord;
  delete(id: number): void;
  reserveName(name: string): boolean;
}

/** A table of the network in memory, as one transaction sees it in one view. */
export class MemoryTable implements NetworkTable {
  readonly #table: TableDefinition;
  readonly #access: TableAccess;

  constructor(table: TableDefinition, access: TableAccess) {
    this.#table = table;
    this.#access = access;
  }

  insert(record: NewRecord): Promise<NetworkRecord> {
    return settle(() => this.#access.insert(record));
  }

  update(id: number, change: RecordChange): Promise<NetworkRecord> {
    return settle(() => this.#access.update(id, change));
  }

  delete(id: number): Promise<void> {
    return settle(() => this.#access.delete(id));
  }

  reserveName(name: string): Promise<boolean> {
    return settle(() => this.#access.reserveName(name));
  }

  get(id: number): Promise<NetworkRecord | undefined> {
    return settle(() => getRecord(this.#access.layers(), id));
  }

  filterOn(property: string, value: unknown, { limit = ALL } = {}): Promise<NetworkRecord[]> {
    return settle(() => this.#filterOn(property, value, limit));
  }

  async recs({ limit = ALL } = {}): Promise<NetworkRecord[]> {
    return limit <= 0 ? [] : visibleRecords(this.#access.layers()).slice(0, limit);
  }

  async count(): Promise<number> {
    const layers = this.#access.layers();
    let count = 0;
    for (const [i, { list, hidden }] of layers.entries()) {
      count += list.rows.length;
      const below = layers.slice(0, i);
      for (const id of hidden.keys()) if (getRecord(below, id)) count -= 1;
    }
    return count;
  }

  async near(
    point: Position,
    { limit = ALL, radiusMetres = ALL }: { limit?: number; radiusMetres?: number },
  ): Promise<NetworkRecord[]> {
    const layers = this.#access.layers();
    refusePointless(this.#table);
    if (limit <= 0) return [];
    return layers
      .flatMap(({ list }, i) => list.nearest(point, limit, radiusMetres, hiddenAbove(layers, i)))
      .sort(byDistance)
      .slice(0, limit)
      .map(({ record }) => record);
  }

  async within(box: BoundingBox, { limit = ALL } = {}): Promise<NetworkRecord[]> {
    const layers = this.#access.layers();
    refuseNoBox(box);
    const found: NetworkRecord[] = [];
    for (const record of visibleRecords(layers)) {
      if (found.length >= limit) break;
      if (record.geometry && intersects(record.geometry, box)) found.push(record);
    }
    return found;
  }

  #filterOn(property: string, value: unknown, limit: number): NetworkRecord[] {
    const layers = this.#access.layers();
    if (property === 'id') {
      const record = typeof value === 'number' && limit > 0 ? getRecord(layers, value) : undefined;
      return record ? [record] : [];
    }
    let found: NetworkRecord[] | undefined;
    const hides = layers.some(({ hidden }) => hidden.size > 0);
    for (let i = 0; i < layers.length; i++) {
      const isHidden = hides ? hiddenAbove(layers, i) : undefined;
      let matching = layers[i]?.list.matching(property, value, isHidden ? ALL : limit);
      if (isHidden) matching = matching?.filter(({ id }) => !isHidden(id));
      if (matching) found = found ? found.concat(matching) : matching;
    }
    if (!found) return [];
    return found.length > limit ? inOrder(found).slice(0, limit) : inOrder(found);
  }
}

/** Gives the record that the layers, lowest first, show under the id. */
export function getRecord(layers: readonly TableLayer[], id: number): NetworkRecord | undefined {
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i];
    const record = layer?.list.get(id);
    if (record) return record;
    if (layer?.hidden.has(id)) return undefined;
  }
  return undefined;
}

/** Does what an async function does at half its cost: a task calls these a dozen times for each connection. */
function settle<T>(act: () => T): Promise<T> {
  try {
    return Promise.resolve(act());
  } catch (error) {
    return Promise.reject(error);
  }
}
