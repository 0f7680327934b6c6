import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from './loadSqlite.ts';
import { MOVE_AWAY, openFailure } from './sqliteErrors.ts';

/** 'LRTS', in the file's header. */
const APPLICATION_ID = 0x4c525453;
const FORMAT = 3;

/** The records of master that a design changes or, without properties, deletes. Since format 2. */
const CHANGE = `
  CREATE TABLE change (
    feature_table TEXT NOT NULL,
    design TEXT NOT NULL REFERENCES design,
    id INTEGER NOT NULL,
    geometry TEXT,
    properties TEXT,
    PRIMARY KEY (feature_table, design, id)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * The version of master, the records of it that were changed or deleted in which version, and the version that a design's
 * change was made on. Since format 3.
 */
const MASTER = `
  ALTER TABLE change ADD COLUMN master_version INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE master (version INTEGER NOT NULL) STRICT;
  INSERT INTO master VALUES (0);
  CREATE TABLE master_change (
    feature_table TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (feature_table, id)
  ) STRICT, WITHOUT ROWID;
`;

/** The logs of tasks. `level`: 0 info, 1 warning, 2 error. Servers that do not know the table leave it alone, so the format stays. */
const TASK_LOG = `
  CREATE TABLE IF NOT EXISTS task_log (
    task_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    level INTEGER NOT NULL,
    at TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (task_id, number)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * The records that each task has inserted, as ranges of ids, with the design that has them; null: master. Servers that do not know the
 * table leave it alone, so the format stays.
 */
const BUILT = `
  CREATE TABLE IF NOT EXISTS built (
    task_id TEXT NOT NULL,
    feature_table TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    design TEXT,
    PRIMARY KEY (task_id, feature_table, first_id)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * The commits to each design as far as they can be undone: what each inserted, and how the records that it changed and deleted were
 * before. Servers that do not know the tables leave them alone, and the versions show that commits are missing. The format stays.
 */
const HISTORY = `
  CREATE TABLE IF NOT EXISTS change_set (
    design TEXT NOT NULL,
    version INTEGER NOT NULL,
    from_version INTEGER NOT NULL,
    task_id TEXT,
    undoes TEXT,
    designs TEXT NOT NULL,
    inserted TEXT NOT NULL,
    PRIMARY KEY (design, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS before_image (
    design TEXT NOT NULL,
    version INTEGER NOT NULL,
    feature_table TEXT NOT NULL,
    id INTEGER NOT NULL,
    geometry TEXT,
    properties TEXT,
    hidden INTEGER,
    PRIMARY KEY (design, version, feature_table, id)
  ) STRICT, WITHOUT ROWID;
`;

const SCHEMA = `
  CREATE TABLE design (
    name TEXT PRIMARY KEY,
    geometry TEXT NOT NULL,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE record (
    feature_table TEXT NOT NULL,
    id INTEGER NOT NULL,
    design TEXT REFERENCES design,
    geometry TEXT,
    properties TEXT NOT NULL,
    PRIMARY KEY (feature_table, id)
  ) STRICT, WITHOUT ROWID;
  ${CHANGE}
  ${MASTER}
  CREATE TABLE last_id (feature_table TEXT PRIMARY KEY, id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE task (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  ${TASK_LOG}
  ${BUILT}
  ${HISTORY}
  CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

/**
 * Opens the file, for this process alone, and makes it where there is none; `fill` writes what a new one is to hold,
 * in the same transaction as its tables. Rejects with an Error that names the file and the fix; then it is as it was.
 */
export async function openDatabase(
  file: string,
  fill: (database: DatabaseSync) => Promise<void>,
): Promise<DatabaseSync> {
  const made = makeFile(file);
  let database: DatabaseSync | undefined;
  try {
    const { DatabaseSync } = loadSqlite();
    database = new DatabaseSync(file);
    // The first transaction takes the lock, and the process holds it until it ends, however it ends.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const isNew = read(database, 'SELECT count(*) FROM sqlite_schema') === 0;
    if (!isNew) {
      refuseForeign(database, file);
      upgrade(database);
    }
    database.exec('COMMIT');
    // With FULL a commit is on the disk when it is reported: a result that a user has seen outlives a power cut. That
    // costs one sync for each commit and each change of a task's state. WAL: one file is synced, not two.
    database.exec('PRAGMA synchronous = FULL');
    if (isNew) {
      // Nobody else has the file yet, so the transaction may take as long as a large town takes to read.
      database.exec('BEGIN IMMEDIATE');
      database.exec(SCHEMA);
      await fill(database);
      database.exec('COMMIT');
    }
    database.exec('PRAGMA journal_mode = WAL');
    return database;
  } catch (error) {
    database?.close();
    if (made) rmSync(file, { force: true });
    throw error instanceof Error && 'errcode' in error ? openFailure(file, error) : error;
  }
}

/** All that `work` writes, or nothing. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // After some failures SQLite has rolled back by itself.
    }
    throw error;
  }
}

/** True where there was none. Nobody but the server's user may read it: it holds secrets. */
function makeFile(file: string): boolean {
  if (existsSync(file)) return false;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be made (${why}): give a file in a folder that the server may write to`, {
      cause: error,
    });
  }
}

function refuseForeign(database: DatabaseSync, file: string): void {
  if (read(database, 'PRAGMA application_id') !== APPLICATION_ID) {
    throw new Error(`${file} is a database of another program: give another file, or move it away`);
  }
  const format = read(database, 'PRAGMA user_version');
  if (format !== 1 && format !== 2 && format !== FORMAT) {
    throw new Error(
      `${file} has the format ${format}, and this server reads ${FORMAT}: start the version that wrote it, or move it away and this one makes a new one`,
    );
  }
  const found = String(read(database, 'PRAGMA quick_check(1)')).replaceAll(/\s+/g, ' ');
  if (found !== 'ok') throw new Error(`${file} is damaged (${found}): ${MOVE_AWAY}`);
}

/** Brings a file of an earlier format to this one; nothing in it is changed. */
function upgrade(database: DatabaseSync): void {
  const format = read(database, 'PRAGMA user_version');
  database.exec(TASK_LOG);
  database.exec(BUILT);
  database.exec(HISTORY);
  if (format === 1) database.exec(CHANGE);
  if (format !== FORMAT) database.exec(`${MASTER} PRAGMA user_version = ${FORMAT};`);
}

/** The first column of the first row. */
function read(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}
