import type { BoundingBox, GeoFeature } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { intersects, isBoundingBox } from './boundingBox.ts';
import type { MapRecord } from './layers.ts';
import { firstFrom } from './RecordList.ts';
import { parseUrn } from './urn.ts';

const MAX_PAGE = 50_000;

export interface FeaturePageQuery {
  /** Default: all. */
  tables?: readonly string[] | undefined;
  bbox?: BoundingBox | undefined;
  /** The id of a task: what it has built. */
  task?: string | undefined;
  limit: number;
  after?: string | undefined;
}

/** The record as GeoJSON; undefined where it has no geometry. `design` is 'design/NAME', or null in master. */
export function toFeature(record: MapRecord): GeoFeature | undefined {
  const { urn, geometry, properties, table, design } = record;
  if (!geometry) return undefined;
  return { type: 'Feature', id: urn, geometry, properties: { ...properties, table, design } };
}

/** The next page begins after this id of the table at this place of the store's `featureTables`. */
export interface FeatureCursor {
  rank: number;
  id: number;
}

/** Refuses what is out of range, naming the parameter; gives where to go on. `known`: the store's `featureTables`. */
export function checkFeatureQuery(
  { limit, bbox, tables, after }: FeaturePageQuery,
  known: readonly string[],
): FeatureCursor | undefined {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw refusal('limit', limit, `a whole number from 1 to ${MAX_PAGE}`);
  }
  if (bbox && !isBoundingBox(bbox)) throw refusal('bbox', bbox, 'west,south,east,north in degrees');
  for (const table of tables ?? []) {
    if (!known.includes(table)) throw refusal('tables', table, known.join(', '));
  }
  return after === undefined ? undefined : readCursor(after, known);
}

/** The tables that a page may have features of, in order, and the first id of each. Throws as `checkFeatureQuery`. */
export function* tablesToPage(
  query: FeaturePageQuery,
  known: readonly string[],
): Generator<{ table: string; firstId: number }> {
  const after = checkFeatureQuery(query, known);
  const { tables } = query;
  for (const [rank, table] of known.entries()) {
    if (tables && !tables.includes(table)) continue;
    if (after && rank < after.rank) continue;
    yield { table, firstId: after?.rank === rank ? after.id + 1 : 1 };
  }
}

/** One page in order of table (as in `known`) and id. `rows` gives a table's records, lists in order of id. */
export function featurePage(
  query: FeaturePageQuery,
  known: readonly string[],
  rows: (table: string) => readonly (readonly MapRecord[])[],
): { features: GeoFeature[]; next?: string } {
  const { limit, bbox } = query;
  const features: GeoFeature[] = [];
  for (const { table, firstId } of tablesToPage(query, known)) {
    for (const list of rows(table)) {
      for (let i = firstFrom(list, firstId); i < list.length; i++) {
        const record = list[i];
        if (!record?.geometry || (bbox && !intersects(record.geometry, bbox))) continue;
        const last = features.at(-1);
        if (features.length === limit && last) return { features, next: last.id };
        const feature = toFeature(record);
        if (feature) features.push(feature);
      }
    }
  }
  return { features };
}

function readCursor(after: string, known: readonly string[]): FeatureCursor {
  const urn = parseUrn(after);
  const rank = known.indexOf(urn?.table ?? '');
  if (!urn || rank < 0) throw refusal('after', after, "the 'next' of the page before");
  return { rank, id: urn.id };
}

function refusal(parameter: string, given: unknown, expected: string): TaskRefusal {
  const message = `${parameter} is ${String(given)}; expected ${expected}.`;
  return new TaskRefusal({
    code: 'invalid-request',
    message,
    parameters: [{ parameter, code: 'out-of-range', message, expected }],
  });
}
