import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../server/support/testDatabase.ts';
import { Follower } from './support/Follower.ts';
import { type Farm, openFarm } from './support/openFarm.ts';
import { until } from './support/until.ts';

let database: TestDatabase;
let farm: Farm;

beforeAll(async () => {
  database = await createTestDatabase();
  farm = await openFarm({
    redisUrl: inject('redisUrl'),
    databaseUrl: database.databaseUrl,
    servers: 1,
    workers: 2,
    concurrency: 2,
    lostAfterSeconds: 1,
  });
});
afterAll(async () => {
  await farm?.close();
  await database?.drop();
});

/** Kills the worker that runs the task once it has done so many items, and starts it again. */
async function killAt(follower: Follower, done: number): Promise<void> {
  const pid = await until(`item ${done}`, () => follower.done >= done && follower.pid);
  const worker = farm.workers.find((each) => each.pid === pid);
  if (!worker) throw new Error(`No worker has the process id ${pid}`);
  await worker.kill();
  await worker.start();
}

async function storedNames(): Promise<{ poles: number; names: number }> {
  const { rows } = await farm.pool.query<{ poles: number; names: number }>(
    `SELECT count(*)::integer AS poles, count(DISTINCT properties ->> 'name')::integer AS names FROM lrt.pole
     WHERE properties ->> 'name' LIKE 'item/%'`,
  );
  return rows[0] ?? { poles: 0, names: 0 };
}

test('of 2,000 items 37 fail; one retry runs those 37 and no other, though a worker is killed in each of the two', async () => {
  const started = await farm.client.enqueueTask('items', { design: 'design/D1', count: 2_000, bad: 37 });
  const first = new Follower(farm.url, String(started.id));
  await killAt(first, 900);
  await first.over;
  expect(first.problems()).toEqual([]);
  expect(first.ending).toMatchObject({ type: 'succeeded', attempt: 2, result: { ran: 2_000 } });
  const task = await farm.client.getTask(started.id);
  expect(task.items).toMatchObject({ ok: 1_963, failed: 37 });
  expect(await storedNames()).toEqual({ poles: 1_963, names: 1_963 });

  const again = await farm.client.retryTask(started.id, { items: 'failed' });
  const second = new Follower(farm.url, String(again.id));
  await killAt(second, 10);
  await second.over;
  expect(second.problems()).toEqual([]);
  expect(second.ending).toMatchObject({ type: 'succeeded', attempt: 2, result: { ran: 37 } });
  expect((await farm.client.getTask(again.id)).items).toEqual({ ok: 37, failed: 0, failures: [] });
  expect(await storedNames()).toEqual({ poles: 2_000, names: 2_000 });
});
