import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBackend } from '../../../backend/app.ts';
import { unavailableFor } from '../../../server/src/common/errorKind.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { encodeEvent } from '../../../server/src/distributed/logs/eventCodec.ts';
import { LogMirrors } from '../../../server/src/distributed/logs/LogMirrors.ts';
import { RedisLogs } from '../../../server/src/distributed/logs/RedisLogs.ts';
import { taskKeys } from '../../../server/src/distributed/logs/taskKeys.ts';
import { snapshotOf, type TaskRow } from '../../../server/src/distributed/rows/taskRow.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

// A server's copies of the logs, where what Redis publishes does not arrive, and services that are away.

let parts: Awaited<ReturnType<typeof openDistributed>>;
const cleanups: (() => unknown)[] = [];

beforeEach(async () => {
  parts = await openDistributed({ definitions, town: smallTown });
  await parts.worker.close();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await parts.engine.close();
});

/** A task that another server's worker runs, and mirrors of its log. */
async function openMirrors() {
  const { pool, engine, prefix, redisUrl } = parts;
  const { id } = (await engine.enqueue({ name: 'count', params: { to: 2 } }, { owner: 'ann' })).task;
  const row = async (): Promise<TaskRow | undefined> =>
    (await pool.query<TaskRow>('SELECT * FROM lrt.task WHERE id = $1', [id])).rows[0];
  const redis = new Redis(redisUrl);
  const subscriber = new Redis(redisUrl);
  const keys = taskKeys(prefix);
  const logs = new RedisLogs(redis, keys);
  const mirrors = new LogMirrors({ logs, keys, subscriber, row, observer: {} });
  cleanups.push(async () => {
    await mirrors.close();
    redis.disconnect();
    subscriber.disconnect();
  });
  const found = await row();
  if (!found) throw new Error('the task has no row');
  const task = snapshotOf(found);
  const publish = (message: string) =>
    logs.append(task, 0, [encodeEvent({ type: 'log', level: 'info', message }, task)]);
  return { id, mirrors, subscriber, publish, channel: keys.channel(id) };
}

test('a follower that has seen more than this server comes back to a mirror that has caught up', async () => {
  const { id, mirrors, subscriber, publish, channel } = await openMirrors();
  const first = await mirrors.open(id, 0);
  first.release();
  // The connection looks alive, and delivers nothing.
  await subscriber.unsubscribe(channel);
  await publish('one');
  const seen = await publish('two');
  const { log, release } = await mirrors.open(id, Number(seen));
  expect(log.seq).toBe(seen);
  release();
});

test('a mirror whose connection is lost is handed out as Redis has the log', async () => {
  const { id, mirrors, subscriber, publish } = await openMirrors();
  const first = await mirrors.open(id, 0);
  first.release();
  const closed = once(subscriber, 'close');
  subscriber.disconnect(true);
  await closed;
  const newest = await publish('one');
  // It knows that it may be behind, or has caught up already.
  expect([undefined, newest]).toContain(mirrors.current(id)?.seq);
  const { log, release } = await mirrors.open(id, 0);
  expect(log.seq).toBe(newest);
  release();
  await expect.poll(() => mirrors.current(id)?.seq).toBe(newest);
});

test('a Redis that accepts connections and never answers makes a stream unavailable within seconds', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { id } = (await parts.engine.enqueue({ name: 'count', params: { to: 2 } }, { owner: 'ann' })).task;
  const { pool, store } = parts;
  const engine = new DistributedEngine({
    redisUrl: `redis://127.0.0.1:${port}`,
    pool,
    store,
    definitions,
    prefix: 'silent',
  });
  cleanups.push(async () => {
    await engine.close();
    silent.close();
  });
  const reading = async () => {
    for await (const _ of engine.events({ cursors: { [id]: null } }, { caller: { owner: 'ann' } }));
  };
  await expect(reading()).rejects.toMatchObject({ error: { code: 'unavailable' } });
}, 20_000);

test('while the database is away, each route answers 503 with Retry-After and hides the reason', async () => {
  // No worker runs here, which would wait for the database when the test ends.
  const { engine, store, pool } = parts;
  const { id } = (await engine.enqueue({ name: 'count', params: { to: 2 } }, { owner: 'local' })).task;
  const reported: unknown[] = [];
  const refused = () =>
    Promise.reject(Object.assign(new Error('the password of ann'), { code: 'ECONNREFUSED' }));
  vi.spyOn(pool, 'connect').mockImplementation(refused);
  vi.spyOn(pool, 'query').mockImplementation(refused);
  cleanups.push(() => vi.restoreAllMocks());
  const backend = createBackend({
    engine,
    store,
    outageOf: unavailableFor,
    onError: (error) => reported.push(error),
  });
  const json = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'count', params: { to: 2 } });
  const requests: [string, RequestInit?][] = [
    ['/tasks'],
    ['/tasks', { method: 'POST', headers: json, body }],
    ['/tasks/other'],
    [`/tasks/${id}`, { method: 'DELETE' }],
    [`/tasks/${id}/retry`, { method: 'POST' }],
    ['/designs'],
    ['/features?bbox=0,0,1,1&design=design/North'],
  ];
  for (const [path, init] of requests) {
    const response = await backend.fetch(new Request(`http://localhost${path}`, init));
    const text = await response.text();
    expect([path, response.status, response.headers.get('Retry-After')], text).toEqual([path, 503, '5']);
    expect(JSON.parse(text)).toMatchObject({ title: 'Not available', status: 503 });
    expect(text).not.toContain('password');
  }
  expect(reported).toHaveLength(requests.length);
});
