import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { readyOf } from '../../../server/src/cli/openDistributed.ts';
import { shareResult } from '../../../server/src/common/shareResult.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { ServicePath } from '../../../server/src/distributed/ServicePath.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

let prefixes = 0;

async function readiness({ redisUrl = inject('redisUrl'), holdsMs = 50 } = {}) {
  const { databaseUrl, drop } = await createTestDatabase();
  const pool = openPool(databaseUrl);
  prefixes += 1;
  const prefix = `readyz-${process.pid}-${prefixes}`;
  const path = new ServicePath({ pool, redisUrl, prefix });
  const redis = new Redis(inject('redisUrl'));
  onTestFinished(async () => {
    path.close();
    redis.disconnect();
    await pool.end();
    await drop();
  });
  const problems: string[] = [];
  const ready = readyOf(
    path,
    { problem: (message, error) => problems.push(`${message}: ${error}`) },
    holdsMs,
  );
  return { ready, path, redis, pool, databaseUrl, prefix, problems };
}

const ALL = { redis: true, database: true, deployment: true };

test('many who ask at once share one check, and its answer holds for a while', async () => {
  const { ready, path, redis, prefix } = await readiness({ holdsMs: 60_000 });
  const check = vi.spyOn(path, 'check');
  const answers = await Promise.all(Array.from({ length: 100 }, ready));
  expect(answers).toEqual(answers.map(() => ALL));
  await ready();
  expect(check).toHaveBeenCalledTimes(1);
  // It took the prefix for its database, and left nothing else.
  expect(await redis.keys(`${prefix}*`)).toEqual([`${prefix}:deployment`]);
});

test('a prefix that another deployment has taken makes it not ready, and a Redis that forgot all is taken again', async () => {
  const { ready, redis, prefix, problems } = await readiness();
  expect(await ready()).toEqual(ALL);
  await redis.set(`${prefix}:deployment`, 'of another database');
  await expect.poll(ready).toEqual({ ...ALL, deployment: false });
  expect(problems.join()).toMatch(
    /Not ready \(deployment\): .*belongs to another database: "lrt-server doctor" says/,
  );
  await redis.del(`${prefix}:deployment`);
  await expect.poll(ready).toEqual(ALL);
});

test('a database that answers and takes no tasks makes it not ready', async () => {
  const { ready, databaseUrl, problems } = await readiness();
  expect(await ready()).toEqual(ALL);
  // A task's row is refused, as by a full disk; "SELECT 1" still answers.
  await execute(databaseUrl, 'ALTER TABLE lrt.task ADD CONSTRAINT nothing CHECK (false) NOT VALID');
  await expect.poll(ready).toEqual({ ...ALL, database: false });
  expect(problems.join()).toMatch(/Not ready \(database\): a task could not be stored/);
  await execute(databaseUrl, 'ALTER TABLE lrt.task DROP CONSTRAINT nothing');
  await expect.poll(ready).toEqual(ALL);
});

test('a Redis that takes connections and never answers makes it not ready, in bounded time', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const sockets = new Set<{ destroy(): void }>();
  silent.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { ready } = await readiness({ redisUrl: `redis://127.0.0.1:${address.port}` });
  const began = performance.now();
  expect(await ready()).toMatchObject({ redis: false, database: true });
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('checks leave no listeners behind', async () => {
  const { path } = await readiness();
  const warned = vi.fn();
  process.on('warning', warned);
  onTestFinished(() => {
    process.off('warning', warned);
  });
  for (let count = 0; count < 15; count += 1) expect(await path.check()).toEqual([]);
  // Node warns of the eleventh listener for an event.
  await new Promise(setImmediate);
  expect(warned).not.toHaveBeenCalled();
});

test('work that rejects is not shared any longer', async () => {
  let calls = 0;
  const shared = shareResult(async () => {
    calls += 1;
    if (calls === 1) throw new Error('away');
    return calls;
  }, 60_000);
  await expect(Promise.all([shared(), shared()])).rejects.toThrow('away');
  expect(await shared()).toBe(2);
  expect(await shared()).toBe(2);
});
