import type pg from 'pg';
import type { Savepoint } from '../../../backend/common/Store.ts';
import { changedRecord, createRecord, Layer, UnstoredIds } from '../../../backend/network/layers.ts';
import {
  type DesignInfo,
  type NetworkDataView,
  type NetworkRecord,
  type NetworkStoreTransaction,
  type NewRecord,
  networkWork,
} from '../../../backend/network/NetworkStore.ts';
import {
  designConflict,
  masterReadOnly,
  recordNotFound,
  refuseGeometry,
  rehearsalOnly,
  transactionEnded,
  undoStandsAlone,
} from '../../../backend/network/storeRefusals.ts';
import { type NetworkTables, STREET, type TableDefinition } from '../../../backend/network/tables.ts';
import { UndoLog } from '../../../backend/network/UndoLog.ts';
import { prepareUndo } from '../../../backend/network/undo/prepareUndo.ts';
import { stageUndo } from '../../../backend/network/undo/stageUndo.ts';
import type { UndoneRun, UndoOptions } from '../../../backend/network/undo/undoTypes.ts';
import { designName } from '../../../backend/network/urn.ts';
import { retryConflicts } from '../common/retryConflicts.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { CommittedTable } from './CommittedTable.ts';
import { type FoundDesign, findDesign, listDesigns } from './designs.ts';
import { IdBlocks } from './IdBlocks.ts';
import type { OpenView, Staged } from './openView.ts';
import { PostgisHistory } from './PostgisHistory.ts';
import { PostgisTable } from './PostgisTable.ts';
import { isNameFree, reserveName } from './reserveName.ts';
import { TableReader } from './TableReader.ts';
import { writeHistory } from './writeHistory.ts';
import { writeLayer, writeMaster } from './writeLayer.ts';

interface TransactionOptions {
  isEdit?: boolean;
  /** It takes no ids, reserves no names, and cannot commit. */
  isRehearsal?: boolean;
  taskId?: string | undefined;
}

/**
 * A process that freezes while it sends records is, to the database, in the middle of a statement, and keeps the design
 * locked. Sent are some thousand at a time, which takes a second.
 */
const WHILE_COPYING = "SET LOCAL statement_timeout = '15s'";

/**
 * Reads are single statements, so that a task may take its time; writes wait in memory for the commit, which is one
 * short transaction of the database.
 */
export class PostgisTransaction implements NetworkStoreTransaction {
  readonly work = networkWork(this);
  readonly #pool: pg.Pool;
  readonly #tables: NetworkTables;
  readonly #ids: IdBlocks | UnstoredIds;
  /** By name of the design; null: master. */
  readonly #views = new Map<string | null, OpenView>();
  readonly #staged = new Map<string | null, Staged>();
  readonly #staging = new Map<string | null, Promise<Staged>>();
  readonly #undo = new UndoLog();
  /** The task whose writes this transaction undoes. Then it writes nothing else. */
  #undoes: { taskId: string; keepOthers: boolean; run: Promise<UndoneRun> } | undefined;
  readonly #isRehearsal: boolean;
  readonly #isEdit: boolean;
  readonly #taskId: string | undefined;
  #ended = false;

  /** An edit may write to master, and conflicts with whatever is committed after it first looked. `taskId`: it is for this task. */
  constructor(
    pool: pg.Pool,
    tables: NetworkTables,
    { isEdit = false, isRehearsal = false, taskId }: TransactionOptions = {},
  ) {
    this.#pool = pool;
    this.#tables = tables;
    this.#ids = isRehearsal ? new UnstoredIds() : new IdBlocks(pool);
    this.#isRehearsal = isRehearsal;
    this.#isEdit = isEdit;
    this.#taskId = taskId;
  }

  get hasWrites(): boolean {
    return this.#staged.size > 0;
  }

