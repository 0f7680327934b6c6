import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { LogMirrors } from '../../../server/src/distributed/logs/LogMirrors.ts';
import { RedisLogs } from '../../../server/src/distributed/logs/RedisLogs.ts';
import { taskKeys } from '../../../server/src/distributed/logs/taskKeys.ts';
import { TaskWorker } from '../../../server/src/distributed/worker/TaskWorker.ts';
import type { TaskEvent } from '../../../src/contract/index.ts';
import { count, definitions, open, poleCount, smallTown, wait } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

const ann = { owner: 'ann' };
let parts: Awaited<ReturnType<typeof openDistributed>>;
let others: { close(): Promise<void> }[] = [];
let gates = 0;
const newGate = () => `many ${gates++}`;

beforeEach(async () => {
  parts = await openDistributed({ definitions, town: smallTown });
});
afterEach(async () => {
  await Promise.all(others.map((each) => each.close()));
  others = [];
  await parts.engine.close();
});

const shared = () => {
  const { redisUrl, pool, store, prefix, databaseUrl } = parts;
  return { redisUrl, pool, store, prefix, databaseUrl, definitions };
};
function anotherServer(): DistributedEngine {
  const server = new DistributedEngine(shared());
  others.push(server);
  return server;
}
async function anotherWorker(options: Partial<Parameters<typeof TaskWorker.start>[0]> = {}) {
  const queues = { default: { concurrency: 2 }, openers: { concurrency: 2 } };
  const worker = await TaskWorker.start({ ...shared(), queues, ...options });
  others.push(worker);
  return worker;
}
async function* follow(engine: TaskEngine, id: string, cursor: number | null = 0) {
  yield* engine.events({ cursors: { [id]: cursor } }, { caller: ann, signal: new AbortController().signal });
}
async function allEvents(engine: TaskEngine, id: string): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  for await (const event of follow(engine, id)) events.push(event);
  return events;
}
const run = async (name: string, params: Record<string, unknown>) =>
  (await parts.engine.enqueue({ name, params }, ann)).task.id;
/** Leaves each task as a worker does that ends it and dies before it publishes the end. */
async function endUnpublished(): Promise<void> {
  await parts.pool.query(
    `WITH ended AS (
       UPDATE lrt.task SET status = 'succeeded', result = '{"counted":2}', finished_at = now(), dispatched = true
       RETURNING id
     ) INSERT INTO lrt.unpublished (task_id) SELECT id FROM ended`,
  );
}
async function untilSaid(id: string): Promise<void> {
  for await (const event of follow(parts.engine, id)) if (event.type === 'progress') return;
}

describe('several servers', () => {
  test('show the same events of a task, number by number', async () => {
    const other = anotherServer();
    const id = await run('count', { to: 400, draw: true });
    const [here, there] = await Promise.all([allEvents(parts.engine, id), allEvents(other, id)]);
    expect(there).toEqual(here);
    expect(here.map(({ seq }) => seq)).toEqual(here.map((_, i) => i + 1));
  });

  test('cancel for each other', async () => {
    const id = await run('wait', { gate: newGate() });
    await untilSaid(id);
    await anotherServer().cancel(id, ann);
    expect((await allEvents(parts.engine, id)).at(-1)?.type).toBe('cancelled');
  });

  test('know each other’s idempotency keys', async () => {
    const request = { name: 'count', params: { to: 1 }, idempotencyKey: 'k' };
    const [a, b] = await Promise.all([
      parts.engine.enqueue(request, ann),
      anotherServer().enqueue(request, ann),
    ]);
    expect(a.task.id).toBe(b.task.id);
    expect([a.created, b.created].sort()).toEqual([false, true]);
  });
});

