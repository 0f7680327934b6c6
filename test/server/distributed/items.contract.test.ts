import { expect, onTestFinished, test } from 'vitest';
import { openPool } from '../../../server/src/database/openPool.ts';
import { ItemRows } from '../../../server/src/distributed/rows/ItemRows.ts';
import { ItemWriter } from '../../../server/src/distributed/worker/ItemWriter.ts';
import type { TaskItem } from '../../../src/contract/index.ts';
import { declareItemsContract } from '../../contracts/items.contract.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

declareItemsContract('DistributedEngine and PostgisStore', (definitions) =>
  openDistributed({ definitions, town: smallTown }),
);

/** A database with a task that runs its second attempt, as 'many'. */
async function openItems() {
  const { databaseUrl, drop } = await createTestDatabase();
  const pool = openPool(databaseUrl);
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  await pool.query(
    `INSERT INTO lrt.task (id, name, queue, priority, owner, status, attempt, params, tags, fingerprint, progress, words)
     VALUES ('many', 'parts', 'default', 5, 'ann', 'running', 2, '{}', '[]', 'f', '{}', 'parts')`,
  );
  const count = async () =>
    (await pool.query<{ count: number }>('SELECT count(*)::integer FROM lrt.task_item')).rows[0]?.count;
  return { pool, rows: new ItemRows(pool), attempt: { id: 'many', attempt: 2 }, count };
}
const item = (i: number): TaskItem =>
  i % 100 === 0
    ? { id: `part/${i}`, code: 'bad', message: `part ${i} is bad` }
    : { id: `part/${i}`, ok: true };
const open = new AbortController().signal;

test('100,000 items are written with few of them in memory, and the last page takes no longer than the first', async () => {
  const { pool, rows, attempt, count } = await openItems();
  const writer = new ItemWriter(rows, attempt, open);
  for (let i = 0; i < 100_000; i += 100) {
    writer.add(Array.from({ length: 100 }, (_, n) => item(i + n)));
    await writer.room();
  }
  await writer.flush();
  expect(await count()).toBe(100_000);
  const timed = async (after: number, ok?: boolean) => {
    const began = performance.now();
    const page = await rows.page(attempt, { ok, after, limit: 100 });
    return { page, ms: performance.now() - began };
  };
  await timed(0);
  const first = await timed(0);
  const last = await timed(99_900);
  const failed = await timed(90_000, false);
  expect(first.page.items[1]).toEqual({ id: 'part/1', ok: true });
  expect(last.page).toEqual({ items: Array.from({ length: 100 }, (_, n) => item(99_900 + n)) });
  expect(failed.page.items).toHaveLength(100);
  console.info(
    `pages of 100 among 100,000 items: ${[first, last, failed].map(({ ms }) => ms.toFixed(1)).join(', ')} ms`,
  );
  expect(Math.max(last.ms, failed.ms)).toBeLessThan(first.ms + 200);
  // Whoever deletes the task deletes them.
  await pool.query("DELETE FROM lrt.task WHERE id = 'many'");
  expect(await count()).toBe(0);
});

test('an attempt that lost the task writes nothing, and the next one forgets what the one before wrote', async () => {
  const { pool, rows, attempt, count } = await openItems();
  const older = new ItemWriter(rows, { id: 'many', attempt: 1 }, open);
  older.add([item(1)]);
  await older.flush();
  expect(await count()).toBe(0);
  await pool.query("INSERT INTO lrt.task_item VALUES ('many', 1, 'old', 1, NULL)");
  const writer = new ItemWriter(rows, attempt, open);
  writer.add([item(100)]);
  writer.add([{ id: 'part/100', ok: true }, item(2)]);
  await writer.flush();
  expect(await rows.page(attempt, { ok: undefined, after: 0, limit: 10 })).toEqual({
    items: [{ id: 'part/100', ok: true }, item(2)],
  });
  expect(await count()).toBe(2);
});

test('while the database refuses, a task waits with its items and loses none', async () => {
  const { rows, attempt } = await openItems();
  let away = true;
  const write = rows.write.bind(rows);
  rows.write = (...call) => (away ? Promise.reject(new Error('away')) : write(...call));
  const writer = new ItemWriter(rows, attempt, open);
  writer.add(Array.from({ length: 6_000 }, (_, i) => item(i)));
  await writer.room();
  await expect(writer.flush()).rejects.toThrow('away');
  away = false;
  await writer.flush();
  expect(await rows.failed(attempt, 1_000)).toHaveLength(60);
});
