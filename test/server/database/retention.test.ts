import { expect, inject, onTestFinished, test } from 'vitest';
import { readServeConfig } from '../../../server/src/config/serveConfig.ts';
import { readWorkerConfig } from '../../../server/src/config/workerConfig.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { openRedis } from '../../../server/src/distributed/logs/openRedis.ts';
import { taskKeys } from '../../../server/src/distributed/logs/taskKeys.ts';
import { OverdueRows } from '../../../server/src/distributed/rows/OverdueRows.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { definitions } from '../../support/tasks/definitions.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

async function databaseWith(tasks: { id: string; status: string; daysAgo: number }[]) {
  const { databaseUrl, drop } = await createTestDatabase();
  const pool = openPool(databaseUrl);
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  for (const { id, status, daysAgo } of tasks) {
    await pool.query(
      `INSERT INTO lrt.task (id, name, queue, priority, owner, status, params, tags, fingerprint, progress, words, finished_at, published)
       VALUES ($1, 'count', 'default', 5, 'ann', $2, '{}', '[]', 'f', '{"percent":null,"step":null,"message":""}', 'count',
         CASE WHEN $2 <> 'running' THEN now() - make_interval(days => $3) END, true)`,
      [id, status, daysAgo],
    );
  }
  const left = async () => (await pool.query('SELECT id FROM lrt.task ORDER BY id')).rows.map(({ id }) => id);
  return { pool, left };
}

const TASKS = [
  { id: 'a succeeded', status: 'succeeded', daysAgo: 10 },
  { id: 'b succeeded', status: 'succeeded', daysAgo: 1 },
  { id: 'c failed', status: 'failed', daysAgo: 10 },
  { id: 'd failed', status: 'failed', daysAgo: 100 },
  { id: 'e cancelled', status: 'cancelled', daysAgo: 10 },
  { id: 'f running', status: 'running', daysAgo: 1_000 },
];

test('tasks go by their age, failed ones later, and a running one never', async () => {
  const { pool, left } = await databaseWith(TASKS);
  const overdue = new OverdueRows({ pool, onDispatch: () => {} });
  const gone = await overdue.forget({ days: 5, failedDays: 50, tasks: 100 });
  expect(gone.sort()).toEqual(['a succeeded', 'd failed', 'e cancelled']);
  expect(await left()).toEqual(['b succeeded', 'c failed', 'f running']);
  // A server of the version before keeps failed tasks as long as others.
  await pool.query('SELECT lrt.forget_tasks(5, 100)');
  expect(await left()).toEqual(['b succeeded', 'f running']);
});

test('failed ones may go sooner', async () => {
  const { pool, left } = await databaseWith(TASKS);
  const overdue = new OverdueRows({ pool, onDispatch: () => {} });
  await overdue.forget({ days: 50, failedDays: 5, tasks: 100 });
  expect(await left()).toEqual(['a succeeded', 'b succeeded', 'e cancelled', 'f running']);
});

test('a server deletes by itself what its options do not keep', async () => {
  const { pool, left } = await databaseWith(
    Array.from({ length: 30 }, (_, i) => ({
      id: `task ${String(i).padStart(2, '0')}`,
      status: 'succeeded',
      daysAgo: 30 - i,
    })),
  );
  const engine = new DistributedEngine({
    redisUrl: inject('redisUrl'),
    pool,
    store: new PostgisStore({ pool }),
    definitions,
    prefix: `retention-${process.pid}`,
    lostAfterSeconds: 1,
    retention: { days: 20, tasks: 4 },
  });
  try {
    await expect.poll(left).toEqual(['task 26', 'task 27', 'task 28', 'task 29']);
  } finally {
    await engine.close();
  }
});

