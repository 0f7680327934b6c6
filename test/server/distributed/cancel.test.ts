/**
 * How soon a cancellation is answered and how soon the task stops, with a worker in another process; and what happens when
 * the message that passes it to the worker is lost.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { TaskRows } from '../../../server/src/distributed/rows/TaskRows.ts';
import { TaskWorker } from '../../../server/src/distributed/worker/TaskWorker.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { Commands } from '../../support/server/lrtServer.ts';
import { wait } from '../../support/tasks/definitions.ts';
import { ownRedis } from '../support/ownRedis.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

const ann = { owner: 'ann' };
const admin = { owner: 'root', admin: true };
const commands = new Commands();
let counter = 0;

/** A server's engine on a database and a prefix of its own, for a worker that each test starts. */
async function openServer(redisUrl = inject('redisUrl')) {
  const { databaseUrl, drop } = await createTestDatabase();
  const prefix = `cancel-${process.pid}-${++counter}`;
  const pool = openPool(databaseUrl);
  const store = new PostgisStore({ pool });
  const shared = { redisUrl, pool, store, prefix, definitions: [wait], tasksPerOwner: 1_000 };
  const engine = new DistributedEngine(shared);
  onTestFinished(async () => {
    await engine.close();
    await commands.endAll();
    await pool.end();
    await drop();
  });
  return { engine, shared, databaseUrl, pool };
}

/** Starts a task that waits until it is cancelled, and resolves once a worker runs it. */
async function running(engine: TaskEngine): Promise<string> {
  const { task } = await engine.enqueue({ name: 'wait', params: { gate: 'never' } }, ann);
  for await (const event of engine.events({ cursors: { [task.id]: 0 } }, { caller: ann }))
    if (event.type === 'progress') break;
  return task.id;
}

/** Milliseconds until a follower has the end. */
async function stopped(engine: TaskEngine, id: string, sinceMs: number) {
  for await (const event of engine.events({ cursors: { [id]: 0 } }, { caller: ann }))
    if (event.type === 'cancelled') return { event, ms: performance.now() - sinceMs };
  throw new Error('the stream ended without the end of the task');
}

/** The value that 95 of 100 do not exceed. */
const p95 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;

test('an admin cancels 40 tasks of a worker in another process: each answer within 300 ms, 95 % of them stopped within 1 s', async () => {
  const { engine, shared, databaseUrl } = await openServer();
  const folder = await mkdtemp(join(tmpdir(), 'lrt-cancel-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'tasks.mjs');
  await writeFile(
    file,
    `const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
     export default { name: 'wait', params, async execute(_, { progress, signal }) {
       await progress({ message: 'waits' });
       await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
     } };`,
  );
  const services = ['--redis', shared.redisUrl, '--database', databaseUrl, '--prefix', shared.prefix];
  const worker = commands.start(['worker', ...services, '--tasks', file, '--concurrency', '20']);
  await worker.says(/^working on .*\n/);
  const answers: number[] = [];
  const ends: number[] = [];
  const cancel = async (id: string) => {
    const began = performance.now();
    const end = stopped(engine, id, began);
    expect(await engine.cancel(id, admin)).toMatchObject({ cancelRequested: true, cancelledBy: 'root' });
    answers.push(performance.now() - began);
    const { event, ms } = await end;
    expect(event).toMatchObject({ cancelledBy: 'root' });
    ends.push(ms);
  };
  const started = () => Promise.all(Array.from({ length: 20 }, () => running(engine)));
  for (const id of await started()) await cancel(id);
  const answersAlone = [...answers];
  await Promise.all((await started()).map(cancel));
  console.info(
    `cancelled 40 tasks of another process: answers p95 ${p95(answersAlone).toFixed(0)} ms (20 at once: ${p95(answers).toFixed(0)} ms), ends p95 ${p95(ends).toFixed(0)} ms`,
  );
  expect(p95(answersAlone)).toBeLessThan(300);
  expect(p95(ends)).toBeLessThan(1_000);
});

/** Cancels as a server does whose message to the worker is lost. */
async function cancelSilently(pool: ReturnType<typeof openPool>, id: string): Promise<number> {
  const rows = new TaskRows({
    pool,
    tasksPerOwner: 1_000,
    onDispatch() {},
    onChange: () => {},
    onProblem() {},
    afterwards() {},
  });
  const began = performance.now();
  expect(await rows.cancel(id, 'ann')).toMatchObject({ cancel_requested: true });
  return began;
}

test('a message that is lost costs at most half the time after which a worker counts as lost', async () => {
  const { engine, shared, databaseUrl, pool } = await openServer();
  const queues = { default: { concurrency: 1 } };
  const worker = await TaskWorker.start({ ...shared, databaseUrl, queues, lostAfterSeconds: 2 });
  onTestFinished(() => worker.close());
  const id = await running(engine);
  const { ms } = await stopped(engine, id, await cancelSilently(pool, id));
  expect(ms).toBeLessThan(1_000 + 500);
});

test('a worker that lost its connection to Redis looks for cancellations as soon as it is back', async () => {
  // Connections of all tests would break otherwise.
  const redisUrl = await ownRedis();
  const { engine, shared, databaseUrl, pool } = await openServer(redisUrl);
  const queues = { default: { concurrency: 1 } };
  // Without the loss it would look after a minute.
  const worker = await TaskWorker.start({ ...shared, databaseUrl, queues, lostAfterSeconds: 120 });
  onTestFinished(() => worker.close());
  const id = await running(engine);
  const began = await cancelSilently(pool, id);
  const redis = new Redis(redisUrl);
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  redis.disconnect();
  expect((await stopped(engine, id, began)).ms).toBeLessThan(5_000);
});
