import type pg from 'pg';
import { designConflict } from '../../../backend/network/storeRefusals.ts';
import { sqlTable } from '../database/sqlTables.ts';
import type { FoundDesign } from './designs.ts';

// Reserves names for PostgisTransaction, so that tasks in two designs, on any two machines, never give the same name.

/**
 * Reserves a name of the table for the design; see NetworkTable.reserveName. The reservation is stored at once, by a
 * statement of its own: a task that runs in another design must see it before this one commits.
 */
export async function reserveName(
  pool: pg.Pool,
  table: string,
  name: string,
  { name: design, born }: FoundDesign,
): Promise<boolean> {
  const { rows } = await pool.query<{ free: boolean }>(
    `WITH reserved AS (
       INSERT INTO lrt.reserved_name AS known (feature_table, name, design)
       SELECT $1, $2, name FROM lrt.design WHERE name = $3 AND born = $4 FOR KEY SHARE
       ON CONFLICT (feature_table, name) DO UPDATE SET design = known.design
       RETURNING known.design
     )
     SELECT reserved.design = $3 AND ${isUnused(table)} AS free FROM reserved`,
    [table, name, design, born],
  );
  // The design was posted or dropped meanwhile.
  if (!rows[0]) throw designConflict(design);
  return rows[0].free;
}

/** As `reserveName`, for a rehearsal: it reserves nothing. */
export async function isNameFree(
  pool: pg.Pool,
  table: string,
  name: string,
  { name: design, born }: FoundDesign,
): Promise<boolean> {
  const { rows } = await pool.query<{ free: boolean }>(
    `SELECT ${isUnused(table)} AND NOT EXISTS (
         SELECT FROM lrt.reserved_name WHERE feature_table = $1 AND name = $2 AND design <> $3
       ) AS free
     FROM lrt.design WHERE name = $3 AND born = $4`,
    [table, name, design, born],
  );
  if (!rows[0]) throw designConflict(design);
  return rows[0].free;
}

/** True where no committed record of master or of another design has the name. $1: the table, $2: the name, $3: the design. */
function isUnused(table: string): string {
  return `NOT EXISTS (
         SELECT FROM ${sqlTable(table)}
         WHERE left(properties ->> 'name', 200) = left($2, 200) AND properties -> 'name' = to_jsonb($2::text)
           AND design IS DISTINCT FROM $3
       )
       AND NOT EXISTS (
         SELECT FROM lrt.change
         WHERE feature_table = $1 AND design <> $3 AND properties -> 'name' = to_jsonb($2::text)
       )`;
}