test('que-rb/que#299, akash-network/console#2739: thousands of old tasks go in one sweep, whatever one bad task does to it', async () => {
  const { pool, left } = await databaseWith([
    { id: 'z newest', status: 'succeeded', daysAgo: 0 },
    { id: 'z new too', status: 'succeeded', daysAgo: 0 },
    { id: 'a bad', status: 'succeeded', daysAgo: 1 },
  ]);
  await pool.query(
    `WITH unpublished AS (UPDATE lrt.task SET published = false WHERE id = 'a bad' RETURNING id, finished_at)
     INSERT INTO lrt.unpublished SELECT id, finished_at FROM unpublished`,
  );
  await pool.query(
    `INSERT INTO lrt.task (id, name, queue, priority, owner, status, params, tags, fingerprint, progress, words, finished_at, published, idempotency_key)
     SELECT 'old ' || number, 'count', 'default', 5, 'ann', 'succeeded', '{}', '[]', 'f', '{"percent":null,"step":null,"message":""}', 'count',
       now() - interval '9 days', true, 'key ' || number FROM generate_series(1, 2500) AS number`,
  );
  await pool.query(
    `INSERT INTO lrt.task_key SELECT owner, idempotency_key, id FROM lrt.task WHERE idempotency_key IS NOT NULL`,
  );
  const prefix = `swept-${process.pid}`;
  const redis = openRedis(inject('redisUrl'), { onError: () => {} });
  onTestFinished(() => redis.disconnect());
  const keys = taskKeys(prefix);
  // As after a restore of the database beside a Redis that has seen more: nobody can publish the end of this task.
  await redis.hset(keys.state('a bad'), { attempt: 9, seq: 90 });
  for (const key of [keys.state, keys.features]) await redis.hset(key('old 7'), { seq: 1 });
  for (const key of [keys.events, keys.built]) await redis.xadd(key('old 7'), '1-0', 'e', '{}');
  const problems: string[] = [];
  const engine = new DistributedEngine({
    redisUrl: inject('redisUrl'),
    pool,
    store: new PostgisStore({ pool }),
    definitions,
    prefix,
    lostAfterSeconds: 1,
    retention: { days: 5, tasks: 1 },
    observer: { problem: (message) => problems.push(message) },
  });
  try {
    // taskforcesh/bullmq#1318: a task that has just ended stays, because its call may be repeated.
    await expect.poll(left).toEqual(['a bad', 'z new too', 'z newest']);
    expect(problems).toContain('The end of task a bad could not be published');
    // One sweep has been enough.
    expect(problems.filter((problem) => problem.includes('a bad')).length).toBeLessThanOrEqual(2);
    // taskforcesh/bullmq#2890, Automattic/kue#94, nextcloud/files_retention#26: nothing of a task is left behind.
    expect((await pool.query('SELECT count(*)::integer FROM lrt.task_key')).rows).toEqual([{ count: 0 }]);
    await expect.poll(() => redis.keys(`${prefix}:task:{old 7}:*`)).toEqual([]);
  } finally {
    await engine.close();
    await redis.del(keys.state('a bad'));
  }
});

test('the flags reach the configuration of servers and workers', () => {
  const services = ['--redis', 'redis://127.0.0.1', '--database', 'postgres://lrt@127.0.0.1/lrt'];
  const flags = ['--keep-days', '7', '--keep-failed-days', '90', '--keep-tasks', '50000'];
  const retention = { days: 7, failedDays: 90, tasks: 50_000 };
  expect(readServeConfig([...services, ...flags, '--insecure'], {}).retention).toEqual(retention);
  expect(readWorkerConfig([...services, ...flags], {}).retention).toEqual(retention);
  expect(readWorkerConfig(services, { LRT_KEEP_DAYS: '7' }).retention).toEqual({ days: 7 });
  expect(readServeConfig(['--keep-tasks', '5'], {}).retention).toEqual({ tasks: 5 });
  expect(() => readServeConfig(['--keep-days', '5'], {})).toThrow(
    /--keep-days.*for a server with --redis and --database/,
  );
  expect(() => readWorkerConfig([...services, '--keep-days', '0'], {})).toThrow(
    /--keep-days must be a whole number from 1/,
  );
});
