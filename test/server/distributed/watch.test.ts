import { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { taskKeys } from '../../../server/src/distributed/logs/taskKeys.ts';
import { TaskServices } from '../../../server/src/distributed/TaskServices.ts';
import { WatchingClient } from '../../contracts/watch.contract.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import { ownRedis } from '../support/ownRedis.ts';

// Watches on a deployment whose services lose messages, data and connections, and whose processes are of two versions.

const admin = { owner: 'root', admin: true };
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function deployment(redisUrl?: string) {
  const parts = await openDistributed({ definitions, town: smallTown, ...(redisUrl && { redisUrl }) });
  const { engine, prefix } = parts;
  const redis = new Redis(parts.redisUrl);
  cleanups.push(() => engine.close());
  cleanups.push(() => redis.disconnect());
  const keys = taskKeys(prefix);
  const watch = async (after?: string, caller: Caller = admin) => {
    const client = new WatchingClient(engine.watch({ filter: {}, ...(after && { after }) }, { caller }));
    await client.until(() => client.cursor !== undefined);
    return client;
  };
  const run = async (to = 1) =>
    (await engine.enqueue({ name: 'count', params: { to } }, { owner: 'ann' })).task.id;
  const has = (client: WatchingClient, id: string) =>
    client.until(() => client.tasks.get(id)?.status === 'succeeded');
  const subscribers = async () => Number((await redis.pubsub('NUMSUB', keys.changesChannel))[1]);
  return { ...parts, redis, keys, watch, run, has, subscribers };
}

test('a server has one subscription for all its watchers, and none when the last has left', async () => {
  const { watch, run, has, subscribers } = await deployment();
  expect(await subscribers()).toBe(0);
  const clients = await Promise.all([watch(), watch(), watch()]);
  expect(await subscribers()).toBe(1);
  const id = await run();
  for (const client of clients) await has(client, id);
  for (const client of clients.slice(1)) await client.close();
  expect(await subscribers()).toBe(1);
  await clients[0]?.close();
  await expect.poll(subscribers).toBe(0);
  const again = await watch();
  await has(again, await run());
  expect(await subscribers()).toBe(1);
});

test('where Redis has lost its data, watchers read the list again and go on', async () => {
  const { redis, keys, watch, run, has } = await deployment();
  const client = await watch();
  await has(client, await run());
  const before = client.cursor ?? '';
  await redis.del(keys.changesHead, keys.changes);
  await client.until(() => client.resets.length === 1);
  await has(client, await run());
  const back = await watch(before);
  expect(back.resets).toHaveLength(1);
  await has(back, await run());
});

test('a cursor that is older than the changes which are kept begins with reset', async () => {
  const { engine, prefix, pool, redisUrl, keys, redis, watch } = await deployment();
  const { watchCursor: after = '' } = await engine.list({}, admin);
  const services = new TaskServices({ redisUrl, pool, prefix });
  cleanups.push(() => services.close());
  // Each of these tasks is gone by now.
  const ids = Array.from({ length: 9_000 }, (_, i) => `gone ${i}`);
  await services.changes.announce(ids);
  expect((await watch(after)).resets).toEqual([]);
  await services.changes.announce(Array.from({ length: 2_000 }, (_, i) => `also gone ${i}`));
  expect((await watch(after)).resets).toHaveLength(1);
  expect(await redis.zcard(keys.changes)).toBe(10_000);
});

test('nothing is lost where connections break, whatever happened meanwhile', async () => {
  const redisUrl = await ownRedis();
  const { watch, run, has, redis } = await deployment(redisUrl);
  const client = await watch();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const running = run(20);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    ids.push(await running);
  }
  for (const id of ids) await has(client, id);
  expect(client.resets).toEqual([]);
});

test('changes that a process of an earlier version makes, and announces to nobody, come within seconds', async () => {
  const { watch, run, has, pool, redis, keys, worker } = await deployment();
  const deleted = await run();
  const insert = (id: string, age: string) =>
    pool.query(
      `INSERT INTO lrt.task (id, name, queue, priority, owner, params, tags, fingerprint, progress, words, status, claimed,
         dispatched, job, created_at, started_at)
       VALUES ($1, 'count', 'default', 5, 'ann', '{}', '[]', 'f', '{"percent":null,"step":null,"message":""}', 'count',
         'running', true, true, 1, now() - $2::interval, now() - $2::interval)`,
      [id, age],
    );
  await insert('goes on', '1 minute');
  await insert('ends', '1 minute');
  const client = await watch();
  await has(client, await run());
  await worker.close();
  const progress = { percent: 30, step: 1, message: 'as it was' };
  await redis.hset(keys.state('goes on'), {
    seq: 7,
    attempt: 1,
    ended: 0,
    progress: JSON.stringify(progress),
  });
  await pool.query(
    `UPDATE lrt.task SET status = 'cancelled', finished_at = now(), published = true WHERE id = 'ends'`,
  );
  await insert('is new', '0 s');
  await pool.query('DELETE FROM lrt.task WHERE id = $1', [deleted]);
  await client.until(() => client.tasks.get('goes on')?.progress.percent === 30);
  await client.until(() => client.tasks.get('ends')?.status === 'cancelled');
  await client.until(() => client.tasks.has('is new'));
  await client.until(() => client.gone.includes(deleted));
}, 20_000);

test('where Redis is away, a watch is refused for now, and a list says nothing of a watch', async () => {
  const { pool, store } = await deployment();
  const problems: string[] = [];
  const observer = { problem: (message: string) => problems.push(message) };
  const away = new DistributedEngine({ redisUrl: 'redis://127.0.0.1:1', pool, store, definitions, observer });
  cleanups.push(() => away.close());
  const page = await away.list({}, admin);
  expect(page).toEqual({ tasks: [] });
  expect(problems).toContain('A list says nothing of a watch, because Redis does not answer');
  const events = away.watch({ filter: {} }, { caller: admin });
  await expect(events.open()).rejects.toMatchObject({ error: { code: 'unavailable' } });
}, 20_000);
