import type pg from 'pg';
import { createRecord } from '../../../backend/network/layers.ts';
import {
  type ChangeSetHead,
  type DesignHistory,
  MAX_REFERRERS,
  type Referrer,
  type TouchedRecord,
} from '../../../backend/network/undo/DesignHistory.ts';
import { referencesIn } from '../../../backend/network/undo/references.ts';
import type { LayerState } from '../../../backend/network/undo/undoTypes.ts';
import { parseUrn } from '../../../backend/network/urn.ts';
import { sqlTable } from '../database/sqlTables.ts';
import { decodeEwkb } from './ewkb.ts';

/** A geometry in EWKB, properties, and a version of master. */
type State = [geometry: string | null, properties: Record<string, unknown> | null, hidden: string | null];
type TouchedRow = [
  id: string,
  ...before: State,
  ...next: State,
  nextVersion: string | null,
  nextTask: string | null,
  ...own: [geometry: string | null, properties: Record<string, unknown> | null, design: string | null],
  ...change: State,
];

/** The history of the designs in PostgreSQL. Whoever reads it has taken the version of the design before. */
export class PostgisHistory implements DesignHistory {
  readonly #pool: pg.Pool;
  /** The tables that a record of a design may be in. */
  readonly #tables: readonly string[];

  constructor(pool: pg.Pool, tables: readonly string[]) {
    this.#pool = pool;
    this.#tables = tables;
  }

