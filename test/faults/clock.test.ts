import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../server/support/testDatabase.ts';
import { audit } from './support/audit.ts';
import { type Farm, openFarm } from './support/openFarm.ts';
import { report } from './support/report.ts';
import { until } from './support/until.ts';

const SHIFTED_CLOCK = new URL('./support/shiftedClock.mjs', import.meta.url);
const OFFSETS_MS = [3_600_000, -3_600_000];

let database: TestDatabase;
let farm: Farm;

beforeAll(async () => {
  database = await createTestDatabase();
  farm = await openFarm({
    redisUrl: inject('redisUrl'),
    databaseUrl: database.databaseUrl,
    servers: 1,
    workers: 2,
    concurrency: 4,
    workerEnv: (index) => ({
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${SHIFTED_CLOCK}`,
      LRT_FAULTS_CLOCK_MS: String(OFFSETS_MS[index]),
    }),
  });
});
afterAll(async () => {
  await farm?.close();
  await database?.drop();
});

test('two workers whose clocks are an hour ahead and an hour behind', { timeout: 180_000 }, async () => {
  const short = { poles: 20, stepMs: 40 };
  const start = (count: number, more: Partial<Parameters<Farm['start']>[0]> = {}) =>
    Promise.all(Array.from({ length: count }, () => farm.start({ ...short, ...more })));
  await start(4, { name: 'poles-retried', failures: 2 });
  await start(2, { name: 'poles-computed' });
  // One after the other.
  await start(3, { design: 'design/D399' });
  const toCancel = await start(4, { poles: 10_000 });
  const isSeen = () => toCancel.every((task) => task.done > 0 || task.ending);
  await until('the tasks to cancel to run', isSeen);
  const [time] = toCancel.flatMap(({ seen }) => seen.filter(({ type }) => type === 'features'));
  const offMs = Math.abs(Date.parse(time?.at ?? '') - Date.now());
  await Promise.all(toCancel.map(({ taskId }) => farm.client.cancelTask(taskId)));
  // What one of them was at is taken over by the other.
  for (const worker of farm.workers) {
    const tasks = await start(6);
    await until('the worker to run some', () => tasks.some((task) => task.pid === worker.pid));
    await worker.kill();
    await until('its tasks to be taken over', () => tasks.every(({ ending }) => ending));
    await worker.start();
  }
  const result = await audit(farm);
  report('2 workers with clocks off by an hour, each killed once', result);
  expect(result.problems).toEqual([]);
  expect(result).toMatchObject({ tasks: 25, succeeded: 21, cancelled: 4 });
  // Else the clocks were right.
  expect(offMs).toBeGreaterThan(3_000_000);
});
