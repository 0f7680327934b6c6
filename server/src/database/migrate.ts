import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import * as z from 'zod';
import type { TableDefinition } from '../../../backend/network/tables.ts';
import { retryConflicts } from '../common/retryConflicts.ts';
import { PACKAGE_FOLDER } from '../config/packageFolder.ts';
import { explainMigrationFailure } from './explainMigrationFailure.ts';
import {
  SCHEMA_VERSION,
  type SchemaState,
  type SchemaVersion,
  schemaState,
  tooOld,
} from './schemaVersion.ts';
import { setForTransaction } from './session.ts';
import { createSchema, createTables, missingTables } from './sqlTables.ts';

// Brings the database to the state that this server needs: the migrations (migrations/*.sql), each once, the functions
// that move the rows of tasks (sql/tasks.sql), again whenever that file has changed, and an author's own tables.

/** The name of the functions among those of the migrations. */
const FUNCTIONS_NAME = 'sql/tasks';
const SCHEMA = 'lrt';
const TABLE = 'migration';
/** A migration that waits for a lock holds up everybody who comes after it, so it gives up, and is tried again. */
const LOCK_TIMEOUT = '4s';
/** The runner prints nothing: the caller says what was done. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The part of a version of lrt-server that goes into the database. */
export interface Release {
  schema: SchemaVersion;
  /** The folder with the migrations. */
  migrations: string;
  /** The file with the functions. */
  functions: string;
}

const THIS_RELEASE: Release = {
  schema: SCHEMA_VERSION,
  migrations: fileURLToPath(new URL('migrations', PACKAGE_FOLDER)),
  functions: fileURLToPath(new URL('sql/tasks.sql', PACKAGE_FOLDER)),
};

/**
 * Brings the database up to date and resolves with the names of what was applied, and of what was made for an author's
 * own `tables` ('table inspection', 'index inspection.pole'). All of it is one transaction, so that servers of the version
 * before meet either schema and nothing between, and so that it works through a connection pooler. Safe when several
 * processes start at once: one does it, the others wait for it. A database that a later version has migrated is left as
 * it is. Rejects with an Error that says what to install or run where PostGIS is missing, where the role may not create
 * things, and where this version is too old for the database.
 *
 * @example
 * const applied = await migrate('postgres://lrt@db/lrt'); // ['0003_items', 'sql/tasks']
 */
export async function migrate(
  databaseUrl: string,
  tables: readonly TableDefinition[] = [],
  release = THIS_RELEASE,
): Promise<string[]> {
  return withClient(databaseUrl, (client) =>
    retryConflicts(async () => {
      try {
        await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
        const applied = await bringUpToDate(client, tables, release);
        await client.query('COMMIT');
        return applied;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw await explainMigrationFailure(error, client);
      }
    }),
  );
}

async function bringUpToDate(
  client: pg.Client,
  tables: readonly TableDefinition[],
  release: Release,
): Promise<string[]> {
  await setForTransaction(client);
  await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('${SCHEMA}.migrate'))`);
  await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
  await refuseEncoding(client);
  const { state, found } = await readState(client, release);
  if (state === 'incompatible' && found) throw new Error(tooOld(found, release.schema));
  // The functions of this version would take the place of later ones.
  if (state === 'newer') return createTables(client, tables);
  await createSchema(client, SCHEMA);
  // Loaded here, so that only a process that migrates pays for it.
  const { runner } = await import('node-pg-migrate');
  const applied = await runner({
    dbClient: withinTransaction(client),
    dir: release.migrations,
    direction: 'up',
    migrationsSchema: SCHEMA,
    // Made above: the runner would need the privilege to create schemas where this one is there already.
    createMigrationsSchema: false,
    migrationsTable: TABLE,
    singleTransaction: true,
    // The lock above is that of the transaction. The runner's is that of a session, which a pooler gives to others.
    noLock: true,
    logger: silent,
  });
  const names = applied.map(({ name }) => name);
  if (await applyFunctions(client, release)) names.push(FUNCTIONS_NAME);
  if (await noteVersion(client, release.schema))
    names.push(...(names.length === 0 ? [versionName(release)] : []));
  return [...names, ...(await createTables(client, tables))];
}

/** A client that is in a transaction already: the runner's own BEGIN and COMMIT would end it. */
function withinTransaction(client: pg.Client): pg.Client {
  return new Proxy(client, {
    get(target, name): unknown {
      if (name !== 'query') return Reflect.get(target, name);
      return (text: unknown, ...rest: unknown[]): unknown =>
        typeof text === 'string' && /^(BEGIN|COMMIT|ROLLBACK)$/.test(text)
          ? Promise.resolve({ rows: [] })
          : Reflect.apply(target.query, target, [text, ...rest]);
    },
  });
}

async function refuseEncoding(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ encoding: string }>(
    "SELECT current_setting('server_encoding') AS encoding",
  );
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new Error(
    `The database's encoding is ${encoding}, so names and messages in other letters cannot be stored. Make another ` +
      "one: CREATE DATABASE lrt_utf8 ENCODING 'UTF8' TEMPLATE template0, and correct --database.",
  );
}

