import { expect, onTestFinished, test } from 'vitest';
import { TaskWorker } from '../../../server/src/distributed/worker/TaskWorker.ts';
import { declareWaitingContract } from '../../contracts/waiting.contract.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

declareWaitingContract(
  'DistributedEngine',
  async (setup) => (await openDistributed({ ...setup, town: smallTown, lostAfterSeconds: 1.5 })).engine,
  { rules: 'distributed', seeds: 4, steps: 40, priorities: [5] },
);

const ann = { owner: 'ann' };

test('a task for a queue without a worker says so, until one is started, and again once the last one has stopped', async () => {
  const parts = await openDistributed({ definitions, town: smallTown, lostAfterSeconds: 0.6 });
  const { engine, worker, redisUrl, pool, store, prefix, databaseUrl } = parts;
  onTestFinished(() => engine.close());
  const reason = async (id: string) => (await engine.get(id, ann))?.waiting?.reason;
  await worker.close();
  const { task } = await engine.enqueue({ name: 'count', params: { to: 1 } }, ann);
  // The sign of life of the worker that was closed is forgotten in a second.
  await expect.poll(() => reason(task.id), { timeout: 5_000 }).toBe('no-worker');
  const shared = { redisUrl, pool, store, prefix, databaseUrl, definitions, lostAfterSeconds: 0.6 };
  const queues = { default: { concurrency: 1 } };
  const other = await TaskWorker.start({ ...shared, queues });
  onTestFinished(() => other.close());
  await expect
    .poll(async () => (await engine.get(task.id, ann))?.status, { timeout: 10_000 })
    .toBe('succeeded');
  // It takes tasks of one queue, and this one is for another.
  const elsewhere = await engine.enqueue({ name: 'open', params: { gate: 'nobody' } }, ann);
  expect(await reason(elsewhere.task.id)).toBe('no-worker');
});

test('a page of 200 tasks among 10,000 that wait says why within a second', async () => {
  const { engine, pool } = await openDistributed({ definitions, town: smallTown });
  onTestFinished(() => engine.close());
  await pool.query(
    `INSERT INTO lrt.task (id, name, queue, priority, owner, params, tags, fingerprint, progress, words, exclusive_key,
       dispatched, run_after)
     SELECT 'many ' || n, 'count', 'default', 5, 'owner ' || n % 100, '{"to":1}', '[]', 'f',
       '{"percent":null,"step":null,"message":""}', 'count', CASE WHEN n % 3 = 0 THEN 'key ' || n % 200 END,
       false, now() FROM generate_series(1, 10000) AS n`,
  );
  // The sweeper would dispatch them.
  const before = performance.now();
  const { tasks } = await engine.list({ limit: 200, status: 'active' }, { owner: 'root', admin: true });
  const ms = performance.now() - before;
  expect(tasks.filter(({ status, waiting }) => status === 'queued' && !waiting)).toEqual([]);
  console.info(`200 of 10,000 waiting tasks with their reasons: ${ms.toFixed(0)} ms`);
  expect(ms).toBeLessThan(1_000);
});
