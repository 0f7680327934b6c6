import {
  createLayer,
  createRecord,
  type DesignLayer,
  type Layer,
  mapTables,
  type Network,
} from './layers.ts';
import { MemoryTable } from './MemoryTable.ts';
import {
  type DesignInfo,
  type NetworkDataView,
  type NetworkRecord,
  type NetworkStoreTransaction,
  type NewRecord,
  networkWork,
  TABLES,
  type TableName,
} from './NetworkStore.ts';
import type { RecordList } from './RecordList.ts';
import { designConflict, designNotFound, masterReadOnly, transactionEnded } from './storeRefusals.ts';
import { designName } from './urn.ts';

/** What a transaction adds to one design. */
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

export class MemoryTransaction implements NetworkStoreTransaction {
  readonly work = networkWork(this);
  readonly #network: () => Network;
  readonly #views = new Map<string | null, NetworkDataView>();
  readonly #staged = new Map<DesignLayer, Staged>();
  #ended = false;

  /** `network` gives what is committed by now: loading another town replaces it. */
  constructor(network: () => Network) {
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
      const tables = mapTables((name) => this.#table(name, network, design, layer));
      view = { design, table: (name) => tables[name] };
      this.#views.set(design, view);
    }
    return view;
  }

  /**
   * All writes of the transaction at once, or none. Without `keep` nothing here waits.
   *
   * `keep` writes them where they last, before anything changes; what it throws changes nothing. Where it gives a
   * promise nobody else is to commit until that settles: who does costs this one its commit.
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
      for (const table of TABLES) design.layer[table].absorb(layer[table]);
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
    name: TableName,
    network: Network,
    design: string | null,
    layer: DesignLayer | undefined,
  ): MemoryTable {
    const { master, lastIds } = network;
    const lists: RecordList[] = layer ? [master[name], layer.layer[name]] : [master[name]];
    let own: RecordList | undefined;
    return new MemoryTable(name, {
      lists: () => {
        this.#refuseWhenEnded();
        return lists;
      },
      insert: ({ geometry = null, properties }: NewRecord): NetworkRecord => {
        this.#refuseWhenEnded();
        if (!layer) throw masterReadOnly(name);
        if (!own) {
          own = this.#stage(layer).layer[name];
          lists.push(own);
        }
        lastIds[name] += 1;
        const record = createRecord(name, lastIds[name], design, geometry, properties);
        own.add(record);
        return record;
      },
    });
  }

  #stage(design: DesignLayer): Staged {
    let staged = this.#staged.get(design);
    if (!staged) {
      staged = { layer: createLayer(), version: design.version };
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
