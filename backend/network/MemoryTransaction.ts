import {
  changedRecord,
  createRecord,
  type DesignLayer,
  Layer,
  type Network,
  overwrite,
  reserveName,
  type TableLayer,
  takeId,
} from './layers.ts';
import { getRecord, MemoryTable } from './MemoryTable.ts';
import {
  type DesignInfo,
  type NetworkDataView,
  type NetworkRecord,
  type NetworkStoreTransaction,
  type NewRecord,
  networkWork,
} from './NetworkStore.ts';
import {
  designConflict,
  designNotFound,
  masterReadOnly,
  recordNotFound,
  refuseGeometry,
  transactionEnded,
} from './storeRefusals.ts';
import type { NetworkTables, TableDefinition } from './tables.ts';
import { designName } from './urn.ts';

/** The writes of a transaction to one design. */
export interface DesignWrites {
  readonly info: DesignInfo;
  readonly layer: Layer;
}

/** Writes to one design that wait for the commit. */
interface Staged {
  layer: Layer;
  /** The design's version when the first write was made. */
  version: number;
}

/** One unit of work on the network in memory. */
export class MemoryTransaction implements NetworkStoreTransaction {
  readonly work = networkWork(this);
  readonly #tables: NetworkTables;
  readonly #network: () => Network;
  readonly #views = new Map<string | null, NetworkDataView>();
  readonly #staged = new Map<DesignLayer, Staged>();
  #ended = false;

  /** `network` gives what is committed by now: loading another town replaces it. */
  constructor(tables: NetworkTables, network: () => Network) {
    this.#tables = tables;
    this.#network = network;
  }

  async designs(): Promise<DesignInfo[]> {
    this.#refuseWhenEnded();
    return listDesigns(this.#network());
  }

  async view(design: string | null = null): Promise<NetworkDataView> {
    this.#refuseWhenEnded();
    let view = this.#views.get(design);
    if (!view) {
      const network = this.#network();
      const layer = design === null ? undefined : findDesign(network, design);
      const tables = new Map<string, MemoryTable>();
      view = {
        design,
        table: (name) => {
          let table = tables.get(name);
          if (!table) {
            table = this.#table(this.#tables.get(name), network, design, layer);
            tables.set(name, table);
          }
          return table;
        },
      };
      this.#views.set(design, view);
    }
    return view;
  }

  /**
   * All writes of the transaction at once, or none. Without `keep` nothing here waits.
   *
   * `keep` writes them where they last, before anything changes; what it throws changes nothing. If it gives a
   * promise, nobody else should commit until that settles: whoever does makes this commit fail.
   */
  async commit(keep?: (writes: DesignWrites[]) => void | Promise<void>): Promise<void> {
    this.#refuseWhenEnded();
    this.#ended = true;
    this.#refuseConflict();
    const kept = keep?.(Array.from(this.#staged, ([{ info }, { layer }]) => ({ info, layer })));
    if (kept) {
      await kept;
      this.#refuseConflict();
    }
    for (const [design, { layer }] of this.#staged) {
      design.layer.absorb(layer);
      design.version += 1;
    }
    this.#staged.clear();
  }

  #refuseConflict(): void {
    for (const [design, { version }] of this.#staged) {
      const { name } = design.info;
      if (this.#network().designs.get(name) === design && design.version === version) continue;
      throw designConflict(name);
    }
  }

  /** Forgets all writes; a transaction that has ended is left as it is. */
  rollback(): void {
    this.#ended = true;
    this.#staged.clear();
  }

  #table(
    table: TableDefinition,
    network: Network,
    design: string | null,
    layer: DesignLayer | undefined,
  ): MemoryTable {
    const { name } = table;
    const layers = [network.master.table(name), ...(layer ? [layer.layer.table(name)] : [])];
    let own: TableLayer | undefined;
    /** The transaction's own layer of the table, made when it first writes. */
    const ownLayer = (): TableLayer => {
      if (!layer) throw masterReadOnly(name);
      if (!own) {
        own = this.#stage(layer).layer.table(name);
        layers.push(own);
      }
      return own;
    };
    const existing = (id: number): NetworkRecord => {
      this.#refuseWhenEnded();
      if (!layer) throw masterReadOnly(name);
      const record = getRecord(layers, id);
      if (!record) throw recordNotFound(name, id, `design/${layer.info.name}`);
      return record;
    };
    return new MemoryTable(table, {
      layers: () => {
        this.#refuseWhenEnded();
        return layers;
      },
      insert: ({ geometry = null, properties }: NewRecord): NetworkRecord => {
        this.#refuseWhenEnded();
        const { list } = ownLayer();
        refuseGeometry(table, geometry);
        const record = createRecord(name, takeId(network, name), design, geometry, properties);
        list.add(record);
        return record;
      },
      update: (id, change) => {
        const record = changedRecord(existing(id), change, design);
        refuseGeometry(table, record.geometry);
        overwrite(ownLayer(), id, record);
        return record;
      },
      delete: (id) => {
        existing(id);
        overwrite(ownLayer(), id, undefined);
      },
      reserveName: (reserved) => {
        this.#refuseWhenEnded();
        if (!layer) throw masterReadOnly(name);
        return reserveName(network, name, reserved, layer);
      },
    });
  }

  #stage(design: DesignLayer): Staged {
    let staged = this.#staged.get(design);
    if (!staged) {
      staged = { layer: new Layer(), version: design.version };
      this.#staged.set(design, staged);
    }
    return staged;
  }

  #refuseWhenEnded(): void {
    if (this.#ended) throw transactionEnded();
  }
}

export function listDesigns({ designs }: Network): DesignInfo[] {
  return Array.from(designs.values(), ({ info }) => info);
}

/** The design of a 'design/NAME'; throws 'design-not-found' with the names there are. */
export function findDesign({ designs }: Network, design: string): DesignLayer {
  const found = design.startsWith('design/') ? designs.get(designName(design)) : undefined;
  if (found) return found;
  throw designNotFound(design, [...designs.keys()]);
}
