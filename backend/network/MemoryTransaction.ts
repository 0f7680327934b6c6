import type { Savepoint } from '../common/Store.ts';
import { builtRanges } from './builtRanges.ts';
import {
  type CommittedLayer,
  changedRecord,
  createRecord,
  type DesignLayer,
  isNameFree,
  Layer,
  type Network,
  reserveName,
  type TableLayer,
  takeId,
  UnstoredIds,
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
import { applyChanges, type NetworkChange } from './networkChanges.ts';
import {
  designConflict,
  designNotFound,
  masterReadOnly,
  recordNotFound,
  refuseGeometry,
  rehearsalOnly,
  transactionEnded,
  undoStandsAlone,
} from './storeRefusals.ts';
import { type NetworkTables, STREET, type TableDefinition } from './tables.ts';
import { UndoLog } from './UndoLog.ts';
import { changeSetOf } from './undo/changeSets.ts';
import { MemoryHistory } from './undo/MemoryHistory.ts';
import { prepareUndo } from './undo/prepareUndo.ts';
import { stageUndo } from './undo/stageUndo.ts';
import type { UndoneRun, UndoOptions } from './undo/undoTypes.ts';
import { designName } from './urn.ts';

/** Writes to one design, or to master, that wait for the commit. */
interface Staged {
  layer: Layer;
  /** The version that they were made on: of the first write, or in an edit of the first look. */
  version: number;
}

/** One unit of work on the network in memory. */
export class MemoryTransaction implements NetworkStoreTransaction {
  readonly work = networkWork(this);
  readonly #tables: NetworkTables;
  readonly #network: () => Network;
  readonly #views = new Map<string | null, NetworkDataView>();
  readonly #staged = new Map<CommittedLayer, Staged>();
  readonly #undo = new UndoLog();
  /** The task whose writes this transaction undoes. Then it writes nothing else. */
  #undoes: string | undefined;
  readonly #isEdit: boolean;
  readonly #taskId: string | undefined;
  /** Those of a rehearsal. */
  readonly #unstored: UnstoredIds | undefined;
  readonly #onCommit: ((designs: readonly string[]) => void) | undefined;
  #ended = false;

  /**
   * `network` gives what is committed by now: loading another town replaces it. An edit may write to master, and conflicts
   * with whatever is committed after it first looked. `onCommit` is called after the commit with the names of the designs that
   * it changed. `taskId` names the task that the transaction is for. A rehearsal takes no ids and reserves no names.
   */
  constructor(
    tables: NetworkTables,
    network: () => Network,
    {
      isEdit = false,
      isRehearsal = false,
      taskId,
      onCommit,
    }: {
      isEdit?: boolean;
      isRehearsal?: boolean;
      taskId?: string | undefined;
      onCommit?: (designs: readonly string[]) => void;
    } = {},
  ) {
    this.#tables = tables;
    this.#network = network;
    this.#isEdit = isEdit;
    this.#taskId = taskId;
    this.#onCommit = onCommit;
    this.#unstored = isRehearsal ? new UnstoredIds() : undefined;
  }

  async undo(taskId: string, options: UndoOptions = {}): Promise<UndoneRun> {
    this.#refuseWhenEnded();
    // The same again, as in a check and then in a preview.
    if (this.#undoes === taskId) this.#staged.clear();
    if (this.#staged.size > 0) throw undoStandsAlone();
    this.#undoes = taskId;
    const network = this.#network();
    return prepareUndo(taskId, options, {
      history: new MemoryHistory(network),
      pin: async (name) => {
        const design = network.designs.get(name);
        if (design) this.#stage(design);
      },
      stage: (name, steps) => {
        const design = network.designs.get(name);
        if (design) stageUndo(this.#stage(design).layer, steps);
      },
    });
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
      if (this.#isEdit) this.#stage(layer ?? network.master);
      const { version } = network.master;
      const tables = new Map<string, MemoryTable>();
      view = {
        design,
        table: (name) => {
          let table = tables.get(name);
          if (!table) {
            // Streets are a table of master alone: a task reads them in each view, and an edit of master changes them.
            const definition = this.#tables.get(name, { streets: design === null || !this.#isEdit });
            table = this.#table(definition, network, name === STREET ? undefined : layer, version);
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
  async commit(keep?: (changes: NetworkChange[]) => void | Promise<void>): Promise<void> {
    this.#refuseWhenEnded();
    if (this.#unstored) throw rehearsalOnly();
    this.#ended = true;
    this.#refuseConflict();
    const changes = this.#changes();
    const kept = keep?.(changes);
    if (kept) {
      await kept;
      this.#refuseConflict();
    }
    applyChanges(this.#network(), changes);
    this.#staged.clear();
    this.#onCommit?.(
      changes.flatMap((change) => (change.kind === 'write' && change.design !== null ? [change.design] : [])),
    );
  }

  #changes(): NetworkChange[] {
    const written = [...this.#staged].filter(([, { layer }]) => !layer.isEmpty);
    const designs = written.flatMap(([{ info }]) => info?.name ?? []);
    return written.map(([{ info }, { layer }]) => {
      const taskId = this.#taskId;
      const design = info ? this.#network().designs.get(info.name) : undefined;
      const inserted = info ? builtRanges(layer, info.name) : [];
      const set = design && changeSetOf(design, layer, { taskId, undoes: this.#undoes, designs, inserted });
      return { kind: 'write', design: info?.name ?? null, layer, taskId, set };
    });
  }

  #refuseConflict(): void {
    const { master, designs } = this.#network();
    for (const [target, { version, layer }] of this.#staged) {
      const current = target.info === null ? master : designs.get(target.info.name);
      if (layer.isEmpty || (current === target && target.version === version)) continue;
      throw designConflict(target.info?.name ?? null);
    }
  }

  /** Forgets all writes; a transaction that has ended is left as it is. */
  rollback(): void {
    this.#ended = true;
    this.#staged.clear();
  }

  savepoint(): Savepoint {
    this.#refuseWhenEnded();
    return this.#undo.savepoint();
  }

  #table(
    table: TableDefinition,
    network: Network,
    layer: DesignLayer | undefined,
    masterVersion: number,
  ): MemoryTable {
    const { name } = table;
    const target = layer ?? (this.#isEdit ? network.master : undefined);
    const design = layer ? `design/${layer.info.name}` : null;
    const layers = [network.master.layer.table(name), ...(layer ? [layer.layer.table(name)] : [])];
    let own: TableLayer | undefined;
    /** The transaction's own layer of the table, made when it first writes. */
    const ownLayer = (): TableLayer => {
      if (!target) throw masterReadOnly(name);
      if (this.#undoes !== undefined) throw undoStandsAlone();
      if (!own) {
        own = this.#stage(target).layer.table(name);
        layers.push(own);
      }
      return own;
    };
    const existing = (id: number): NetworkRecord => {
      this.#refuseWhenEnded();
      if (!target) throw masterReadOnly(name);
      const record = getRecord(layers, id);
      if (!record) throw recordNotFound(name, id, design);
      return record;
    };
    return new MemoryTable(table, {
      layers: () => {
        this.#refuseWhenEnded();
        return layers;
      },
      insert: ({ geometry = null, properties }: NewRecord): NetworkRecord => {
        this.#refuseWhenEnded();
        const own = ownLayer();
        refuseGeometry(table, geometry);
        const record = createRecord(
          name,
          this.#unstored?.take(name) ?? takeId(network, name),
          design,
          geometry,
          properties,
        );
        this.#undo.add(own, record);
        return record;
      },
      update: (id, change) => {
        const record = changedRecord(existing(id), change, design);
        refuseGeometry(table, record.geometry);
        this.#undo.overwrite(ownLayer(), id, record, masterVersion);
        return record;
      },
      delete: (id) => {
        existing(id);
        this.#undo.overwrite(ownLayer(), id, undefined, masterVersion);
      },
      reserveName: (reserved) => {
        this.#refuseWhenEnded();
        if (!layer) throw masterReadOnly(name);
        if (network.designs.get(layer.info.name) !== layer) throw designConflict(layer.info.name);
        const reserve = this.#unstored ? isNameFree : reserveName;
        return reserve(network, name, reserved, layer);
      },
    });
  }

  #stage(target: CommittedLayer): Staged {
    let staged = this.#staged.get(target);
    if (!staged) {
      staged = { layer: new Layer(), version: target.version };
      this.#staged.set(target, staged);
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
