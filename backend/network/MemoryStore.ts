import type { BoundingBox, GeoFeature } from '../../src/contract/index.ts';
import { featurePage } from './featurePage.ts';
import { createNetwork, type Network, visibleRecords } from './layers.ts';
import { type DesignWrites, findDesign, listDesigns, MemoryTransaction } from './MemoryTransaction.ts';
import type { DesignInfo, NetworkStore } from './NetworkStore.ts';
import { networkOfTown } from './networkOfTown.ts';
import { type NetworkState, readState, writeState } from './networkState.ts';
import type { TownData } from './TownData.ts';
import { NetworkTables, STREET, type TableDraft } from './tables.ts';

/**
 * The network in memory. Committed records are never changed, so they are handed out as they are; a transaction's
 * own writes wait beside them until it commits.
 */
export class MemoryStore implements NetworkStore {
  readonly tables: NetworkTables;
  #network: Network;

  /**
   * Without a town: an empty network, without a design to write to. `tables` are the author's own, of `defineTables`.
   *
   * @example
   * const store = new MemoryStore({ town: generateTown(), tables: defineTables([{ name: 'inspection' }]) });
   */
  constructor({ town, tables }: { town?: TownData; tables?: readonly TableDraft[] } = {}) {
    this.tables = new NetworkTables(tables);
    this.#network = town ? networkOfTown(town) : createNetwork([]);
  }

  /**
   * A store with what `toState()` gave. The store keeps the records of tables that are
   * not among `tables` any more, and shows them again when they are. Throws a TaskRefusal 'invalid-request' where the state cannot be read.
   */
  static fromState(state: unknown, options: { tables?: readonly TableDraft[] } = {}): MemoryStore {
    const store = new MemoryStore(options);
    store.#network = readState(state);
    return store;
  }

  /**
   * All that is committed, as a plain object that can be structured-cloned (IndexedDB) and written as JSON. With
   * `writes`: as it will be once they are committed.
   */
  toState(writes?: readonly DesignWrites[]): NetworkState {
    return writeState(this.#network, writes);
  }

  /**
   * Replaces master and all designs. A transaction that has written meanwhile will not commit ('design-conflict').
   * Nothing is changed where the town is refused; parse what comes from outside with `parseTown` first.
   */
  load(town: TownData): void {
    this.#network = networkOfTown(town);
  }

  begin(): MemoryTransaction {
    return new MemoryTransaction(this.tables, () => this.#network);
  }

  async designs(): Promise<DesignInfo[]> {
    return listDesigns(this.#network);
  }

  async features(query: {
    design?: string | null;
    tables?: readonly string[];
    bbox?: BoundingBox;
    limit: number;
    after?: string;
  }): Promise<{ features: GeoFeature[]; next?: string }> {
    const { master, streets } = this.#network;
    const design = query.design == null ? undefined : findDesign(this.#network, query.design);
    return featurePage(query, this.tables.featureTables, (table) => {
      if (table === STREET) return [streets];
      const lower = master.table(table);
      if (!design) return [lower.list.rows];
      const upper = design.layer.table(table);
      return upper.hidden.size === 0 ? [lower.list.rows, upper.list.rows] : [visibleRecords([lower, upper])];
    });
  }
}
