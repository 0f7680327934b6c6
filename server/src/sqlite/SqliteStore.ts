import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Savepoint } from '../../../backend/common/Store.ts';
import type { JournaledLine, TaskJournal, TaskRecord } from '../../../backend/embedded/TaskJournal.ts';
import { MemoryStore, type MemoryStoreOptions } from '../../../backend/network/MemoryStore.ts';
import type { MemoryTransaction } from '../../../backend/network/MemoryTransaction.ts';
import {
  type DesignInfo,
  type NetworkDataView,
  type NetworkStore,
  type NetworkStoreTransaction,
  type NetworkWork,
  networkWork,
} from '../../../backend/network/NetworkStore.ts';
import type { NetworkChange } from '../../../backend/network/networkChanges.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import { isTownSource, sourceOfTown, type TownSource } from '../../../backend/network/TownSource.ts';
import type { TableDraft } from '../../../backend/network/tables.ts';
import type { UndoneRun, UndoOptions } from '../../../backend/network/undo/undoTypes.ts';
import { NetworkRows } from './NetworkRows.ts';
import { inTransaction, openDatabase } from './openDatabase.ts';
import { MOVE_AWAY, writeFailure } from './sqliteErrors.ts';
import { TaskLines } from './TaskLines.ts';
import { taskRecord } from './taskRecord.ts';

export interface SqliteStoreOptions {
  file: string;
  /** Asked for where the file is new; without it a new network is empty. */
  town?: () => Promise<TownData | TownSource>;
  /** The author's own, of `defineTables`. The records of other tables stay in the file. */
  tables?: readonly TableDraft[];
}

const EMPTY: TownSource = { designs: [], async *read() {} };

/**
 * Designs, network, tasks and secrets of one server in one file. Reads come from memory; a commit goes to the file
 * first, in one transaction with the record of its task, and to memory only when it is there.
 *
 * Nothing else in the process may open the file: when it closes it, POSIX lets go of SQLite's lock too.
 */
export class SqliteStore {
  readonly store: NetworkStore;
  /** For the engine that runs on `store`, and no other. */
  readonly journal: TaskJournal<NetworkWork>;
  readonly #file: string;
  readonly #database: DatabaseSync;

  private constructor(file: string, database: DatabaseSync, tables: readonly TableDraft[] | undefined) {
    this.#file = file;
    this.#database = database;
    const rows = new NetworkRows(database);
    const write = (work: () => void) => this.#write(work);
    const memory = readNetwork(file, rows, {
      ...(tables && { tables }),
      keep: (changes) => write(() => rows.write(changes)),
    });

    const saving = database.prepare(
      'INSERT INTO task VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
    );
    const removing = database.prepare('DELETE FROM task WHERE id = ?');
    const lines = new TaskLines(database);
    const save = (record: TaskRecord) => saving.run(record.task.id, JSON.stringify(record));

    const commit = (transaction: MemoryTransaction, record?: TaskRecord) =>
      transaction.commit((changes: NetworkChange[]) =>
        write(() => {
          rows.write(changes);
          if (record) save(record);
        }),
      );
    this.store = {
      tables: memory.tables,
      begin: (run) => new SqliteTransaction(memory.begin(run), commit),
      rehearse: () => memory.rehearse(),
      watchDesigns: (listener) => memory.watchDesigns(listener),
      edit: (work) => memory.edit(work),
      designs: () => memory.designs(),
      createDesign: (design) => memory.createDesign(design),
      postDesign: (name, how) => memory.postDesign(name, how),
      dropDesign: (name) => memory.dropDesign(name),
      features: (query) => memory.features(query),
      records: (query) => memory.records(query),
      snapshot: (options) => memory.snapshot(options),
    };
    this.journal = {
      load: async () => readTasks(file, database),
      save: async (record) => write(() => save(record)),
      async remove(id) {
        write(() => {
          removing.run(id);
          lines.remove(id);
          rows.forgetTask(id);
        });
        memory.forgetTask(id);
      },
      lines: {
        load: async () => readLines(file, lines),
        write: async (added, forgotten) => write(() => lines.write(added, forgotten)),
      },
      async commit(transaction, record) {
        if (!(transaction instanceof SqliteTransaction)) {
          throw new TypeError('SqliteStore: the transaction is of another store than the journal');
        }
        await transaction.commit(record);
      },
    };
  }

  /** Rejects with an Error that names the file and the fix; then it is as it was. */
  static async open({ file, town, tables }: SqliteStoreOptions): Promise<SqliteStore> {
    const database = await openDatabase(file, async (opened) => {
      const given = (await town?.()) ?? EMPTY;
      await new NetworkRows(opened).writeTown(isTownSource(given) ? given : sourceOfTown(given));
    });
    try {
      return new SqliteStore(file, database, tables);
    } catch (error) {
      database.close();
      throw error instanceof Error && 'errcode' in error
        ? damaged(file, 'its tables are not as they should be', error)
        : error;
    }
  }

  /** A random text of 43 characters (256 bits), made when it is first asked for and the same ever after. */
  secret(name: string): string {
    const known = this.#database.prepare('SELECT value FROM secret WHERE name = ?').get(name);
    if (known) return String(known.value);
    const made = randomBytes(32).toString('base64url');
    this.#write(() => this.#database.prepare('INSERT INTO secret VALUES (?, ?)').run(name, made));
    return made;
  }

  /** Closes the file; the engine must be closed before. Another server may use the file then. */
  close(): void {
    this.#database.close();
  }

  #write(work: () => void): void {
    try {
      inTransaction(this.#database, work);
    } catch (error) {
      throw writeFailure(this.#file, error);
    }
  }
}

class SqliteTransaction implements NetworkStoreTransaction {
  readonly work = networkWork(this);
  readonly #memory: MemoryTransaction;
  readonly #commit: (transaction: MemoryTransaction, record?: TaskRecord) => Promise<void>;

  constructor(
    memory: MemoryTransaction,
    commit: (transaction: MemoryTransaction, record?: TaskRecord) => Promise<void>,
  ) {
    this.#memory = memory;
    this.#commit = commit;
  }

  view(design?: string | null): Promise<NetworkDataView> {
    return this.#memory.view(design);
  }

  designs(): Promise<DesignInfo[]> {
    return this.#memory.designs();
  }

  undo(taskId: string, options?: UndoOptions): Promise<UndoneRun> {
    return this.#memory.undo(taskId, options);
  }

  commit(record?: TaskRecord): Promise<void> {
    return this.#commit(this.#memory, record);
  }

  rollback(): void {
    this.#memory.rollback();
  }

  savepoint(): Savepoint {
    return this.#memory.savepoint();
  }
}

function readNetwork(file: string, rows: NetworkRows, options: MemoryStoreOptions): MemoryStore {
  try {
    return MemoryStore.fromState(rows.read(), options);
  } catch (error) {
    throw damaged(file, 'the network in it cannot be read', error);
  }
}

function readTasks(file: string, database: DatabaseSync): TaskRecord[] {
  try {
    const rows = database.prepare('SELECT record FROM task').all();
    return rows.map(({ record }) => taskRecord.parse(JSON.parse(String(record))));
  } catch (error) {
    throw damaged(file, 'a task in it cannot be read', error);
  }
}

function readLines(file: string, lines: TaskLines): JournaledLine[] {
  try {
    return lines.read();
  } catch (error) {
    throw damaged(file, 'the log of a task in it cannot be read', error);
  }
}

function damaged(file: string, what: string, cause: unknown): Error {
  return new Error(`${file} is damaged, ${what}: ${MOVE_AWAY}`, { cause });
}