  async designs(): Promise<DesignInfo[]> {
    this.#refuseWhenEnded();
    return listDesigns(this.#pool);
  }

  async undo(taskId: string, { keepOthers = false, detailed = false }: UndoOptions = {}): Promise<UndoneRun> {
    this.#refuseWhenEnded();
    const before = this.#undoes;
    // A rehearsal asks the same twice, for its check and for its preview, and reads it once, with its details.
    if (this.#isRehearsal && before?.taskId === taskId && before.keepOthers === keepOthers) return before.run;
    if (before?.taskId === taskId) {
      this.#staged.clear();
      this.#staging.clear();
    }
    if (this.#staged.size > 0) throw undoStandsAlone();
    const run = this.#prepareUndo(taskId, { keepOthers, detailed: detailed || this.#isRehearsal });
    this.#undoes = { taskId, keepOthers, run };
    return run;
  }

  #prepareUndo(taskId: string, options: UndoOptions): Promise<UndoneRun> {
    const names = this.#tables.all.map(({ name }) => name);
    return prepareUndo(taskId, options, {
      history: new PostgisHistory(this.#pool, names),
      pin: async (name) => {
        await this.view(`design/${name}`);
        await this.#stage(name);
      },
      stage: (name, steps) => {
        const staged = this.#staged.get(name);
        if (!staged) throw transactionEnded();
        stageUndo(staged.layer, steps);
      },
    });
  }

  async view(design: string | null = null): Promise<NetworkDataView> {
    this.#refuseWhenEnded();
    const known = this.#views.get(design === null ? null : designName(design));
    // 'NAME' alone is no design.
    if (known?.view.design === design) return known.view;
    const found = design === null ? null : await findDesign(this.#pool, design);
    const open = this.#views.get(found?.name ?? null) ?? this.#open(found);
    if (this.#isEdit) await this.#stage(found?.name ?? null);
    return open.view;
  }

  /**
   * Stores all writes in one transaction of the database, or none. `also` runs within it, after all records were
   * written; what it throws undoes everything and is rethrown. It runs again, in a new transaction, after a deadlock. If the connection is lost it throws the
   * driver's error: nobody knows then whether all was stored or nothing.
   */
  async commit(also?: (client: pg.ClientBase) => Promise<void>): Promise<void> {
    this.#refuseWhenEnded();
    if (this.#ids instanceof UnstoredIds) throw rehearsalOnly();
    this.#ended = true;
    // In the same order by everybody, so that no two wait for each other: master, then the designs by name.
    const staged = [...this.#staged]
      .filter(([, { layer }]) => !layer.isEmpty)
      .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
    this.#forget();
    if (staged.length === 0 && !also) return;
    const designs = staged.flatMap(([name]) => name ?? []);
    const more = { taskId: this.#taskId, undoes: this.#undoes?.taskId, designs };
    const store = async (client: pg.ClientBase) => {
      const versions = new Map<string | null, string>();
      for (const [name, { version }] of staged) {
        const { rows } = await client.query<{ version: string }>(
          name === null
            ? 'UPDATE lrt.master SET version = version + 1 WHERE version = $1 RETURNING version'
            : "UPDATE lrt.design SET version = nextval('lrt.design_version') WHERE name = $2 AND version = $1 RETURNING version",
          name === null ? [version] : [version, name],
        );
        const raised = rows[0]?.version;
        if (raised === undefined) throw designConflict(name);
        versions.set(name, raised);
      }
      await client.query(WHILE_COPYING);
      for (const [name, { layer, version: fromVersion }] of staged) {
        if (name === null) {
          await writeMaster(client, layer);
          continue;
        }
        const version = versions.get(name) ?? '';
        await writeHistory(client, { design: name, version, fromVersion, ...more }, layer);
        await writeLayer(client, name, layer, this.#taskId);
      }
      await also?.(client);
    };
    await retryConflicts(() => inTransaction(this.#pool, store));
  }

  /** Forgets all writes; a transaction that has ended is left as it is. */
  rollback(): void {
    this.#ended = true;
    this.#forget();
  }

  savepoint(): Savepoint {
    this.#refuseWhenEnded();
    return this.#undo.savepoint();
  }

  #forget(): void {
    this.#staged.clear();
    this.#staging.clear();
    this.#views.clear();
  }

  #open(found: FoundDesign | null): OpenView {
    const name = found?.name ?? null;
    const design = name === null ? null : `design/${name}`;
    const tables = new Map<string, PostgisTable>();
    const open: OpenView = {
      view: {
        design,
        table: (tableName) => {
          let table = tables.get(tableName);
          if (!table) {
            // Streets are a table of master alone: a task reads them in each view, and an edit of master changes them.
            const definition = this.#tables.get(tableName, { streets: name === null || !this.#isEdit });
            const found = tableName === STREET ? null : open.found;
            table = this.#table(definition, { ...open, found });
            tables.set(tableName, table);
          }
          return table;
        },
      },
      found,
      committed: new Map(),
    };
    this.#views.set(name, open);
    return open;
  }

  #table(table: TableDefinition, open: OpenView): PostgisTable {
    const { found } = open;
    const design = found?.name ?? null;
    const urn = design === null ? null : `design/${design}`;
    const committed = () => {
      this.#refuseWhenEnded();
      let read = open.committed.get(table.name);
      if (!read) {
        read = new CommittedTable(new TableReader(this.#pool, table.name, design));
        open.committed.set(table.name, read);
      }
      return read;
    };
    /** Writes over a record of the view: with what `change` makes of it, or with nothing, which deletes it. */
    const write = async <Next extends NetworkRecord | undefined>(
      id: number,
      change: (record: NetworkRecord) => Next,
    ): Promise<Next> => {
      this.#refuseWhenEnded();
      this.#refuseReadOnly(design, table);
      // The version first: what is changed must be what is stored when the version is still the same.
      const { layer } = this.#staged.get(design) ?? (await this.#stage(design));
      const own = layer.table(table.name);
      const stored = own.list.get(id) ? undefined : await committed().get(id);
      this.#refuseWhenEnded();
      // Nothing waits from here on: of two changes at the same time the later one sees what the earlier one wrote.
      const record = own.list.get(id) ?? (own.hidden.has(id) ? undefined : stored);
      if (!record) throw recordNotFound(table.name, id, urn);
      const next = change(record);
      this.#undo.overwrite(own, id, next, found?.masterVersion ?? 0);
      return next;
    };
    return new PostgisTable(table, {
      committed,
      own: (other) => this.#staged.get(design)?.layer.known(other),
      insert: (record) => this.#insert(design, table, record),
      update: (id, change) =>
        write(id, (record) => {
          const changed = changedRecord(record, change, urn);
          refuseGeometry(table, changed.geometry);
          return changed;
        }),
      delete: (id) => write(id, () => undefined),
      reserveName: async (name) => {
        this.#refuseWhenEnded();
        if (!found) throw masterReadOnly(table.name);
        const reserve = this.#ids instanceof IdBlocks ? reserveName : isNameFree;
        return reserve(this.#pool, table.name, name, found);
      },
    });
  }

  /** Without a round trip, but for the first record of a design and for the first of a block of ids. */
  #insert(design: string | null, table: TableDefinition, record: NewRecord): Promise<NetworkRecord> {
    const staged = this.#undoes === undefined ? this.#staged.get(design) : undefined;
    const id = staged && !this.#ended ? this.#ids.take(table.name) : undefined;
    if (staged && id !== undefined) {
      try {
        return Promise.resolve(this.#add(staged, design, table, id, record));
      } catch (error) {
        return Promise.reject(error);
      }
    }
    // Whoever gave the properties may go on using them before this is done.
    return this.#insertLater(design, table, { ...record, properties: { ...record.properties } });
  }

  async #insertLater(
    design: string | null,
    table: TableDefinition,
    record: NewRecord,
  ): Promise<NetworkRecord> {
    this.#refuseWhenEnded();
    this.#refuseReadOnly(design, table);
    // The version first: ids that were taken before another town was loaded must not be stored with it.
    const staged = this.#staged.get(design) ?? (await this.#stage(design));
    for (;;) {
      this.#refuseWhenEnded();
      const id = this.#ids.take(table.name);
      if (id !== undefined) return this.#add(staged, design, table, id, record);
      if (this.#ids instanceof IdBlocks) await this.#ids.refill(table.name);
    }
  }

  #stage(design: string | null): Promise<Staged> {
    let staging = this.#staging.get(design);
    if (!staging) {
      staging = this.#takeVersion(design);
      this.#staging.set(design, staging);
      staging.catch(() => this.#staging.delete(design));
    }
    return staging;
  }

  /** From here on the commit is refused when anybody else commits to the design; what was read before may be older. */
  async #takeVersion(design: string | null): Promise<Staged> {
    const open = this.#views.get(design);
    const { rows } = open?.found
      ? await this.#pool.query<{ version: string }>(
          'SELECT version FROM lrt.design WHERE name = $1 AND born = $2',
          [design, open.found.born],
        )
      : await this.#pool.query<{ version: string }>('SELECT version FROM lrt.master');
    const version = rows[0]?.version;
    if (version === undefined) throw designConflict(design);
    const staged = { layer: new Layer(), version };
    if (this.#ended) return staged;
    this.#staged.set(design, staged);
    open?.committed.clear();
    return staged;
  }

  #add(
    { layer }: Staged,
    design: string | null,
    table: TableDefinition,
    id: number,
    { geometry = null, properties }: NewRecord,
  ): NetworkRecord {
    refuseGeometry(table, geometry);
    const urn = design === null ? null : `design/${design}`;
    const record = createRecord(table.name, id, urn, geometry, properties);
    this.#undo.add(layer.table(table.name), record);
    return record;
  }

  #refuseReadOnly(design: string | null, { name }: TableDefinition): void {
    if (design === null && !this.#isEdit) throw masterReadOnly(name);
    if (this.#undoes !== undefined) throw undoStandsAlone();
  }

  #refuseWhenEnded(): void {
    if (this.#ended) throw transactionEnded();
  }
}
