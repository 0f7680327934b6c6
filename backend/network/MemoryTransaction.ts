import { TaskRefusal } from '../tasks/TaskRefusal.ts';
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
  type NetworkTransaction,
  type NewRecord,
  TABLES,
  type TableName,
} from './NetworkStore.ts';
import type { RecordList } from './RecordList.ts';
import { designName } from './urn.ts';

/** Writes to one design that wait for the commit. */
interface Staged {
  layer: Layer;
  /** The design's version when the first write was made. */
  version: number;
}

export class MemoryTransaction implements NetworkTransaction {
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

  /** All writes of the transaction at once, or none: nothing here waits. */
  async commit(): Promise<void> {
    this.#refuseWhenEnded();
    this.#ended = true;
    for (const [design, { version }] of this.#staged) {
      const { name } = design.info;
      if (this.#network().designs.get(name) === design && design.version === version) continue;
      throw new TaskRefusal({
        code: 'design-conflict',
        message: `design/${name} was changed by somebody else meanwhile; nothing was stored. Start again.`,
        details: { design: `design/${name}` },
      });
    }
    for (const [design, { layer }] of this.#staged) {
      for (const table of TABLES) design.layer[table].absorb(layer[table]);
      design.version += 1;
    }
    this.#staged.clear();
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
        if (!layer) {
          throw new TaskRefusal({
            code: 'master-read-only',
            message: `Table ${name} of master is read-only: write to the view of a design.`,
          });
        }
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
    if (this.#ended) throw new Error('the transaction was committed or rolled back: begin another one');
  }
}

export function listDesigns({ designs }: Network): DesignInfo[] {
  return Array.from(designs.values(), ({ info }) => info);
}

/** The design of a 'design/NAME'; throws 'design-not-found' with the names there are. */
export function findDesign({ designs }: Network, design: string): DesignLayer {
  const found = design.startsWith('design/') ? designs.get(designName(design)) : undefined;
  if (found) return found;
  const names = Array.from(designs.keys(), (name) => `design/${name}`);
  const known = names.length === 0 ? 'there are no designs' : `there are: ${names.slice(0, 20).join(', ')}`;
  throw new TaskRefusal({
    code: 'design-not-found',
    message: `There is no design '${design}'; ${known}.`,
    details: { design, designs: names },
  });
}
