import type pg from 'pg';
import { intersects } from '../../../backend/network/boundingBox.ts';
import { type FeaturePageQuery, tablesToPage, toFeature } from '../../../backend/network/featurePage.ts';
import { STREET } from '../../../backend/network/tables.ts';
import type { GeoFeature } from '../../../src/contract/index.ts';
import { boxCondition } from './boxCondition.ts';
import { readRecords } from './records.ts';

/**
 * One page of what is committed, in order of table and id. `design`: its name, without 'design/'; null: master. `known`:
 * the store's `featureTables`. With `query.task` the page has what this task built, in any design and in master.
 */
export async function readFeatures(
  pool: pg.Pool,
  design: string | null,
  query: FeaturePageQuery,
  known: readonly string[],
): Promise<{ features: GeoFeature[]; next?: string }> {
  const { bbox, limit, task } = query;
  const features: GeoFeature[] = [];
  for (const { table, firstId } of tablesToPage(query, known)) {
    const scope = table === STREET ? null : design;
    for (let from = firstId; ; ) {
      const wanted = limit + 1 - features.length;
      const values: unknown[] = [from];
      const inside = bbox ? boxCondition([bbox], values) : 'geometry IS NOT NULL';
      const where = `id >= $1 AND ${inside}`;
      const records = await readRecords(pool, { table, design: scope, task, where, values, limit: wanted });
      for (const record of records) {
        const feature = toFeature(record);
        if (!feature || (bbox && !intersects(feature.geometry, bbox))) continue;
        const last = features.at(-1);
        if (features.length === limit && last) return { features, next: last.id };
        features.push(feature);
      }
      const last = records.at(-1);
      // Where the index found more than lies in the box, the page is not full yet.
      if (!last || records.length < wanted) break;
      from = last.id + 1;
    }
  }
  return { features };
}
