import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TableDefinition } from '../../../backend/network/tables.ts';
import { PACKAGE_FOLDER } from '../config/packageFolder.ts';
import { explainMigrationFailure } from './explainMigrationFailure.ts';
import { createTables, missingTables } from './sqlTables.ts';

// Brings the database to the state that this server needs: the migrations (migrations/*.sql), each once, the functions
// that move the rows of tasks (sql/tasks.sql), again whenever that file has changed, and an author's own tables.

const MIGRATIONS = fileURLToPath(new URL('migrations', PACKAGE_FOLDER));
const FUNCTIONS = fileURLToPath(new URL('sql/tasks.sql', PACKAGE_FOLDER));
/** The name of the functions among those of the migrations. */
const FUNCTIONS_NAME = 'sql/tasks';
const SCHEMA = 'lrt';
const TABLE = 'migration';
/** The runner prints nothing: the caller says what was done. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Brings the database up to date and resolves with the names of what was applied, and of what was made for an author's
 * own `tables` ('table inspection', 'index inspection.pole'). Safe when several processes start at
 * once: one does it, the others wait for it. Rejects with an Error that says what to install or run where PostGIS is
 * missing or the role may not create things.
 *
 * @example
 * const applied = await migrate('postgres://lrt@db/lrt'); // ['0003_items', 'sql/tasks']
 */
export async function migrate(
  databaseUrl: string,
  tables: readonly TableDefinition[] = [],
): Promise<string[]> {
  // Loaded here, so that only a process that migrates pays for it.
  const { runner } = await import('node-pg-migrate');
  return withClient(databaseUrl, async (dbClient) => {
    // Held until the connection ends: the migrations and the functions are one step to everybody else.
    await dbClient.query(`SELECT pg_advisory_lock(hashtext('${SCHEMA}.migrate'))`);
    try {
      const applied = await runner({
        dbClient,
        dir: MIGRATIONS,
        direction: 'up',
        migrationsSchema: SCHEMA,
        createMigrationsSchema: true,
        migrationsTable: TABLE,
        singleTransaction: true,
        advisoryLockMode: 'wait',
        logger: silent,
      });
      const names = applied.map(({ name }) => name);
      if (await applyFunctions(dbClient)) names.push(FUNCTIONS_NAME);
      return [...names, ...(await makeTables(dbClient, tables))];
    } catch (error) {
      throw explainMigrationFailure(error);
    }
  });
}

async function makeTables(client: pg.Client, tables: readonly TableDefinition[]): Promise<string[]> {
  await client.query('BEGIN');
  const made = await createTables(client, tables);
  await client.query('COMMIT');
  return made;
}

/** Names of what the database lacks, that of `tables` included, in the order in which it is applied. Reads only. */
export async function pendingMigrations(
  databaseUrl: string,
  tables: readonly TableDefinition[] = [],
): Promise<string[]> {
  const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).sort();
  const names = files.map((file) => file.slice(0, -'.sql'.length));
  const { version } = await readFunctions();
  const { applied, functions, missing } = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      `SELECT to_regclass('${SCHEMA}.${TABLE}') IS NOT NULL AS found`,
    );
    const missing = await missingTables(client, tables);
    if (!rows[0]?.found) return { applied: [], functions: undefined, missing };
    const { rows: found } = await client.query<{ name: string }>(`SELECT name FROM ${SCHEMA}.${TABLE}`);
    return { applied: found, functions: await appliedFunctions(client), missing };
  });
  const done = new Set(applied.map(({ name }) => name));
  const pending = names.filter((name) => !done.has(name));
  if (functions !== version) pending.push(FUNCTIONS_NAME);
  return [...pending, ...missing];
}

/** False where the database has these functions already. */
async function applyFunctions(client: pg.Client): Promise<boolean> {
  const { sql, version } = await readFunctions();
  if ((await appliedFunctions(client)) === version) return false;
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(`COMMENT ON FUNCTION ${SCHEMA}.end_tasks(json) IS '${version}'`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return true;
}

/** Reads the version of the functions that the database has. It is noted as the comment of one of them. */
async function appliedFunctions(client: pg.Client): Promise<string | null | undefined> {
  const { rows } = await client.query<{ version: string | null }>(
    `SELECT obj_description(to_regprocedure('${SCHEMA}.end_tasks(json)'), 'pg_proc') AS version`,
  );
  return rows[0]?.version;
}

async function readFunctions(): Promise<{ sql: string; version: string }> {
  const sql = await readFile(FUNCTIONS, 'utf8');
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
