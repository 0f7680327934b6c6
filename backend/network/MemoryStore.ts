import type { BoundingBox, DesignChange, GeoFeature } from '../../src/contract/index.ts';
import type { RunOfTask } from '../common/Store.ts';
import { copyNetwork } from './copyNetwork.ts';
import { checkNewDesign } from './designNames.ts';
import { editNetwork } from './editNetwork.ts';
import { featurePage } from './featurePage.ts';
import { createNetwork, type MapRecord, type Network, visibleRecords } from './layers.ts';
import { findDesign, listDesigns, MemoryTransaction } from './MemoryTransaction.ts';
import type {
  DesignInfo,
  NetworkRecord,
  NetworkSnapshot,
  NetworkStore,
  NetworkTransaction,
  PostDesignOptions,
  PostedDesign,
  RecordsQuery,
} from './NetworkStore.ts';
import { applyChanges, type NetworkChange, withChanges } from './networkChanges.ts';
import { networkOfSource } from './networkOfSource.ts';
import { networkOfTown } from './networkOfTown.ts';
import { type NetworkState, readState, writeState } from './networkState.ts';
import { planPost } from './postDesign.ts';
import { firstFrom } from './RecordList.ts';
import { firstOf, recordsOf } from './recordsOf.ts';
import { designNotFound, snapshotClosed } from './storeRefusals.ts';
import type { TownData } from './TownData.ts';
import type { TownSource } from './TownSource.ts';
import { NetworkTables, type TableDraft } from './tables.ts';

export interface MemoryStoreOptions {
  /** The author's own, of `defineTables`. */
  tables?: readonly TableDraft[];
  /**
   * Writes the changes of an edit, or of designs, where they last, before anybody sees them. If it throws, nothing changes. Commits
   * of tasks come to `MemoryTransaction.commit` instead.
   */
  keep?(changes: readonly NetworkChange[]): void | Promise<void>;
}

/**
 * The network in memory. Committed records are never changed, so they are handed out as they are; a transaction's
 * own writes wait beside them until it commits.
 */
export class MemoryStore implements NetworkStore {
  readonly tables: NetworkTables;
  readonly #keep: MemoryStoreOptions['keep'];
  #network: Network;
  readonly #designListeners = new Set<(change: DesignChange) => void>();
  /** The commit that was begun last. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Without a town: an empty network, without a design to write to. `tables` are the author's own, of `defineTables`.
   *
   * @example
   * const store = new MemoryStore({ town: generateTown(), tables: defineTables([{ name: 'inspection' }]) });
   */
  constructor({ town, tables, keep }: { town?: TownData } & MemoryStoreOptions = {}) {
    this.tables = new NetworkTables(tables);
    this.#keep = keep;
    this.#network = town ? networkOfTown(town) : createNetwork([]);
  }

  /**
   * A store with what `toState()` gave. The store keeps the records of tables that are
   * not among `tables` any more, and shows them again when they are. Throws a TaskRefusal 'invalid-request' where the state cannot be read.
   */
  static fromState(state: unknown, options: MemoryStoreOptions = {}): MemoryStore {
    const store = new MemoryStore(options);
    store.#network = readState(state);
    return store;
  }

  /**
   * All that is committed, as a plain object that can be structured-cloned (IndexedDB) and written as JSON. With
   * `changes`: as it will be once they are committed.
   */
  toState(changes: readonly NetworkChange[] = []): NetworkState {
    return writeState(changes.length > 0 ? withChanges(this.#network, changes) : this.#network);
  }

  /**
   * Replaces master and all designs. A transaction that has written meanwhile will not commit ('design-conflict').
   * Nothing is changed where the town is refused; parse what comes from outside with `parseTown` first.
   */
  load(town: TownData): void {
    this.#replace(networkOfTown(town));
  }

  /**
   * As `load`, of a town that is read in batches. It lets other work go on in between, and makes the indexes that tasks
   * ask for first, so that a page does not stand still. The function that it resolves with replaces the network at once.
   */
  async prepare(town: TownSource): Promise<() => void> {
    const network = await networkOfSource(town);
    return () => this.#replace(network);
  }

  begin(run?: RunOfTask): MemoryTransaction {
    return new MemoryTransaction(this.tables, () => this.#network, {
      taskId: run?.taskId,
      onCommit: this.#onCommit,
    });
  }

  rehearse(): MemoryTransaction {
    return new MemoryTransaction(this.tables, () => this.#network, { isRehearsal: true });
  }

  /** Forgets which records the task has built. The records stay. */
  forgetTask(taskId: string): void {
    this.#network.built.delete(taskId);
  }

  watchDesigns(listener: (change: DesignChange) => void): () => void {
    this.#designListeners.add(listener);
    return () => this.#designListeners.delete(listener);
  }

  edit<T>(work: (network: NetworkTransaction) => Promise<T>): Promise<T> {
    const begin = () =>
      new MemoryTransaction(this.tables, () => this.#network, { isEdit: true, onCommit: this.#onCommit });
    const keep = this.#keep;
    return editNetwork(begin, work, (transaction) =>
      this.inTurn(() =>
        transaction.commit(keep && ((changes) => (changes.length > 0 ? keep(changes) : undefined))),
      ),
    );
  }

  async createDesign(design: DesignInfo): Promise<void> {
    await this.#change(() => {
      const created = checkNewDesign(design, [...this.#network.designs.keys()]);
      return { result: undefined, changes: [{ kind: 'create', design: created }] };
    });
  }

  postDesign(name: string, options?: PostDesignOptions): Promise<PostedDesign> {
    return this.#change(() => {
      const { posted, changes } = planPost(this.#network, name, options);
      return { result: posted, changes, gone: 'posted' };
    });
  }

  dropDesign(name: string): Promise<void> {
    return this.#change(() => {
      const { designs } = this.#network;
      if (!designs.has(name)) throw designNotFound(`design/${name}`, [...designs.keys()]);
      return { result: undefined, changes: [{ kind: 'drop', design: name }] };
    });
  }

