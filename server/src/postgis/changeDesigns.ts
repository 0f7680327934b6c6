import type pg from 'pg';
import { checkNewDesign } from '../../../backend/network/designNames.ts';
import type { DesignInfo, PostDesignOptions, PostedDesign } from '../../../backend/network/NetworkStore.ts';
import { designExists, designNotFound, postConflict } from '../../../backend/network/storeRefusals.ts';
import { TABLES } from '../../../backend/network/tables.ts';
import { retryConflicts } from '../common/retryConflicts.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { ownTableNames, sqlTable } from '../database/sqlTables.ts';
import { designNames } from './designs.ts';
import { encodeEwkb } from './ewkb.ts';

// Makes, posts and drops designs for PostgisStore. Each takes its locks in the order of every commit: master, then the
// design, then records. A task that commits to the design meanwhile waits, and finds the design gone.

export async function createDesign(pool: pg.Pool, design: DesignInfo): Promise<void> {
  const { name, geometry } = checkNewDesign(design, await designNames(pool));
  const { rowCount } = await pool.query(
    'INSERT INTO lrt.design (name, geometry) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
    [name, encodeEwkb(geometry)],
  );
  if (rowCount !== 1) throw designExists(name);
}

export function dropDesign(pool: pg.Pool, name: string): Promise<void> {
  return changeDesigns(pool, async (client) => {
    await takeDesign(client, name);
    for (const table of await allTables(client)) {
      await client.query(`DELETE FROM ${sqlTable(table)} WHERE design = $1`, [name]);
    }
    await forgetDesign(client, name);
  });
}

export function postDesign(
  pool: pg.Pool,
  name: string,
  { prefer }: PostDesignOptions = {},
): Promise<PostedDesign> {
  return changeDesigns(pool, async (client) => {
    await client.query('UPDATE lrt.master SET version = version + 1');
    // The trigger of lrt.design notes that the design was posted, and not deleted.
    await client.query("SELECT set_config('lrt.posts', $1, true)", [name.replaceAll('\0', '')]);
    await takeDesign(client, name);
    const posted = { added: 0, changed: 0, deleted: 0 };
    const tables = await allTables(client);
    const conflicts: string[] = [];
    for (const table of tables) {
      const ids = await dropConflicts(client, table, name, prefer);
      conflicts.push(...ids.map((id) => `${table}/${id}`));
    }
    if (conflicts.length > 0 && prefer === undefined) throw postConflict(name, conflicts);
    for (const table of tables) {
      const { rows } = await client.query<{ changed: string; deleted: string }>(
        `SELECT count(properties) AS changed, count(*) - count(properties) AS deleted
         FROM lrt.change WHERE feature_table = $1 AND design = $2`,
        [table, name],
      );
      posted.changed += Number(rows[0]?.changed);
      posted.deleted += Number(rows[0]?.deleted);
      posted.added += await moveToMaster(client, table, name);
    }
    await forgetDesign(client, name);
    return posted;
  });
}

function changeDesigns<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  return retryConflicts(() => inTransaction(pool, work));
}

/** Takes the design away, and with it its name from every task that commits later. Rejects with 'design-not-found'. */
async function takeDesign(client: pg.ClientBase, name: string): Promise<void> {
  if (!name.includes('\0')) {
    const { rowCount } = await client.query('DELETE FROM lrt.design WHERE name = $1', [name]);
    if (rowCount === 1) return;
  }
  throw designNotFound(`design/${name}`, await designNames(client));
}

async function forgetDesign(client: pg.ClientBase, name: string): Promise<void> {
  await client.query('DELETE FROM lrt.change WHERE design = $1', [name]);
  await client.query('DELETE FROM lrt.reserved_name WHERE design = $1', [name]);
}

/** Also those that are not defined any more: what a design has there goes with it. */
async function allTables(client: pg.ClientBase): Promise<string[]> {
  return [...TABLES, ...(await ownTableNames(client))];
}

/**
 * Gives the ids of the records that master has changed or deleted since the design changed them, in order. Forgets the
 * design's changes of them where master's are to stay, and its deletions of what master has deleted too.
 */
async function dropConflicts(
  client: pg.ClientBase,
  table: string,
  design: string,
  prefer: PostDesignOptions['prefer'],
): Promise<string[]> {
  await client.query(
    `DELETE FROM lrt.change AS change WHERE feature_table = $1 AND design = $2 AND properties IS NULL
       AND NOT EXISTS (SELECT FROM ${sqlTable(table)} AS record WHERE record.id = change.id AND record.design IS NULL)`,
    [table, design],
  );
  const conflict = `FROM lrt.change AS change WHERE feature_table = $1 AND design = $2 AND EXISTS (
      SELECT FROM lrt.master_change AS newer
      WHERE newer.feature_table = $1 AND newer.id = change.id AND newer.version > change.master_version)`;
  const { rows } = await client.query<{ id: string }>(`SELECT id ${conflict} ORDER BY id`, [table, design]);
  if (prefer === 'master' && rows.length > 0) await client.query(`DELETE ${conflict}`, [table, design]);
  return rows.map(({ id }) => id);
}

/** Gives the number of records that the design added. */
async function moveToMaster(client: pg.ClientBase, table: string, design: string): Promise<number> {
  const records = sqlTable(table);
  await client.query(
    `INSERT INTO lrt.master_change (feature_table, id, version)
     SELECT feature_table, id, master.version FROM lrt.change, lrt.master WHERE feature_table = $1 AND design = $2
     ON CONFLICT (feature_table, id) DO UPDATE SET version = excluded.version`,
    [table, design],
  );
  await client.query(
    `DELETE FROM ${records} AS record USING lrt.change AS change
     WHERE change.feature_table = $1 AND change.design = $2 AND record.id = change.id AND record.design IS NULL`,
    [table, design],
  );
  const { rowCount } = await client.query(`UPDATE ${records} SET design = NULL WHERE design = $1`, [design]);
  await client.query(
    `INSERT INTO ${records} (id, design, geometry, properties)
     SELECT id, NULL, geometry, properties FROM lrt.change
     WHERE feature_table = $1 AND design = $2 AND properties IS NOT NULL`,
    [table, design],
  );
  return rowCount ?? 0;
}
