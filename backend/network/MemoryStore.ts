import type { BoundingBox, GeoFeature } from '../../src/contract/index.ts';
import { featurePage } from './featurePage.ts';
import { createNetwork, type Network } from './layers.ts';
import { type DesignWrites, findDesign, listDesigns, MemoryTransaction } from './MemoryTransaction.ts';
import type { DesignInfo, FeatureTable, NetworkStore } from './NetworkStore.ts';
import { networkOfTown } from './networkOfTown.ts';
import { type NetworkState, readState, writeState } from './networkState.ts';
import type { TownData } from './TownData.ts';

/**
 * The network in memory. Committed records are never changed, so they are handed out as they are; a transaction's
 * own writes wait beside them until it commits.
 */
export class MemoryStore implements NetworkStore {
  #network: Network;

  /** Without a town: an empty network, without a design to write to. */
  constructor({ town }: { town?: TownData } = {}) {
    this.#network = town ? networkOfTown(town) : createNetwork([]);
  }

  /** A store with what `toState()` gave. Throws a TaskRefusal 'invalid-request' where that cannot be read. */
  static fromState(state: unknown): MemoryStore {
    const store = new MemoryStore();
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
    return new MemoryTransaction(() => this.#network);
  }

  async designs(): Promise<DesignInfo[]> {
    return listDesigns(this.#network);
  }

  async features(query: {
    design?: string | null;
    tables?: FeatureTable[];
    bbox?: BoundingBox;
    limit: number;
    after?: string;
  }): Promise<{ features: GeoFeature[]; next?: string }> {
    const { master, streets } = this.#network;
    const design = query.design == null ? undefined : findDesign(this.#network, query.design);
    return featurePage(query, (table) => {
      if (table === 'street') return [streets];
      return design ? [master[table].rows, design.layer[table].rows] : [master[table].rows];
    });
  }
}
