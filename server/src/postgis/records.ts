import type pg from 'pg';
import { createRecord, type MapRecord } from '../../../backend/network/layers.ts';
import { sqlTable } from '../database/sqlTables.ts';
import { decodeEwkb } from './ewkb.ts';

/** id, design's name, geometry in EWKB, properties. */
type Row = [id: string, design: string | null, geometry: string | null, properties: Record<string, unknown>];

export interface RecordQuery {
  table: string;
  /** Name of the design over master, without 'design/'; null: master alone. */
  design: string | null;
  /** True: only what the design has added or changed. */
  own?: boolean | undefined;
  /** The id of a task: only what it has inserted, in any design and in master. Then `design` does not count. */
  task?: string | undefined;
  /** SQL without values: they are `$1`, `$2`, ... of `values`. */
  where?: string;
  values?: readonly unknown[];
  limit?: number;
}

/** Committed records in order of id, in one statement. */
export async function readRecords(
  client: Pick<pg.ClientBase, 'query'>,
  query: RecordQuery,
): Promise<MapRecord[]> {
  if (query.limit !== undefined && query.limit <= 0) return [];
  const { rows } = await client.query<Row>({ ...recordsSql(query), rowMode: 'array' });
  return rows.map((row) => recordOf(query.table, row));
}

/** As `readRecords`, and undefined where the design is not there, which takes no second statement. */
export async function readRecordsOfDesign(
  client: Pick<pg.ClientBase, 'query'>,
  query: RecordQuery,
): Promise<MapRecord[] | undefined> {
  if (query.design === null || query.task !== undefined) return readRecords(client, query);
  const { text, values } = recordsSql(query);
  const name = `$${values.push(query.design)}`;
  const { rows } = await client.query<Row | [null, null, null, null]>({
    text: `(${text}) UNION ALL SELECT NULL, NULL, NULL, NULL WHERE NOT EXISTS (SELECT FROM lrt.design WHERE name = ${name}) ORDER BY id`,
    values,
    rowMode: 'array',
  });
  // The row without an id is the last one.
  if (rows.at(-1)?.[0] === null) return undefined;
  return rows.flatMap((row) => (row[0] === null ? [] : recordOf(query.table, row)));
}

function recordOf(table: string, [id, design, geometry, properties]: Row): MapRecord {
  return createRecord(
    table,
    Number(id),
    design === null ? null : `design/${design}`,
    geometry === null ? null : decodeEwkb(geometry),
    properties,
  );
}

export function recordsSql({
  table,
  design,
  own,
  task,
  where = 'true',
  values = [],
  limit = Number.POSITIVE_INFINITY,
}: RecordQuery): { text: string; values: unknown[] } {
  const parameters = [...values];
  const cut = Number.isFinite(limit) ? ` ORDER BY id LIMIT $${parameters.push(limit)}` : '';
  const columns = 'id, design, geometry, properties';
  const end = cut || ' ORDER BY id';
  const text =
    task === undefined
      ? viewSql({ table, design, own, columns, where, cut, end, parameters })
      : builtSql({ table, task, columns, where, end, parameters });
  return { text, values: parameters };
}

/**
 * SQL for the rows of a table in a view. Master's part, what the design adds and what it changes of master come each
 * from its own index; `cut` (an ORDER BY with its LIMIT) is in each part, `end` after the whole. Names of tables are of
 * our own list; all else is a parameter: the design's name is pushed to `parameters`.
 */
export function viewSql({
  table,
  design,
  own: isOwn = false,
  columns,
  where,
  cut,
  end,
  parameters,
}: {
  table: string;
  design: string | null;
  own?: boolean | undefined;
  columns: string;
  where: string;
  cut: string;
  end: string;
  parameters: unknown[];
}): string {
  const name = sqlTable(table);
  if (design === null) return `SELECT ${columns} FROM ${name} WHERE design IS NULL AND ${where}${end}`;
  const own = `$${parameters.push(design)}`;
  const changes = `change.feature_table = '${table}' AND change.design = ${own}`;
  const parts = [
    `(SELECT ${columns} FROM ${name} AS master WHERE design IS NULL AND ${where}
        AND NOT EXISTS (SELECT FROM lrt.change WHERE ${changes} AND change.id = master.id)${cut})`,
    `(SELECT ${columns} FROM ${name} WHERE design = ${own} AND ${where}${cut})`,
    `(SELECT ${columns} FROM lrt.change WHERE ${changes} AND change.properties IS NOT NULL AND ${where}${cut})`,
  ];
  return `${(isOwn ? parts.slice(1) : parts).join(' UNION ALL ')}${end}`;
}

/**
 * SQL for the rows of a table that a task has inserted, of master and of all designs. Ids are unique over these, so each of the
 * task's ranges is read from the table's primary key: `end` in each keeps the planner from reading the whole table in order of id.
 */
function builtSql({
  table,
  task,
  columns,
  where,
  end,
  parameters,
}: {
  table: string;
  task: string;
  columns: string;
  where: string;
  end: string;
  parameters: unknown[];
}): string {
  return `SELECT record.* FROM lrt.built CROSS JOIN LATERAL (
      SELECT ${columns} FROM ${sqlTable(table)} WHERE id BETWEEN built.first_id AND built.last_id AND ${where}${end}
    ) AS record
    WHERE built.task_id = $${parameters.push(task)} AND built.feature_table = '${table}'${end}`;
}
