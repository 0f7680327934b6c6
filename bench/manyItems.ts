/** Measures the pages of a task with 1,000,000 items, of which every hundredth failed, in PostgreSQL. */

import { startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { ItemRows } from '../server/src/distributed/rows/ItemRows.ts';
import { main, median, type Row } from './row.ts';

const ITEMS = 1_000_000;
const LIMIT = 1_000;
const TASK = { id: 'many', attempt: 1 };
/** Pages that are read at each place. */
const READS = 25;

export async function run(): Promise<Row[]> {
  const services = await startServices();
  const pool = openPool(services.databaseUrl);
  try {
    await migrate(services.databaseUrl);
    await pool.query(
      `INSERT INTO lrt.task_item (task_id, attempt, id, number, failure)
       SELECT $1, $2, 'address/' || n, n,
         CASE WHEN n % 100 = 0 THEN '{"code":"too-far","message":"The address is too far away"}'::json END
       FROM generate_series(1, $3::integer) AS n`,
      [TASK.id, TASK.attempt, ITEMS],
    );
    await pool.query('ANALYZE lrt.task_item');
    const rows = new ItemRows(pool);
    const pageMs = async (after: number, ok?: boolean) => {
      const times: number[] = [];
      for (let i = 0; i < READS; i += 1) {
        const began = performance.now();
        await rows.page(TASK, { ok, after, limit: LIMIT });
        times.push(performance.now() - began);
      }
      return median(times);
    };
    const first = await pageMs(0);
    const last = await pageMs(ITEMS - LIMIT);
    const failed = await pageMs(ITEMS / 2, false);
    let seen = 0;
    const began = performance.now();
    for (let after: string | undefined = '0'; after !== undefined; ) {
      const page = await rows.page(TASK, { ok: undefined, after: Number(after), limit: LIMIT });
      seen += page.items.length;
      after = page.nextAfter;
    }
    const seconds = (performance.now() - began) / 1_000;
    return [
      { name: 'items that all pages have', measured: seen, unit: 'items', min: ITEMS, max: ITEMS },
      { name: 'the first page of 1,000', measured: first, unit: 'ms' },
      { name: 'the last page, to the first one', measured: last / first, unit: 'times', max: 1.5 },
      { name: 'a page of failed items, from the middle', measured: failed, unit: 'ms' },
      { name: 'all pages, one after the other', measured: seconds, unit: 's' },
    ];
  } finally {
    await pool.end();
    await services.stop();
  }
}

if (import.meta.main) await main(run);