  /**
   * Commits one after the other. A store that keeps the whole network at each commit needs that: no commit may begin while
   * what another one has written is not seen yet.
   */
  inTurn<T>(commit: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(commit, commit);
    this.#last = mine;
    return mine;
  }

  #replace(network: Network): void {
    const before = [...this.#network.designs.keys()];
    this.#network = network;
    this.#publish(before.map((name) => ({ design: `design/${name}`, change: 'deleted' })));
  }

  /** `plan` looks at what is committed by then. */
  #change<T>(plan: () => { result: T; changes: NetworkChange[]; gone?: DesignChange['change'] }): Promise<T> {
    return this.inTurn(async () => {
      const { result, changes, gone = 'deleted' } = plan();
      const network = this.#network;
      await this.#keep?.(changes);
      if (network === this.#network) applyChanges(network, changes);
      this.#publish(
        changes.flatMap((change) =>
          change.kind === 'drop' ? [{ design: `design/${change.design}`, change: gone }] : [],
        ),
      );
      return result;
    });
  }

  readonly #onCommit = (designs: readonly string[]): void => {
    this.#publish(designs.map((name) => ({ design: `design/${name}`, change: 'changed' })));
  };

  #publish(changes: readonly DesignChange[]): void {
    for (const change of changes) for (const listener of [...this.#designListeners]) listener(change);
  }

  async designs(): Promise<DesignInfo[]> {
    return listDesigns(this.#network);
  }

  async records(query: RecordsQuery): Promise<NetworkRecord[]> {
    return recordsIn(this.#network, this.tables, query);
  }

  async snapshot({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<NetworkSnapshot> {
    signal?.throwIfAborted();
    let network: Network | undefined = copyNetwork(this.#network);
    const { tables } = this;
    return {
      tables,
      async records(query) {
        if (!network) throw snapshotClosed();
        return recordsIn(network, tables, query);
      },
      async close() {
        network = undefined;
      },
    };
  }

  async features(query: {
    design?: string | null;
    task?: string;
    tables?: readonly string[];
    bbox?: BoundingBox;
    limit: number;
    after?: string;
  }): Promise<{ features: GeoFeature[]; next?: string }> {
    const { task } = query;
    if (task !== undefined) {
      return featurePage(query, this.tables.featureTables, (table) =>
        builtRecords(this.#network, task, table),
      );
    }
    const { master } = this.#network;
    const design = query.design == null ? undefined : findDesign(this.#network, query.design);
    return featurePage(query, this.tables.featureTables, (table) => {
      const lower = master.layer.table(table);
      const upper = design?.layer.known(table);
      if (!upper) return [lower.list.rows];
      const isAbove = (upper.list.rows[0]?.id ?? 0) > (lower.list.rows.at(-1)?.id ?? 0);
      return upper.hidden.size === 0 && isAbove
        ? [lower.list.rows, upper.list.rows]
        : [visibleRecords([lower, upper])];
    });
  }
}

function recordsIn(network: Network, tables: NetworkTables, query: RecordsQuery): NetworkRecord[] {
  const { name } = tables.get(query.table, { streets: true });
  if (query.task !== undefined) return firstOf(builtRecords(network, query.task, name), query);
  const { master } = network;
  const design = query.design == null ? undefined : findDesign(network, query.design);
  const lower = query.own && design ? [] : [master.layer.table(name)];
  return recordsOf([...lower, ...(design ? [design.layer.table(name)] : [])], query);
}

/** The records of the table that the task has built, and that are still there: lists in order of id. */
function builtRecords({ master, designs, built }: Network, taskId: string, table: string): MapRecord[][] {
  return (built.get(taskId) ?? [])
    .filter((range) => range.table === table)
    .sort((a, b) => a.firstId - b.firstId)
    .map(({ firstId, lastId, design }) => {
      const layer = design === null ? master : designs.get(design);
      const rows = layer?.layer.known(table)?.list.rows ?? [];
      return rows.slice(firstFrom(rows, firstId), firstFrom(rows, lastId + 1));
    });
}
