import type pg from 'pg';
import { createRecord, type MapRecord } from '../../../backend/network/layers.ts';
import type { FeatureTable } from '../../../backend/network/NetworkStore.ts';
import { decodeEwkb } from './ewkb.ts';

/** id, design's name, geometry in EWKB, properties. */
type Row = [id: string, design: string | null, geometry: string | null, properties: Record<string, unknown>];

export interface RecordQuery<T extends FeatureTable> {
  table: T;
  /** Name of the design over master, without 'design/'; null: master alone. */
  design: string | null;
  /** SQL without values: they are `$1`, `$2`, ... of `values`. */
  where?: string;
  values?: readonly unknown[];
  limit?: number;
}

/** Committed records in order of id, in one statement. */
export async function readRecords<T extends FeatureTable>(
  pool: pg.Pool,
  query: RecordQuery<T>,
): Promise<MapRecord<T>[]> {
  if (query.limit !== undefined && query.limit <= 0) return [];
  const { rows } = await pool.query<Row>({ ...recordsSql(query), rowMode: 'array' });
  return rows.map(([id, design, geometry, properties]) =>
    createRecord(
      query.table,
      Number(id),
      design === null ? null : `design/${design}`,
      geometry === null ? null : decodeEwkb(geometry),
      properties,
    ),
  );
}

/**
 * Master's part and the design's come each from its own index, in order of id. Names of tables are of our own list;
 * all else is a parameter.
 */
export function recordsSql({
  table,
  design,
  where = 'true',
  values = [],
  limit = Number.POSITIVE_INFINITY,
}: RecordQuery<FeatureTable>): { text: string; values: unknown[] } {
  const parameters = [...values];
  const cut = Number.isFinite(limit) ? ` ORDER BY id LIMIT $${parameters.push(limit)}` : '';
  const part = (scope: string) =>
    `SELECT id, design, geometry, properties FROM lrt.${table} WHERE ${scope} AND ${where}${cut}`;
  const master = part('design IS NULL');
  if (design === null) return { text: cut ? master : `${master} ORDER BY id`, values: parameters };
  const own = part(`design = $${parameters.push(design)}`);
  return { text: `(${master}) UNION ALL (${own})${cut || ' ORDER BY id'}`, values: parameters };
}
