import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Services, startServices } from '../../scripts/services/startServices.ts';
import { migrate } from '../../server/src/database/migrate.ts';
import { audit } from './support/audit.ts';
import { buildGates, closeGate } from './support/gates.ts';
import { type Farm, openFarm } from './support/openFarm.ts';
import { report } from './support/report.ts';
import { until } from './support/until.ts';

let services: Services;
let farm: Farm;

beforeAll(async () => {
  services = await startServices();
  const { redisUrl, databaseUrl } = services;
  await migrate(databaseUrl);
  await buildGates(databaseUrl);
  farm = await openFarm({
    redisUrl,
    databaseUrl,
    servers: 1,
    workers: 2,
    concurrency: 4,
    lostAfterSeconds: 2,
  });
});
afterAll(async () => {
  await farm?.close();
  await services?.stop();
});

const processes = () => [...farm.servers, ...farm.workers].map(({ pid }) => pid);
const ended = () => farm.followers.filter(({ ending }) => ending).length;

async function startMany(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => farm.start({ poles: 20, stepMs: 50 })));
}

test('Redis is killed while tasks run and wait', { timeout: 180_000 }, async () => {
  const before = processes();
  await startMany(40);
  for (const count of [2, 12, 22]) {
    await until(`${count} tasks to have ended`, () => ended() >= count);
    await services.redis.kill();
    const stored = await succeeded();
    // Work that has begun goes on, and what is asked for is taken in.
    await startMany(2);
    await until('a task to be stored meanwhile', async () => (await succeeded()) > stored);
    await services.redis.start();
  }
  const result = await audit(farm);
  report('Redis killed -9 and started again with its file, 3 times', result);
  expect(result.problems).toEqual([]);
  expect(result).toMatchObject({ tasks: 46, succeeded: 46 });
  expect(processes()).toEqual(before);
});

test('PostgreSQL crashes while tasks commit', { timeout: 180_000 }, async () => {
  const before = processes();
  for (const stage of ['commit', 'copy', 'finish', 'commit'] as const) {
    await startMany(10);
    const task = await farm.start({ poles: 20, stepMs: 20 });
    const gate = await closeGate(services.databaseUrl, stage, task.taskId);
    await gate.reached();
    await services.postgres.restart('immediate');
    await gate.open();
    const count = farm.followers.length - 8;
    await until(`${count} tasks to have ended`, () => ended() >= count);
    // In the midst of what others store.
    await services.postgres.restart('immediate');
  }
  const result = await audit(farm);
  report('PostgreSQL crashed and started again, 8 times', result);
  expect(result.problems).toEqual([]);
  expect(result).toMatchObject({ tasks: 44, succeeded: 44 });
  expect(processes()).toEqual(before);
});

test('Redis forgets everything while tasks run and wait', { timeout: 180_000 }, async () => {
  const redis = new Redis(services.redisUrl);
  try {
    await startMany(40);
    for (const count of [2, 12, 22]) {
      await until(`${count} tasks to have ended`, () => ended() >= count);
      await redis.flushall();
    }
  } finally {
    redis.disconnect();
  }
  const result = await audit(farm);
  report('Redis emptied, 3 times', result);
  expect(result.problems).toEqual([]);
  expect(result).toMatchObject({ tasks: 40, succeeded: 40 });
});

async function succeeded(): Promise<number> {
  const { rowCount } = await farm.pool.query(`SELECT FROM lrt.task WHERE status = 'succeeded'`);
  return rowCount ?? 0;
}
