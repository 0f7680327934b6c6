import type pg from 'pg';
import { STREET, TABLES, type TableDefinition } from '../../../backend/network/tables.ts';

/** The tables that ship, which migrations make; an author's own are in a schema apart, so that no name can collide. */
const SHIPPED: ReadonlySet<string> = new Set([...TABLES, STREET]);
const OWN_SCHEMA = 'lrt_own';

/** The SQL name of a table of the network. `defineTables` has checked that it needs no escaping. */
export function sqlTable(name: string): string {
  return SHIPPED.has(name) ? `lrt.${name}` : `${OWN_SCHEMA}."${name}"`;
}

/** The SQL name of the sequence that gives a table's ids. */
export function idSequence(name: string): string {
  return SHIPPED.has(name) ? `lrt.${name}_id` : `${OWN_SCHEMA}."${name}.id"`;
}

/** The SQL names of all of an author's own tables that the database has, those of earlier definitions included. */
export async function ownTables(client: pg.ClientBase): Promise<string[]> {
  return (await ownTableNames(client)).map(sqlTable);
}

/** As `ownTables`, but the names by which the network knows them. */
export async function ownTableNames(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
    [OWN_SCHEMA],
  );
  return rows.map(({ name }) => name);
}

/** Names what the database lacks of the tables: 'table inspection', 'index inspection.pole'. It only reads. */
export async function missingTables(
  client: pg.ClientBase,
  tables: readonly TableDefinition[],
): Promise<string[]> {
  const wanted = tables.flatMap(({ name, indexed }) => [
    { what: `table ${name}`, relation: name },
    ...indexed.map((property) => ({
      what: `index ${name}.${property}`,
      relation: `${name}.p.${property}`,
    })),
  ]);
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = ANY($2)`,
    [OWN_SCHEMA, wanted.map(({ relation }) => relation)],
  );
  const found = new Set(rows.map(({ name }) => name));
  return wanted.filter(({ relation }) => !found.has(relation)).map(({ what }) => what);
}

/**
 * Makes a schema where it is not there. CREATE SCHEMA IF NOT EXISTS needs the privilege to create schemas even where it
 * is there, which an operator who made it for us may not want to give.
 */
export async function createSchema(client: pg.ClientBase, name: string): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS there',
    [name],
  );
  if (!rows[0]?.there) await client.query(`CREATE SCHEMA ${name}`);
}

/**
 * Makes what the database lacks of the tables, and names it. Nothing is ever dropped: what was stored in a table that is
 * not defined any more stays there. Call it in a transaction, under the lock of migrations.
 */
export async function createTables(
  client: pg.ClientBase,
  tables: readonly TableDefinition[],
): Promise<string[]> {
  const missing = await missingTables(client, tables);
  if (missing.length === 0) return [];
  await createSchema(client, OWN_SCHEMA);
  for (const { name, indexed } of tables) {
    const table = sqlTable(name);
    // In the manner of migrations/0001_network.sql.
    await client.query(`
      CREATE TABLE IF NOT EXISTS ${table} (
        id bigint PRIMARY KEY,
        design text COLLATE "C",
        geometry geometry(Geometry, 4326),
        properties jsonb NOT NULL
      );
      CREATE SEQUENCE IF NOT EXISTS ${idSequence(name)} OWNED BY ${table}.id;
      CREATE INDEX IF NOT EXISTS "${name}.master" ON ${table} (id) WHERE design IS NULL;
      CREATE INDEX IF NOT EXISTS "${name}.design" ON ${table} (design, id) WHERE design IS NOT NULL;
      CREATE INDEX IF NOT EXISTS "${name}.geometry" ON ${table} USING gist (geometry) WHERE geometry IS NOT NULL;`);
    for (const property of indexed) {
      await client.query(
        `CREATE INDEX IF NOT EXISTS "${name}.p.${property}" ON ${table} (left(properties ->> '${property}', 200))`,
      );
    }
  }
  return missing;
}