  async setsOf(taskId: string): Promise<ChangeSetHead[]> {
    if (taskId.includes('\0')) return [];
    const { rows } = await this.#pool.query<{ design: string; version: string; designs: string[] }>(
      'SELECT design, version, designs FROM lrt.change_set WHERE task_id = $1 ORDER BY design, version',
      [taskId],
    );
    return rows.map(({ version, ...row }) => ({ ...row, version: Number(version) }));
  }

  async undoneBy(taskId: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ task_id: string | null }>(
      'SELECT task_id FROM lrt.change_set WHERE undoes = $1 ORDER BY version DESC LIMIT 1',
      [taskId],
    );
    return rows[0]?.task_id ?? undefined;
  }

  async touched(
    head: ChangeSetHead,
    { isWhole }: { isWhole: boolean },
  ): Promise<TouchedRecord[] | undefined> {
    if (!(await this.#isWhole(head))) return undefined;
    const { rows } = await this.#pool.query<{ feature_table: string }>(
      `SELECT feature_table FROM lrt.change_set_range WHERE design = $1 AND version = $2
       UNION SELECT feature_table FROM lrt.before_image WHERE design = $1 AND version = $2 ORDER BY 1`,
      [head.design, head.version],
    );
    const found: TouchedRecord[] = [];
    // One after the other: each may be thousands of records.
    for (const { feature_table: table } of rows) {
      for (const record of await this.#touchedOf(table, head, isWhole)) found.push(record);
    }
    return found;
  }

  async referrers({ design, version }: ChangeSetHead, gone: ReadonlySet<string>): Promise<Referrer[]> {
    const ids = idsByTable(gone);
    const found: Referrer[] = [];
    const later = await this.#writtenSince(design, version);
    for (const table of this.#tables.filter((name) => later.has(name))) {
      const { rows } = await this.#pool.query<[string, string | null, Record<string, unknown>]>({
        text: `WITH later AS (
            SELECT inserted.id FROM lrt.change_set_range AS range,
              generate_series(range.first_id, range.last_id) AS inserted (id)
            WHERE range.design = $1 AND range.version > $5 AND range.feature_table = '${table}'
            UNION
            SELECT id FROM lrt.before_image WHERE design = $1 AND version > $5 AND feature_table = '${table}'
          )
          SELECT id, record.geometry, record.properties FROM later JOIN (
            SELECT id, geometry, properties FROM ${sqlTable(table)} WHERE design = $1
            UNION ALL
            SELECT id, geometry, properties FROM lrt.change
            WHERE feature_table = '${table}' AND design = $1 AND properties IS NOT NULL
          ) AS record USING (id)
          WHERE NOT EXISTS (SELECT FROM unnest($2::bigint[]) AS gone (id) WHERE gone.id = later.id) AND EXISTS (
            SELECT FROM jsonb_path_query(record.properties, 'lax $.** ? (@.type() == "string")') AS found (text)
            WHERE found.text #>> '{}' = ANY ($3::text[])
          ) ORDER BY id LIMIT $4`,
        values: [design, ids.get(table) ?? [], [...gone], MAX_REFERRERS - found.length, version],
        rowMode: 'array',
      });
      for (const [id, geometry, properties] of rows) {
        const record = recordOf(table, id, design, geometry, properties);
        found.push({ record, to: referencesIn(properties).filter((urn) => gone.has(urn)) });
      }
      if (found.length >= MAX_REFERRERS) break;
    }
    return found;
  }

  /** The tables that later commits wrote to. */
  async #writtenSince(design: string, version: number): Promise<Set<string>> {
    const { rows } = await this.#pool.query<{ feature_table: string }>(
      `SELECT feature_table FROM lrt.change_set_range WHERE design = $1 AND version > $2
       UNION SELECT feature_table FROM lrt.before_image WHERE design = $1 AND version > $2`,
      [design, version],
    );
    return new Set(rows.map(({ feature_table }) => feature_table));
  }

  async missing({ design, version }: ChangeSetHead, urns: ReadonlySet<string>): Promise<Set<string>> {
    const found = new Set<string>();
    for (const [table, ids] of idsByTable(urns)) {
      if (!this.#tables.includes(table)) continue;
      const { rows } = await this.#pool.query<{ id: string }>(
        `SELECT wanted.id FROM unnest($3::bigint[]) AS wanted (id)
         CROSS JOIN LATERAL (
           SELECT properties, master_version FROM lrt.before_image AS later
           WHERE later.design = $1 AND later.version > $2 AND later.feature_table = $4 AND later.id = wanted.id
           ORDER BY later.version LIMIT 1
         ) AS after
         WHERE (after.properties IS NOT NULL OR after.master_version IS NULL AND EXISTS (
           SELECT FROM ${sqlTable(table)} AS master WHERE master.id = wanted.id AND master.design IS NULL
         )) AND NOT EXISTS (
           SELECT FROM ${sqlTable(table)} AS record
           WHERE record.id = wanted.id AND (record.design = $1 OR record.design IS NULL AND NOT EXISTS (
             SELECT FROM lrt.change WHERE feature_table = $4 AND design = $1 AND change.id = wanted.id
           ))
         ) AND NOT EXISTS (
           SELECT FROM lrt.change
           WHERE feature_table = $4 AND design = $1 AND change.id = wanted.id AND properties IS NOT NULL
         )`,
        [design, version, ids, table],
      );
      for (const { id } of rows) found.add(`${table}/${id}`);
    }
    return found;
  }

  /** False where a commit since is not known. */
  async #isWhole({ design, version }: ChangeSetHead): Promise<boolean> {
    const { rows } = await this.#pool.query<{ whole: boolean }>(
      `SELECT bool_and(chained.whole) AND (SELECT design.version FROM lrt.design WHERE name = $1) = max(chained.version)
         AS whole
       FROM (
         SELECT version, version = $2 OR from_version = lag(version) OVER (ORDER BY version) AS whole
         FROM lrt.change_set WHERE design = $1 AND version >= $2
       ) AS chained`,
      [design, version],
    );
    return rows[0]?.whole === true;
  }

  async #touchedOf(
    table: string,
    { design, version }: ChangeSetHead,
    isWhole: boolean,
  ): Promise<TouchedRecord[]> {
    const { rows } = await this.#pool.query<TouchedRow>({
      text: `WITH touched AS (
          SELECT inserted.id, NULL::geometry AS geometry, NULL::jsonb AS properties, NULL::bigint AS master_version
          FROM lrt.change_set_range AS range, generate_series(range.first_id, range.last_id) AS inserted (id)
          WHERE range.design = $1 AND range.version = $2 AND range.feature_table = $3
          UNION ALL
          SELECT id, geometry, properties, master_version FROM lrt.before_image
          WHERE design = $1 AND version = $2 AND feature_table = $3
        ), next AS (
          SELECT DISTINCT ON (id) id, version, geometry, properties, master_version FROM lrt.before_image
          WHERE design = $1 AND version > $2 AND feature_table = $3 AND id IN (SELECT id FROM touched)
          ORDER BY id, version
        )
        SELECT touched.id, touched.geometry, touched.properties, touched.master_version,
          next.geometry, next.properties, next.master_version, next.version, change_set.task_id,
          CASE WHEN $4 OR next.version IS NOT NULL OR own.design IS NULL THEN own.geometry END,
          CASE WHEN $4 OR next.version IS NOT NULL OR own.design IS NULL THEN own.properties ELSE '{}' END,
          own.design, change.geometry, change.properties, change.master_version
        FROM touched
        LEFT JOIN next USING (id)
        LEFT JOIN lrt.change_set ON change_set.design = $1 AND change_set.version = next.version
        LEFT JOIN ${sqlTable(table)} AS own ON own.id = touched.id AND (own.design = $1 OR own.design IS NULL)
        LEFT JOIN lrt.change ON change.feature_table = $3 AND change.design = $1 AND change.id = touched.id
        ORDER BY touched.id`,
      values: [design, version, table, isWhole],
      rowMode: 'array',
    });
    return rows.map((row) => {
      const [id, geometry, properties, hidden, nextGeometry, nextProperties, nextHidden, nextVersion, task] =
        row;
      const [, , , , , , , , , at, own, ownDesign, changeGeometry, change, changeHidden] = row;
      const state = (...of: State) => stateOf(table, id, design, of);
      const isOwn = ownDesign !== null;
      const now = isOwn ? state(at, own, changeHidden) : state(changeGeometry, change, changeHidden);
      return {
        table,
        id: Number(id),
        before: state(geometry, properties, hidden),
        after: nextVersion === null ? now : state(nextGeometry, nextProperties, nextHidden),
        now,
        below: own && !isOwn ? recordOf(table, id, null, at, own) : undefined,
        changedBy: nextVersion === null ? undefined : task,
      };
    });
  }
}

function stateOf(
  table: string,
  id: string,
  design: string,
  [geometry, properties, hidden]: State,
): LayerState {
  return {
    ...(properties && { record: recordOf(table, id, design, geometry, properties) }),
    ...(hidden !== null && { hidden: Number(hidden) }),
  };
}

function recordOf(
  table: string,
  id: string,
  design: string | null,
  geometry: string | null,
  properties: Record<string, unknown>,
) {
  const urn = design === null ? null : `design/${design}`;
  return createRecord(table, Number(id), urn, geometry === null ? null : decodeEwkb(geometry), properties);
}

function idsByTable(urns: Iterable<string>): Map<string, number[]> {
  const ids = new Map<string, number[]>();
  for (const urn of urns) {
    const parsed = parseUrn(urn);
    if (!parsed) continue;
    const known = ids.get(parsed.table);
    if (known) known.push(parsed.id);
    else ids.set(parsed.table, [parsed.id]);
  }
  return ids;
}
