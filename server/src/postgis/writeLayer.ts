import type pg from 'pg';
import { builtRanges } from '../../../backend/network/builtRanges.ts';
import type { Layer } from '../../../backend/network/layers.ts';
import type { LayerState } from '../../../backend/network/undo/undoTypes.ts';
import { sqlTable } from '../database/sqlTables.ts';
import { copyChanges, copyRecords } from './copyRecords.ts';

const BATCH = 10_000;

/**
 * Stores what a transaction wrote to a design, within the client's transaction. It copies the inserted records into the
 * tables. It removes the changed and the deleted ones, and copies the changed ones again: the design's own records into
 * the tables, its versions of master's records into `lrt.change`. `design`: its name, without 'design/'. With `taskId` it notes
 * which records the task has inserted.
 */
export async function writeLayer(
  client: pg.ClientBase,
  design: string,
  layer: Layer,
  taskId?: string,
): Promise<void> {
  if (taskId !== undefined) await noteBuilt(client, design, layer, taskId);
  for (const [table, { list, hidden, exact }] of layer.entries()) {
    if (exact.size > 0) {
      await writeExact(client, design, table, exact);
      continue;
    }
    if (hidden.size === 0) {
      await copyRecords(client, table, list.rows);
      continue;
    }
    const ids = [...hidden.keys()];
    const { rows } = await client.query<{ id: string }>(
      `DELETE FROM ${sqlTable(table)} WHERE id = ANY($1::bigint[]) AND design = $2 RETURNING id`,
      [ids, design],
    );
    const own = new Set(rows.map(({ id }) => Number(id)));
    const ofMaster = ids.filter((id) => !own.has(id));
    const { rows: before } = await client.query<{ id: string; master_version: string }>(
      `DELETE FROM lrt.change WHERE feature_table = $1 AND design = $2 AND id = ANY($3::bigint[])
       RETURNING id, master_version`,
      [table, design, ofMaster],
    );
    // The design keeps the version that it changed first.
    const first = new Map(before.map((row) => [Number(row.id), Number(row.master_version)]));
    await copyChanges(
      client,
      table,
      design,
      ofMaster.map((id) => ({
        id,
        masterVersion: first.get(id) ?? hidden.get(id) ?? 0,
        record: list.get(id),
      })),
    );
    const masters = new Set(ofMaster);
    await copyRecords(
      client,
      table,
      list.rows.filter(({ id }) => !masters.has(id)),
    );
  }
}

/** Writes records as they are to be, whatever the design has of them now: the way back of an undo. */
async function writeExact(
  client: pg.ClientBase,
  design: string,
  table: string,
  exact: ReadonlyMap<number, LayerState>,
): Promise<void> {
  const ids = [...exact.keys()];
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    await client.query(`DELETE FROM ${sqlTable(table)} WHERE id = ANY($1::bigint[]) AND design = $2`, [
      batch,
      design,
    ]);
    await client.query(
      'DELETE FROM lrt.change WHERE feature_table = $1 AND design = $2 AND id = ANY($3::bigint[])',
      [table, design, batch],
    );
  }
  const states = [...exact];
  await copyRecords(
    client,
    table,
    states.flatMap(([, { record, hidden }]) => (record && hidden === undefined ? [record] : [])),
  );
  await copyChanges(
    client,
    table,
    design,
    states.flatMap(([id, { record, hidden }]) =>
      hidden === undefined ? [] : [{ id, masterVersion: hidden, record }],
    ),
  );
}

/** One row says it of thousands of records, because a transaction takes ids in blocks. */
async function noteBuilt(client: pg.ClientBase, design: string, layer: Layer, taskId: string): Promise<void> {
  const ranges = builtRanges(layer, design);
  for (let from = 0; from < ranges.length; from += BATCH) {
    const batch = ranges.slice(from, from + BATCH);
    await client.query(
      `INSERT INTO lrt.built (task_id, design, feature_table, first_id, last_id)
       SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[], $5::bigint[])`,
      [
        taskId,
        design,
        batch.map(({ table }) => table),
        batch.map(({ firstId }) => firstId),
        batch.map(({ lastId }) => lastId),
      ],
    );
  }
}

/** Stores what an edit wrote to master, and notes what it changed and deleted. It has raised the version of master before. */
export async function writeMaster(client: pg.ClientBase, layer: Layer): Promise<void> {
  for (const [table, { list, hidden }] of layer.entries()) {
    const ids = [...hidden.keys()];
    // Each statement is over soon, however many records there are.
    for (let from = 0; from < ids.length; from += BATCH) {
      const batch = ids.slice(from, from + BATCH);
      await client.query(`DELETE FROM ${sqlTable(table)} WHERE id = ANY($1::bigint[]) AND design IS NULL`, [
        batch,
      ]);
      await client.query(
        `INSERT INTO lrt.master_change (feature_table, id, version)
         SELECT $1, changed.id, master.version FROM unnest($2::bigint[]) AS changed (id), lrt.master
         ON CONFLICT (feature_table, id) DO UPDATE SET version = excluded.version`,
        [table, batch],
      );
    }
    await copyRecords(client, table, list.rows);
  }
}
