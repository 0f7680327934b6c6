import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { freePort } from '../../../scripts/services/freePort.ts';
import { documented, findServices } from '../../../scripts/services.mjs';
import { checkRedis } from '../../../server/src/cli/checks/checkRedis.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { execute, withDatabase } from '../support/templateDatabase.ts';

const programs = findServices().programs;

test('the page’s redis.conf makes a Redis that doctor is content with, and the page’s command empties it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-redis-'));
  const port = await freePort();
  const conf = documented('conf', 'maxmemory-policy').replace('bind 127.0.0.1 10.0.0.1', 'bind 127.0.0.1');
  await writeFile(join(folder, 'redis.conf'), `port ${port}\ndir ${folder}\n${conf}`);
  const redis = spawn(programs?.redisServer ?? '', [join(folder, 'redis.conf')], { stdio: 'ignore' });
  onTestFinished(async () => {
    redis.kill();
    if (redis.exitCode === null) await once(redis, 'exit');
    await rm(folder, { recursive: true });
  });
  const [, written = ''] = /^LRT_REDIS_URL=(.*)$/m.exec(documented('sh', 'LRT_REDIS_URL=')) ?? [];
  const url = written.replace('10.0.0.1:6379', `127.0.0.1:${port}`);
  const levels = async () => (await checkRedis(url)).findings.map(({ level }) => level);
  await expect.poll(levels, { timeout: 20_000 }).toEqual(['ok', 'ok', 'ok']);

  // The command that empties Redis before a restore, with the same URL.
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  await client.mset('lrt:one', '1', 'lrt:two', '2', 'others', '3');
  const { redisCli = '' } = programs ?? {};
  await promisify(execFile)('sh', ['-euc', documented('sh', '--scan').replaceAll('redis-cli', redisCli)], {
    env: { ...process.env, LRT_REDIS_URL: url },
  });
  expect(await client.keys('*')).toEqual(['others']);
});

test('the page’s SQL makes a database that its role can migrate', async () => {
  const administrator = inject('databaseUrl');
  const name = `docs_${process.pid}`;
  onTestFinished(async () => {
    await execute(administrator, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await execute(administrator, `DROP ROLE IF EXISTS ${name}`);
  });
  // The names are the test's: others share the server.
  const sql = documented('sql', 'CREATE ROLE').replaceAll(/\blrt\b/g, name);
  const psql = promisify(execFile)(join(programs?.postgresBin ?? '', 'psql'), [
    '--set=ON_ERROR_STOP=1',
    administrator,
  ]);
  psql.child.stdin?.end(sql);
  await psql;
  const url = new URL(withDatabase(administrator, name));
  url.username = name;
  url.password = 'POSTGRES_PASSWORD';
  expect(await migrate(url.href)).toContain('0001_network');
});
