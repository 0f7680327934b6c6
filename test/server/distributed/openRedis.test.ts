import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { openRedis } from '../../../server/src/distributed/logs/openRedis.ts';
import { ownRedis } from '../support/ownRedis.ts';

test('a command that meets a primary which became a replica is sent again, and succeeds at the next primary', async () => {
  const url = await ownRedis();
  const operator = new Redis(url);
  const redis = openRedis(url, { onError: () => {} });
  onTestFinished(() => {
    operator.disconnect();
    redis.disconnect();
  });
  expect(await redis.set('task', 1)).toBe('OK');
  await operator.replicaof('127.0.0.1', 1);
  const connections = async () =>
    Number(/total_connections_received:(\d+)/.exec(await operator.info('stats'))?.[1]);
  const before = await connections();
  const writing = redis.set('task', 2);
  await expect.poll(connections).toBeGreaterThan(before);
  await operator.replicaof('NO', 'ONE');
  expect(await writing).toBe('OK');
  expect(await operator.get('task')).toBe('2');
});
