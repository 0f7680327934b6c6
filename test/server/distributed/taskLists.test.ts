import { expect, test } from 'vitest';
import { openPool } from '../../../server/src/database/openPool.ts';
import { TaskLookup } from '../../../server/src/distributed/rows/TaskLookup.ts';
import type { TaskFilter } from '../../../src/contract/index.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

// Lists over many finished tasks: the plans that PostgreSQL chooses for them.

const FILTERS: [TaskFilter, found: number][] = [
  [{}, 51],
  [{ status: 'active' }, 0],
  [{ name: 'rare' }, 2],
  [{ tag: 'rare' }, 1],
  [{ tag: 'common' }, 51],
  [{ design: 'design/77' }, 40],
  [{ design: 'design/none' }, 0],
  [{ bbox: [0, 0, 1, 1] }, 4],
  [{ bbox: [-180, -90, 180, 90] }, 51],
  [{ bbox: [149, -10, -149, 10] }, 51],
];

test('no list reads the whole table, however many tasks have ended', async () => {
  const { databaseUrl, drop } = await createTestDatabase();
  const pool = openPool(databaseUrl);
  try {
    await pool.query(`
      INSERT INTO lrt.task (id, name, queue, priority, owner, status, params, tags, fingerprint, progress, words, finished_at,
        published, design, box, dispatched)
      SELECT 't' || i, CASE WHEN i % 10000 = 7 THEN 'rare' ELSE 'count' END, 'default', 5, 'owner ' || (i % 50), 'succeeded',
        '{}', (CASE WHEN i = 3 THEN '["rare"]' WHEN i % 2 = 0 THEN '["common"]' ELSE '[]' END)::json, 'f',
        '{"percent":null,"step":null,"message":""}', 'count', now() - i * interval '1 second', true, 'design/' || (i % 500),
        box(point(i % 300 - 150, (i / 300) % 67 - 33), point(i % 300 - 149.9, (i / 300) % 67 - 32.9)), true
      FROM generate_series(1, 20000) AS i`);
    await pool.query('VACUUM ANALYZE lrt.task');
    const plans: string[] = [];
    const query = async (text: string, values: unknown[]) => {
      const { rows } = await pool.query(`EXPLAIN ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return pool.query(text, values);
    };
    const lookup = new TaskLookup(Object.assign(Object.create(pool), { query }));
    for (const [filter, found] of FILTERS) {
      const rows = await lookup.list({
        owner: undefined,
        filter,
        touching: [],
        before: undefined,
        limit: 51,
      });
      expect(rows, JSON.stringify(filter)).toHaveLength(found);
    }
    const countOf = async (filter: TaskFilter) => {
      const [row] = await lookup.count({ owner: undefined, filter, touching: [] }, 'owner 1');
      return row?.count ?? 0;
    };
    // Where every or every second task fits, a count ends at its limit. It may read the table up to there.
    for (const [filter, count] of [
      [{}, 10_001],
      [{ tag: 'common' }, 10_000],
    ] satisfies [TaskFilter, number][]) {
      expect(await countOf(filter)).toBe(count);
      plans.pop();
    }
    const counted = FILTERS.slice(1, 8).filter(([{ tag }]) => tag !== 'common');
    for (const [filter, found] of counted) expect(await countOf(filter)).toBe(found);
    expect(plans.filter((plan) => /Seq Scan on task/.test(plan))).toEqual([]);
  } finally {
    await pool.end();
    await drop();
  }
});
