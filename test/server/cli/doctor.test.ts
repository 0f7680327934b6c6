import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest';
import { checkServices } from '../../../server/src/cli/checkServices.ts';
import { checkClocks } from '../../../server/src/cli/checks/checkClocks.ts';
import { runCommand } from '../../../server/src/cli/runCommand.ts';
import { createLogger } from '../../../server/src/observe/createLogger.ts';
import { ownRedis } from '../support/ownRedis.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

const redisUrl = inject('redisUrl');
let printed: string[];
let written: string[];

beforeEach(() => {
  printed = [];
  written = [];
  vi.spyOn(console, 'log').mockImplementation((text) => {
    printed.push(text);
  });
  vi.spyOn(console, 'error').mockImplementation((text) => {
    written.push(text);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function database(content: 'migrated' | 'empty'): Promise<string> {
  const { databaseUrl, drop } = await createTestDatabase({ content });
  onTestFinished(drop);
  return databaseUrl;
}

async function redisWith(name: string, value: string): Promise<string> {
  const redisUrl = await ownRedis();
  const client = new Redis(redisUrl);
  await client.config('SET', name, value);
  client.disconnect();
  return redisUrl;
}

test('all is well', async () => {
  expect(
    await runCommand(['doctor'], { LRT_REDIS_URL: redisUrl, LRT_DATABASE_URL: await database('migrated') }),
  ).toBe(0);
  expect(printed).toEqual([
    expect.stringMatching(/^ok {4}Redis: version \d+\.\d+/),
    'ok    Redis: maxmemory-policy noeviction',
    'ok    Redis: appendonly yes',
    expect.stringMatching(/^ok {4}PostgreSQL: version \d+\.\d+/),
    expect.stringMatching(/^ok {4}PostGIS: version 3\.\d+/),
    'ok    migrations: none is pending',
    expect.stringMatching(/^ok {4}deployment: /),
    'ok    a task: can be stored, queued, claimed and ended, and its events read',
    expect.stringMatching(/^ok {4}clock: Redis's is \d\.\d s (ahead of|behind) this machine's$/),
    expect.stringMatching(/^ok {4}clock: PostgreSQL's is \d\.\d s (ahead of|behind) this machine's$/),
  ]);
});

test('two deployments do not share a prefix in one Redis: the second one does not start, and learns the fix', async () => {
  const [first, second] = [await database('migrated'), await database('migrated')];
  await execute(second, 'UPDATE lrt.deployment SET id = gen_random_uuid()');
  const prefix = `doctor-${process.pid}`;
  const doctor = (databaseUrl: string) =>
    runCommand(['doctor', '--prefix', prefix, '--redis', redisUrl, '--database', databaseUrl], {});
  expect(await doctor(first)).toBe(0);
  expect(printed).toContain(`ok    deployment: nobody uses the prefix "${prefix}" in this Redis yet`);

  const logger = createLogger({ level: 'error' });
  const start = (databaseUrl: string) =>
    checkServices({ redisUrl, databaseUrl, prefix }, { migrateFirst: false, tables: [], logger });
  await start(first);
  await start(first);
  expect(await doctor(first)).toBe(0);
  await expect(start(second)).rejects.toThrow(
    /deployment: the prefix ".*" in this Redis belongs to another database.*--prefix.*redis-cli del doctor-\d+:deployment/,
  );
  expect(await doctor(second)).toBe(1);
  const client = new Redis(redisUrl);
  await client.del(`${prefix}:deployment`);
  client.disconnect();
  await start(second);
});

test('a replica and a node of a cluster are refused by name', async () => {
  const replica = await ownRedis(['replicaof 127.0.0.1 1']);
  expect(await runCommand(['doctor', '--redis', replica], {})).toBe(1);
  expect(printed).toContainEqual(
    expect.stringMatching(/^fail {2}Redis: it is a replica of 127\.0\.0\.1:1 .* the address of the primary$/),
  );
  const cluster = await ownRedis(['cluster-enabled yes', 'appendonly no']);
  expect(await runCommand(['doctor', '--redis', cluster], {})).toBe(1);
  expect(printed).toContainEqual(expect.stringMatching(/^fail {2}Redis: it is a node of a Redis Cluster/));
});

test('a Redis that evicts fails, and no server starts on it', async () => {
  const redisUrl = await redisWith('maxmemory-policy', 'allkeys-lru');
  expect(await runCommand(['doctor', '--redis', redisUrl], {})).toBe(1);
  expect(printed).toContainEqual(
    expect.stringMatching(
      /^fail {2}Redis: maxmemory-policy is allkeys-lru: .*"maxmemory-policy noeviction" into redis\.conf/,
    ),
  );
  const services = ['--redis', redisUrl, '--database', await database('migrated'), '--log-level', 'error'];
  expect(await runCommand(['serve', ...services, '--insecure', '--port', '0'], {})).toBe(1);
  expect(await runCommand(['worker', ...services], {})).toBe(1);
  expect(written).toEqual(
    Array(2).fill(expect.stringMatching(/^lrt-server: Redis: maxmemory-policy is allkeys-lru/)),
  );
});

test('a Redis that forgets is warned of', async () => {
  const redisUrl = await redisWith('appendonly', 'no');
  expect(await runCommand(['doctor', '--redis', redisUrl], {})).toBe(0);
  expect(printed).toContainEqual(
    expect.stringMatching(/^warn {2}Redis: appendonly is off: .*"appendonly yes"/),
  );
});

test('a Redis and a PostgreSQL that are not there are named without their passwords', async () => {
  const args = [
    '--redis',
    'redis://:hunter2@127.0.0.1:1',
    '--database',
    'postgres://lrt:hunter2@127.0.0.1:1/lrt',
  ];
  expect(await runCommand(['doctor', ...args], {})).toBe(1);
  expect(printed).toEqual([
    expect.stringMatching(
      /^fail {2}Redis: redis:\/\/.*@127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*--redis$/,
    ),
    expect.stringMatching(
      /^fail {2}PostgreSQL: postgres:\/\/.*@127\.0\.0\.1:1\/lrt cannot be used: .*ECONNREFUSED.*--database$/,
    ),
  ]);
  expect(printed.join()).not.toContain('hunter2');
});

test('a wrong password is said to be one', async () => {
  const url = new URL(redisUrl);
  url.password = 'wrong';
  const databaseUrl = new URL(inject('databaseUrl'));
  databaseUrl.password = 'wrong';
  expect(await runCommand(['doctor', '--redis', url.href, '--database', databaseUrl.href], {})).toBe(1);
  expect(printed).toEqual([
    expect.stringMatching(/^fail {2}Redis: .*WRONGPASS/),
    expect.stringMatching(/^fail {2}PostgreSQL: .*password authentication failed/),
  ]);
});

test('a database without PostGIS fails, and no server starts on it', async () => {
  const databaseUrl = await database('empty');
  expect(await runCommand(['doctor', '--database', databaseUrl], {})).toBe(1);
  expect(printed).toContainEqual(
    expect.stringMatching(/^fail {2}PostGIS: is not in this database: .*"CREATE EXTENSION postgis"/),
  );
  const args = ['--redis', redisUrl, '--database', databaseUrl, '--log-level', 'error'];
  expect(await runCommand(['serve', ...args, '--insecure', '--port', '0'], {})).toBe(1);
  expect(written).toEqual([expect.stringMatching(/^lrt-server: PostGIS: is not in this database/)]);
});

test('a database that was never migrated fails until it is', async () => {
  const databaseUrl = await database('empty');
  await execute(databaseUrl, 'CREATE EXTENSION postgis');
  expect(await runCommand(['doctor', '--database', databaseUrl], {})).toBe(1);
  expect(printed).toContainEqual(
    expect.stringMatching(
      /^fail {2}migrations: 0001_network, .*not applied: run "lrt-server migrate", or start with --migrate/,
    ),
  );
  const args = ['--redis', redisUrl, '--database', databaseUrl, '--log-level', 'error'];
  expect(await runCommand(['worker', ...args], {})).toBe(1);
  expect(written).toEqual([expect.stringMatching(/^lrt-server: migrations: 0001_network/)]);

  printed = [];
  expect(await runCommand(['migrate', '--database', databaseUrl], {})).toBe(0);
  expect(await runCommand(['migrate', '--database', databaseUrl], {})).toBe(0);
  expect(await runCommand(['doctor', '--database', databaseUrl], {})).toBe(0);
  expect(printed.slice(0, 2)).toEqual([
    expect.stringMatching(/^Applied 0001_network, /),
    'The database is up to date',
  ]);
});

test('clocks that differ are warned of, or fail', () => {
  const levels = (seconds: number) => checkClocks([{ subject: 'Redis', seconds }]).map(({ level }) => level);
  expect([0.1, -1.9, 2.1, -29, 30, -3_600].flatMap(levels)).toEqual([
    'ok',
    'ok',
    'warn',
    'warn',
    'fail',
    'fail',
  ]);
  expect(checkClocks([{ subject: 'Redis', seconds: -3_600 }])[0]?.message).toBe(
    'Redis\'s is 3600.0 s behind this machine\'s; keep the clocks of all machines together: "timedatectl set-ntp true"',
  );
});