describe('a worker that stops', () => {
  test('finishes what it runs when it is given the time; nothing is begun twice', async () => {
    const gate = newGate();
    const id = await run('wait', { gate });
    await untilSaid(id);
    await anotherWorker();
    const closed = parts.worker.close({ drainSeconds: 60 });
    await run('open', { gate });
    await closed;
    const events = await allEvents(parts.engine, id);
    expect(events.at(-1)).toMatchObject({ type: 'succeeded', attempt: 1 });
  });

  test('hands over what it cannot finish; it is committed once', async () => {
    const before = await poleCount(parts.store);
    const gate = newGate();
    const id = await run('write', { end: 'wait', gate });
    await untilSaid(id);
    await anotherWorker();
    await parts.worker.close({ drainSeconds: 0 });
    await run('open', { gate });
    const events = await allEvents(parts.engine, id);
    expect(events.at(-1)).toMatchObject({ type: 'succeeded', attempt: 2 });
    expect(events.filter(({ type }) => type === 'snapshot')).toHaveLength(4);
    expect(await poleCount(parts.store)).toBe(before + 1);
  });

  test('of a task that it does not know leaves it to one that does', async () => {
    await parts.worker.close();
    const ignorant = await anotherWorker({ definitions: [open] });
    const id = await run('count', { to: 2 });
    const events = allEvents(parts.engine, id);
    await expect
      .poll(async () => (await parts.pool.query('SELECT job FROM lrt.task')).rows, { timeout: 15_000 })
      .toEqual([{ job: 2 }]);
    await ignorant.close();
    await anotherWorker({ definitions: [count] });
    expect((await events).at(-1)).toMatchObject({ type: 'succeeded', attempt: 1 });
  });
});

describe('what gets lost', () => {
  test('a job that vanished from its queue is put there again', async () => {
    await parts.worker.close();
    const id = await run('count', { to: 2 });
    const redis = new Redis(parts.redisUrl);
    const keys = await redis.keys(`${parts.prefix}:queue:*`);
    expect(keys.length).toBeGreaterThan(0);
    await redis.del(...keys);
    redis.disconnect();
    await anotherWorker();
    expect((await allEvents(parts.engine, id)).at(-1)).toMatchObject({ type: 'succeeded' });
  });

  test('a log that Redis forgot goes on with higher numbers; followers get the state, and the end once', async () => {
    const gate = newGate();
    const id = await run('wait', { gate });
    await untilSaid(id);
    const events = follow(parts.engine, id, null);
    const first = (await events.next()).value;
    const redis = new Redis(parts.redisUrl);
    await redis.del(...(await redis.keys(`${parts.prefix}:task:*`)));
    redis.disconnect();
    await run('open', { gate });
    const rest: TaskEvent[] = [];
    for await (const event of events) rest.push(event);
    expect(rest.map(({ seq }) => seq)).toEqual(rest.map(({ seq }) => seq).sort((a, b) => a - b));
    expect(rest[0]?.seq).toBeGreaterThan(first?.seq ?? 0);
    expect(rest.filter(({ type }) => type === 'succeeded')).toHaveLength(1);
    expect(rest.at(-1)?.type).toBe('succeeded');
  });

  test('an end that was committed and not published is published by whoever reads', async () => {
    await parts.worker.close();
    const id = await run('count', { to: 2 });
    await endUnpublished();
    const other = anotherServer();
    expect(await other.get(id, ann)).toMatchObject({ status: 'succeeded', seq: 2 });
    const events = await allEvents(other, id);
    expect(events.map(({ type }) => type)).toEqual(['snapshot', 'succeeded']);
    expect(events.at(-1)).toMatchObject({ result: { counted: 2 } });
    // And whoever followed it all along hears of it as well.
    expect((await allEvents(parts.engine, id)).at(-1)).toEqual(events.at(-1));
  });

  test('who comes between the commit and the log waits for the log', async () => {
    await parts.worker.close();
    const id = await run('count', { to: 2 });
    await endUnpublished();
    const redis = new Redis(parts.redisUrl);
    const subscriber = new Redis(parts.redisUrl);
    const keys = taskKeys(parts.prefix);
    const row = async () => (await parts.pool.query('SELECT * FROM lrt.task WHERE id = $1', [id])).rows[0];
    const mirrors = new LogMirrors({
      logs: new RedisLogs(redis, keys),
      keys,
      subscriber,
      row,
      observer: {},
    });
    const { log } = await mirrors.open(id, 0);
    expect(log.task).toMatchObject({ status: 'queued', seq: 1 });
    // Whoever reads publishes it, or the sweeper does.
    await allEvents(parts.engine, id);
    await expect.poll(() => log.task).toMatchObject({ status: 'succeeded', result: { counted: 2 }, seq: 2 });
    await mirrors.close();
    redis.disconnect();
    subscriber.disconnect();
  });

  test('a task that ran while a server looked for its log is followed from its beginning', async () => {
    const id = await run('count', { to: 2 });
    await allEvents(parts.engine, id);
    const redis = new Redis(parts.redisUrl);
    const subscriber = new Redis(parts.redisUrl);
    const keys = taskKeys(parts.prefix);
    const logs = new RedisLogs(redis, keys);
    // It looked before the task's first event, and read the row after the end.
    vi.spyOn(logs, 'load').mockResolvedValueOnce(undefined);
    const row = async () => (await parts.pool.query('SELECT * FROM lrt.task WHERE id = $1', [id])).rows[0];
    await expect.poll(async () => (await row()).published).toBe(true);
    const mirrors = new LogMirrors({ logs, keys, subscriber, row, observer: {} });
    const { log } = await mirrors.open(id, 0);
    expect(log.next({ seen: 0, liveFrom: log.seq })?.seq).toBe(1);
    await mirrors.close();
    redis.disconnect();
    subscriber.disconnect();
  });

  test('a worker that was lost too often has taken its task with it', async () => {
    await parts.worker.close();
    const id = await run('wait', { gate: newGate() });
    await parts.pool.query(
      `UPDATE lrt.task SET status = 'running', claimed = true, losses = 3, started_at = now()`,
    );
    await anotherWorker({ definitions: [wait] });
    expect((await allEvents(parts.engine, id)).at(-1)).toMatchObject({
      type: 'failed',
      error: { code: 'worker-lost', details: { losses: 4 } },
    });
  });
});

