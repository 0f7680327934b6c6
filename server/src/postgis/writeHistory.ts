import type pg from 'pg';
import { builtRanges } from '../../../backend/network/builtRanges.ts';
import type { Layer } from '../../../backend/network/layers.ts';
import { MAX_IMAGES, MAX_SETS } from '../../../backend/network/undo/changeSets.ts';
import { sqlTable } from '../database/sqlTables.ts';

const BATCH = 10_000;

export interface CommitOfDesign {
  /** Its name, without 'design/'. */
  design: string;
  version: string;
  fromVersion: string;
  taskId: string | undefined;
  undoes: string | undefined;
  /** All designs that the commit writes to. */
  designs: readonly string[];
}

/**
 * Notes, within the client's transaction and before anything of it is written, what it takes to undo a commit. It drops what a
 * design need not keep: see MAX_SETS and MAX_IMAGES. A commit that is too large by itself is not noted, and none before it is kept.
 */
export async function writeHistory(
  client: pg.ClientBase,
  { design, version, fromVersion, taskId, undoes, designs }: CommitOfDesign,
  layer: Layer,
): Promise<void> {
  const touched = Array.from(layer.entries(), ([table, { hidden, exact }]) => ({
    table,
    ids: [...new Set([...hidden.keys(), ...exact.keys()])],
  }));
  const images = touched.reduce((sum, { ids }) => sum + ids.length, 0);
  if (images > MAX_IMAGES) return forgetUpTo(client, design, version);
  await client.query(
    `INSERT INTO lrt.change_set (design, version, from_version, task_id, undoes, designs) VALUES ($1, $2, $3, $4, $5, $6)`,
    [design, version, fromVersion, taskId ?? null, undoes ?? null, designs],
  );
  const ranges = builtRanges(layer, design);
  for (let from = 0; from < ranges.length; from += BATCH) {
    const batch = ranges.slice(from, from + BATCH);
    await client.query(
      `INSERT INTO lrt.change_set_range (design, version, feature_table, first_id, last_id)
       SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[], $5::bigint[])`,
      [
        design,
        version,
        batch.map(({ table }) => table),
        batch.map(({ firstId }) => firstId),
        batch.map(({ lastId }) => lastId),
      ],
    );
  }
  for (const { table, ids } of touched) {
    for (let from = 0; from < ids.length; from += BATCH) {
      await client.query(
        `INSERT INTO lrt.before_image (design, version, feature_table, id, geometry, properties, master_version)
         SELECT $1, $2, $3, wanted.id, coalesce(own.geometry, change.geometry),
           coalesce(own.properties, change.properties), change.master_version
         FROM unnest($4::bigint[]) AS wanted (id)
         LEFT JOIN ${sqlTable(table)} AS own ON own.id = wanted.id AND own.design = $1
         LEFT JOIN lrt.change ON change.feature_table = $3 AND change.design = $1 AND change.id = wanted.id`,
        [design, version, table, ids.slice(from, from + BATCH)],
      );
    }
  }
  await forgetOldest(client, design, images > 0);
}

async function forgetOldest(client: pg.ClientBase, design: string, hasImages: boolean): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    'SELECT version FROM lrt.change_set WHERE design = $1 ORDER BY version DESC OFFSET $2 LIMIT 1',
    [design, MAX_SETS],
  );
  if (rows[0]) await forgetUpTo(client, design, rows[0].version);
  if (!hasImages) return;
  const { rows: large } = await client.query<{ version: string | null }>(
    `SELECT max(version) AS version FROM (
       SELECT version, sum(count(*)) OVER (ORDER BY version DESC) AS images
       FROM lrt.before_image WHERE design = $1 GROUP BY version
     ) AS summed WHERE images > $2`,
    [design, MAX_IMAGES],
  );
  const version = large[0]?.version;
  if (typeof version === 'string') await forgetUpTo(client, design, version);
}

async function forgetUpTo(client: pg.ClientBase, design: string, version: string): Promise<void> {
  for (const table of ['change_set', 'change_set_range', 'before_image']) {
    await client.query(`DELETE FROM lrt.${table} WHERE design = $1 AND version <= $2`, [design, version]);
  }
}
