import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { PACKAGE_FOLDER } from '../config/packageFolder.ts';
import { explainMigrationFailure } from './explainMigrationFailure.ts';

const MIGRATIONS = fileURLToPath(new URL('migrations', PACKAGE_FOLDER));
const SCHEMA = 'lrt';
const TABLE = 'migration';
/** Nothing is printed: who calls says what was done. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Brings the database to the state this server needs, in one transaction, and gives the names of the migrations that
 * were applied. Safe when several processes start at once: one does it, the others wait for it. Rejects with an Error
 * that says what to install or run where PostGIS is missing or the role may not create things.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  // Loaded here, so that only who migrates pays for it.
  const { runner } = await import('node-pg-migrate');
  return withClient(databaseUrl, async (dbClient) => {
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
    }).catch((error: unknown) => {
      throw explainMigrationFailure(error);
    });
    return applied.map(({ name }) => name);
  });
}

/** Names of the migrations that the database lacks, in order; reads only. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).sort();
  const names = files.map((file) => file.slice(0, -'.sql'.length));
  const applied = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      `SELECT to_regclass('${SCHEMA}.${TABLE}') IS NOT NULL AS found`,
    );
    if (!rows[0]?.found) return [];
    return (await client.query<{ name: string }>(`SELECT name FROM ${SCHEMA}.${TABLE}`)).rows;
  });
  const done = new Set(applied.map(({ name }) => name));
  return names.filter((name) => !done.has(name));
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
