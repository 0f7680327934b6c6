import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { defineTables } from '../../../backend/network/tables.ts';
import { runCommand } from '../../../server/src/cli/runCommand.ts';
import { migrate, pendingMigrations } from '../../../server/src/database/migrate.ts';
import { asNewRole } from '../support/asNewRole.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

// What users reported of other software with databases, poolers and privileges, tried here; docs/tried.md lists them.

test('a role may migrate in schemas that are there, without the privilege to create some (drizzle-team/drizzle-orm#4025, npgsql/efcore.pg#1770)', async () => {
  const { databaseUrl, drop } = await createTestDatabase({ content: 'empty' });
  onTestFinished(drop);
  const { url, role } = await asNewRole(databaseUrl);
  await execute(
    databaseUrl,
    `CREATE EXTENSION postgis; CREATE SCHEMA lrt AUTHORIZATION ${role}; CREATE SCHEMA lrt_own AUTHORIZATION ${role}`,
  );
  const tables = defineTables([{ name: 'note' }]);
  expect(await migrate(url, tables)).toContain('table note');
  expect(await pendingMigrations(url, tables)).toEqual([]);
});

test.each([
  ['-@blocking', 'OptimalBits/bull#2113'],
  ['-evalsha -eval', 'taskforcesh/bullmq#3351'],
  ['resetchannels', 'redis/redis#12418'],
  ['resetkeys ~other:*', 'celery/celery#8724'],
])('a Redis user with %s is found before a worker waits in silence (%s)', async (rule) => {
  const { databaseUrl, drop } = await createTestDatabase();
  const administrator = new Redis(inject('redisUrl'));
  const user = `report${process.pid}`;
  onTestFinished(async () => {
    await administrator.acl('DELUSER', user);
    administrator.disconnect();
    await drop();
  });
  await administrator.call('acl', 'SETUSER', user, 'on', '>own', '~*', '&*', '+@all', ...rule.split(' '));
  const url = new URL(inject('redisUrl'));
  url.username = user;
  url.password = 'own';
  const written: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void written.push(String(line)));
  const args = ['--redis', url.href, '--database', databaseUrl, '--log-level', 'error'];
  expect(await runCommand(['worker', ...args], {})).toBe(1);
  expect(written.join('\n')).toMatch(/NOPERM.*run "redis-cli acl setuser/);
});
