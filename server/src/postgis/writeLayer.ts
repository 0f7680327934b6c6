import type pg from 'pg';
import type { Layer } from '../../../backend/network/layers.ts';
import { sqlTable } from '../database/sqlTables.ts';
import { copyChanges, copyRecords } from './copyRecords.ts';

/**
 * Stores what a transaction wrote to a design, within the client's transaction. It copies the inserted records into the
 * tables. It removes the changed and the deleted ones, and copies the changed ones again: the design's own records into
 * the tables, its versions of master's records into `lrt.change`. `design`: its name, without 'design/'.
 */
export async function writeLayer(client: pg.ClientBase, design: string, layer: Layer): Promise<void> {
  for (const [table, { list, hidden }] of layer.entries()) {
    if (hidden.size === 0) {
      await copyRecords(client, table, list.rows);
      continue;
    }
    const ids = [...hidden];
    const { rows } = await client.query<{ id: string }>(
      `DELETE FROM ${sqlTable(table)} WHERE id = ANY($1::bigint[]) AND design = $2 RETURNING id`,
      [ids, design],
    );
    const own = new Set(rows.map(({ id }) => Number(id)));
    const ofMaster = ids.filter((id) => !own.has(id));
    await client.query(
      'DELETE FROM lrt.change WHERE feature_table = $1 AND design = $2 AND id = ANY($3::bigint[])',
      [table, design, ofMaster],
    );
    await copyChanges(
      client,
      table,
      design,
      ofMaster.map((id) => ({ id, record: list.get(id) })),
    );
    const masters = new Set(ofMaster);
    await copyRecords(
      client,
      table,
      list.rows.filter(({ id }) => !masters.has(id)),
    );
  }
}