/** The state of a database, as a server finds it before it starts. */
export interface DatabaseState {
  state: SchemaState;
  /** The noted version. Undefined: none was noted. */
  found: SchemaVersion | undefined;
  /** Names of what the database lacks, in the order in which it is applied. */
  pending: string[];
}

/** Names of what the database lacks. Rejects where a later version has migrated it, and this one is too old for it. */
export async function pendingMigrations(
  databaseUrl: string,
  tables: readonly TableDefinition[] = [],
  release = THIS_RELEASE,
): Promise<string[]> {
  const { state, found, pending } = await withClient(databaseUrl, (client) =>
    readPending(client, tables, release),
  );
  if (state === 'incompatible' && found) throw new Error(tooOld(found, release.schema));
  return pending;
}

/** Compares the database with what this server, and an author's own `tables`, need. It only reads. */
export async function readPending(
  client: pg.ClientBase,
  tables: readonly TableDefinition[] = [],
  release = THIS_RELEASE,
): Promise<DatabaseState> {
  const missing = await missingTables(client, tables);
  const { state, found } = await readState(client, release);
  if (state === 'newer' || state === 'incompatible') return { state, found, pending: missing };
  const files = (await readdir(release.migrations)).filter((file) => file.endsWith('.sql')).sort();
  const done = await appliedMigrations(client);
  const pending = files.map((file) => file.slice(0, -'.sql'.length)).filter((name) => !done.has(name));
  const { version } = await readFunctions(release);
  if ((await appliedFunctions(client)) !== version) pending.push(FUNCTIONS_NAME);
  if (state === 'older' && pending.length === 0) pending.push(versionName(release));
  return { state, found, pending: [...pending, ...missing] };
}

function versionName({ schema }: Release): string {
  return `schema ${schema.version}`;
}

const schemaRow = z.object({ version: z.number(), oldest_server: z.number() });

/** Reads the version that the database has noted. */
export async function readSchemaVersion(client: pg.ClientBase): Promise<SchemaVersion | undefined> {
  if (!(await hasTable(client, 'schema'))) return undefined;
  const { rows } = await client.query(`SELECT version, oldest_server FROM ${SCHEMA}.schema`);
  if (rows[0] === undefined) return undefined;
  const { version, oldest_server: oldestServer } = schemaRow.parse(rows[0]);
  return { version, oldestServer };
}

async function readState(client: pg.ClientBase, { schema }: Release) {
  const found = await readSchemaVersion(client);
  return { found, state: schemaState(found, schema) };
}

async function appliedMigrations(client: pg.ClientBase): Promise<Set<string>> {
  if (!(await hasTable(client, TABLE))) return new Set();
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${SCHEMA}.${TABLE}`);
  return new Set(rows.map(({ name }) => name));
}

async function hasTable(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('${SCHEMA}.${name}') IS NOT NULL AS found`,
  );
  return rows[0]?.found === true;
}

/** False where the database has this version already. */
async function noteVersion(
  client: pg.ClientBase,
  { version, oldestServer }: SchemaVersion,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO ${SCHEMA}.schema AS noted (version, oldest_server) VALUES ($1, $2)
      ON CONFLICT (is_only) DO UPDATE SET version = $1, oldest_server = $2
      WHERE (noted.version, noted.oldest_server) <> ($1, $2)`,
    [version, oldestServer],
  );
  return rowCount === 1;
}

/** False where the database has these functions already. */
async function applyFunctions(client: pg.ClientBase, release: Release): Promise<boolean> {
  const { sql, version } = await readFunctions(release);
  if ((await appliedFunctions(client)) === version) return false;
  await client.query(sql);
  await client.query(`COMMENT ON FUNCTION ${SCHEMA}.end_tasks(json) IS '${version}'`);
  return true;
}

/** Reads the version of the functions that the database has. It is noted as the comment of one of them. */
async function appliedFunctions(client: pg.ClientBase): Promise<string | null | undefined> {
  const { rows } = await client.query<{ version: string | null }>(
    `SELECT obj_description(to_regprocedure('${SCHEMA}.end_tasks(json)'), 'pg_proc') AS version`,
  );
  return rows[0]?.version;
}

async function readFunctions({ functions }: Release): Promise<{ sql: string; version: string }> {
  const sql = await readFile(functions, 'utf8');
  return { sql, version: `sha256 ${createHash('sha256').update(sql).digest('hex')}` };
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'lrt-server migrate',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that is lost rejects the query that runs; without a listener it would end the process too.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