test('an attempt that lost its task to another commits nothing', async () => {
  const before = await poleCount(parts.store);
  const gate = newGate();
  const id = await run('write', { end: 'wait', gate });
  await untilSaid(id);
  // As a second worker does that takes the first one for dead.
  await parts.pool.query(`UPDATE lrt.task SET attempt = attempt + 1 WHERE id = $1`, [id]);
  await run('open', { gate });
  await expect.poll(() => parts.worker.running, { timeout: 10_000 }).toBe(0);
  expect(await poleCount(parts.store)).toBe(before);
  const { rows } = await parts.pool.query('SELECT status, attempt FROM lrt.task WHERE id = $1', [id]);
  expect(rows).toEqual([{ status: 'running', attempt: 2 }]);
});

test('tasks that ended long ago are deleted, with their logs', async () => {
  const id = await run('count', { to: 1 });
  await allEvents(parts.engine, id);
  await expect
    .poll(async () => (await parts.pool.query('SELECT published FROM lrt.task')).rows, { timeout: 10_000 })
    .toEqual([{ published: true }]);
  await parts.pool.query(`UPDATE lrt.task SET finished_at = now() - interval '31 days'`);
  // This server remembers for a while what it has just published.
  await expect.poll(() => parts.engine.get(id, ann), { timeout: 25_000 }).toBeUndefined();
  const redis = new Redis(parts.redisUrl);
  await expect.poll(() => redis.keys(`${parts.prefix}:task:{${id}}*`), { timeout: 10_000 }).toEqual([]);
  redis.disconnect();
});

test('text that PostgreSQL cannot hold does no harm: params come back to the character', async () => {
  const gate = 'nul \0, half a pair \ud800, backslash \\u0000';
  const { task } = await parts.engine.enqueue(
    { name: 'wait', params: { gate }, tags: ['\0', '\udfff'] },
    ann,
  );
  expect(await parts.engine.get(task.id, ann)).toMatchObject({ params: { gate }, tags: ['\0', '\udfff'] });
  expect((await parts.engine.list({ q: '\0' }, ann)).tasks).toHaveLength(1);
  expect((await parts.engine.list({ name: '\0' }, ann)).tasks).toEqual([]);
  expect(await parts.engine.get('\0', ann)).toBeUndefined();
  await expect(allEvents(parts.engine, '\0')).rejects.toMatchObject({
    error: { code: 'task-not-found', details: { taskIds: ['\0'] } },
  });
  await run('open', { gate });
  expect((await allEvents(parts.engine, task.id)).at(-1)).toMatchObject({
    type: 'succeeded',
    result: { opened: gate },
  });
});
