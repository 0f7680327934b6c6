import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { TaskClientError } from '../../src/client/index.ts';
import { createTestDatabase, type TestDatabase } from '../server/support/testDatabase.ts';
import { audit } from './support/audit.ts';
import { type Farm, openFarm } from './support/openFarm.ts';
import { Planner } from './support/Planner.ts';
import { seededRandom } from './support/random.ts';
import { report } from './support/report.ts';
import { until } from './support/until.ts';

let database: TestDatabase;
let farm: Farm;

beforeAll(async () => {
  database = await createTestDatabase();
  const { databaseUrl } = database;
  farm = await openFarm({
    redisUrl: inject('redisUrl'),
    databaseUrl,
    servers: 2,
    workers: 2,
    concurrency: 8,
  });
});
afterAll(async () => {
  await farm?.close();
  await database?.drop();
});

test('a server is killed while 60 clients follow tasks', { timeout: 180_000 }, async () => {
  const [poles, rounds] = [60, 2];
  const planners: Planner[] = [];
  onTestFinished(() => {
    for (const planner of planners) planner.close();
  });
  let lost = 0;
  for (let round = 0; round < rounds; round += 1) {
    // A busy machine needs seconds until all who watch are connected. The tasks have to be running by then.
    const tasks = await Promise.all(Array.from({ length: 10 }, () => farm.start({ poles, stepMs: 200 })));
    const watching = tasks.flatMap(({ taskId }) =>
      Array.from({ length: 5 }, () => new Planner(farm.client, taskId)),
    );
    planners.push(...watching);
    await until('every planner to see its task', () => watching.every(({ sawState }) => sawState));
    await until('a task to be on its way', () => tasks.some(({ done }) => done >= 10 * (round + 1)));
    const server = farm.servers[round % 2];
    await server?.kill();
    await Promise.all([...tasks.map(({ over }) => over), ...watching.map(({ ended }) => ended)]);
    await server?.start();
    lost += [...tasks, ...watching].reduce((sum, each) => sum + each.lost, 0);
  }
  const result = await audit(farm);
  result.problems.push(...planners.flatMap((planner) => planner.problems(poles)));
  report(`server killed -9 under 60 streams, ${rounds} times`, result, `${lost} connections cut`);
  expect(result.problems).toEqual([]);
  expect(result).toMatchObject({ succeeded: 10 * rounds, repeated: 0 });
  expect(lost).toBeGreaterThan(0);
});

test('a task is cancelled while it completes, 200 times', { timeout: 180_000 }, async () => {
  const random = seededRandom(200);
  const order = { poles: 5, stepMs: 4 };
  // How long they take here and now: what is cancelled within that time may have completed or not.
  let usualMs = 100;
  const outcomes = { cancelled: 0, succeeded: 0 };
  const problems: string[] = [];
  let left = 200;
  const lane = async () => {
    while (left-- > 0) {
      const task = await farm.start(order);
      await delay(usualMs * random());
      const answer = await farm.client.cancelTask(task.taskId).then(
        () => 'cancelled' as const,
        (error) =>
          error instanceof TaskClientError && error.code === 'already-finished'
            ? ('succeeded' as const)
            : String(error),
      );
      await task.over;
      if (answer === 'cancelled' || answer === 'succeeded') outcomes[answer] += 1;
      // Half of them in time, half of them too late.
      usualMs = Math.max(1, usualMs * (answer === 'cancelled' ? 1.1 : 0.9));
      if (task.ending?.type !== answer) {
        problems.push(
          `task ${task.taskId}: whoever cancelled it was answered ${answer}; it ${task.ending?.type}`,
        );
      }
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  const result = await audit(farm);
  result.problems.push(...problems);
  const { cancelled, succeeded } = outcomes;
  report(
    'cancelled while it completes, 200 times',
    result,
    `cancelled: ${cancelled}, too late: ${succeeded}`,
  );
  expect(result.problems).toEqual([]);
  expect(cancelled + succeeded).toBe(200);
  // Else it was no race.
  expect(Math.min(cancelled, succeeded)).toBeGreaterThan(10);
});

test('all workers and servers are restarted one after the other under load', {
  timeout: 180_000,
}, async () => {
  let isRestarted = false;
  let started = 0;
  const lane = async () => {
    while (started < 100 || !isRestarted) {
      started += 1;
      const task = await farm.start({ poles: 20, stepMs: 40 });
      await task.over;
    }
  };
  const load = Promise.all(Array.from({ length: 12 }, lane));
  load.catch(() => {});
  for (const each of [...farm.workers, ...farm.servers]) {
    const before = started;
    await each.restart();
    await until('further tasks to be started', () => started >= before + 10);
  }
  isRestarted = true;
  await load;
  const result = await audit(farm);
  report('2 workers and 2 servers restarted with SIGTERM', result, `asked again: ${farm.askedAgain}`);
  expect(result.problems).toEqual([]);
  expect(result.tasks).toBeGreaterThanOrEqual(100);
  expect(result.succeeded).toBe(result.tasks);
  expect(result.repeated).toBe(0);
});
