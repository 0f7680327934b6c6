import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../../../server/src/cli/runCommand.ts';
import { asNewRole } from '../support/asNewRole.ts';
import { execute } from '../support/templateDatabase.ts';
import { alterDatabase, createTestDatabase } from '../support/testDatabase.ts';

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

async function database(content: 'migrated' | 'empty' = 'migrated'): Promise<string> {
  const { databaseUrl, drop } = await createTestDatabase({ content });
  onTestFinished(drop);
  return databaseUrl;
}

async function doctor(databaseUrl: string): Promise<string[]> {
  printed = [];
  await runCommand(['doctor', '--redis', redisUrl, '--database', databaseUrl], {});
  return printed.filter((line) => !line.startsWith('ok'));
}

/** The command that a finding names: the text between run "..." */
function commandOf(findings: string[]): string {
  const [, command] = /run "(.+?)"(?= as | and |$)/.exec(findings.join('\n')) ?? [];
  if (command === undefined) throw new Error(`no command in ${findings.join('\n')}`);
  return command;
}

test('a role without privileges: doctor names the grant, a server does not start, and the grant mends it', async () => {
  const databaseUrl = await database();
  const { url, role } = await asNewRole(databaseUrl);
  const findings = await doctor(url);
  expect(findings).toEqual([
    expect.stringMatching(
      /^fail {2}PostgreSQL: the role plain_\d+_\d+ may not use the schema lrt: run "GRANT/,
    ),
  ]);
  const args = ['worker', '--redis', redisUrl, '--database', url, '--log-level', 'error'];
  expect(await runCommand(args, {})).toBe(1);
  expect(written).toEqual([
    expect.stringMatching(/^lrt-server: PostgreSQL: the role .* may not use the schema lrt/),
  ]);
  expect(written.join()).not.toContain('systemctl');

  await execute(databaseUrl, commandOf(findings));
  expect(await doctor(url)).toEqual([]);
  // A table that a later migration made, or a grant that somebody took back.
  await execute(databaseUrl, `REVOKE INSERT ON lrt.task_key FROM ${role}`);
  expect(await doctor(url)).toEqual([expect.stringMatching(/may not use task_key in the schema lrt/)]);
});

test('the tables belong to another role without superuser: membership in it is the grant', async () => {
  const databaseUrl = await database('empty');
  await execute(databaseUrl, 'CREATE EXTENSION postgis');
  const owner = await asNewRole(databaseUrl);
  await execute(
    databaseUrl,
    `GRANT CREATE ON DATABASE ${new URL(databaseUrl).pathname.slice(1)} TO ${owner.role}`,
  );
  expect(await runCommand(['migrate', '--database', owner.url], {})).toBe(0);
  const { url, role } = await asNewRole(databaseUrl);
  const findings = await doctor(url);
  expect(commandOf(findings)).toBe(`GRANT "${owner.role}" TO "${role}"`);

  // The same is said to somebody who migrates.
  await execute(databaseUrl, "COMMENT ON FUNCTION lrt.end_tasks(json) IS 'of an earlier version'");
  expect(await runCommand(['migrate', '--database', url], {})).toBe(1);
  expect(written.join()).toContain(`GRANT "${owner.role}" TO "${role}"`);
  await execute(databaseUrl, commandOf(findings));
  expect(await runCommand(['migrate', '--database', url], {})).toBe(0);
  expect(await doctor(url)).toEqual([]);
});

test('PostGIS in a schema that the role may not use', async () => {
  const databaseUrl = await database('empty');
  await execute(databaseUrl, 'CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis');
  expect(await runCommand(['migrate', '--database', databaseUrl], {})).toBe(0);
  const { url } = await asNewRole(databaseUrl);
  const findings = await doctor(url);
  expect(findings).toEqual([
    expect.stringMatching(/^fail {2}PostgreSQL: PostGIS is in the schema gis, which the role .* may not use/),
    expect.stringMatching(/may not use the schema lrt/),
  ]);
  for (const finding of findings) await execute(databaseUrl, commandOf([finding]));
  expect(await doctor(url)).toEqual([]);
});

test('what only a superuser can set is named with the command, and it mends it', async () => {
  const databaseUrl = await database();
  const { url, role } = await asNewRole(databaseUrl);
  const granted = commandOf(await doctor(url));
  await execute(databaseUrl, granted);
  await alterDatabase(databaseUrl, { session_replication_role: 'replica' });
  const findings = await doctor(url);
  expect(findings).toEqual([
    expect.stringMatching(/^fail {2}PostgreSQL: session_replication_role is replica \(triggers do not run/),
  ]);
  expect(commandOf(findings)).toMatch(
    new RegExp(`^ALTER ROLE "${role}" IN DATABASE "test_.*" SET session_replication_role = 'origin'$`),
  );
  await execute(databaseUrl, commandOf(findings));
  expect(await doctor(url)).toEqual([]);
});

test('what a session can set is set, whoever set it otherwise', async () => {
  const databaseUrl = await database();
  await alterDatabase(databaseUrl, {
    default_transaction_isolation: 'serializable',
    default_transaction_read_only: 'on',
    statement_timeout: '1ms',
    lock_timeout: '1ms',
    idle_in_transaction_session_timeout: '50ms',
    idle_session_timeout: '500ms',
    search_path: 'nowhere',
    synchronous_commit: 'off',
    standard_conforming_strings: 'off',
    row_security: 'off',
    DateStyle: 'German',
    client_encoding: 'LATIN1',
    lc_messages: 'C',
  });
  expect(await doctor(databaseUrl)).toEqual([]);
  expect(await runCommand(['migrate', '--database', databaseUrl], {})).toBe(0);
});

test.each(['SQL_ASCII', 'LATIN1'])(
  'a database in %s is refused by migrate and doctor, with the command',
  async (encoding) => {
    const name = `other_${process.pid}_${encoding.toLowerCase()}`;
    const administrator = inject('databaseUrl');
    await execute(
      administrator,
      `CREATE DATABASE ${name} ENCODING '${encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    onTestFinished(() => execute(administrator, `DROP DATABASE ${name} WITH (FORCE)`));
    const url = new URL(administrator);
    url.pathname = name;
    expect(await runCommand(['migrate', '--database', url.href], {})).toBe(1);
    expect(written).toEqual([
      expect.stringMatching(new RegExp(`encoding is ${encoding}, .*ENCODING 'UTF8' TEMPLATE`)),
    ]);
    expect(await doctor(url.href)).toContainEqual(
      expect.stringMatching(new RegExp(`^fail {2}PostgreSQL: the database's encoding is ${encoding}`)),
    );
  },
);

test('a limit on connections is warned of', async () => {
  const databaseUrl = await database();
  const { url, role } = await asNewRole(databaseUrl, 'CONNECTION LIMIT 6');
  await execute(databaseUrl, commandOf((await doctor(url)).filter((line) => line.includes('schema lrt'))));
  const findings = await doctor(url);
  expect(findings).toEqual([expect.stringMatching(/^warn {2}PostgreSQL: at most 6 connections are allowed/)]);
  expect(commandOf(findings)).toBe(`ALTER ROLE "${role}" CONNECTION LIMIT -1`);
});

test('a database and a role that are not there, and a role that may not connect, are not "start PostgreSQL"', async () => {
  const administrator = inject('databaseUrl');
  const missing = new URL(administrator);
  missing.pathname = 'never_made';
  expect(await doctor(missing.href)).toEqual([expect.stringMatching(/CREATE DATABASE "never_made" OWNER/)]);
  const databaseUrl = await database();
  const { url, role } = await asNewRole(databaseUrl);
  await execute(databaseUrl, `REVOKE CONNECT ON DATABASE ${new URL(url).pathname.slice(1)} FROM PUBLIC`);
  expect(await doctor(url)).toEqual([
    expect.stringMatching(new RegExp(`GRANT CONNECT ON DATABASE "test_.*" TO "${role}"`)),
  ]);
  expect(printed.join()).not.toContain('systemctl');
});

test('a Redis user without the channels or the commands is found, and the command mends it', async () => {
  const databaseUrl = await database();
  const administrator = new Redis(redisUrl);
  const user = `user${process.pid}`;
  onTestFinished(async () => {
    await administrator.acl('DELUSER', user);
    administrator.disconnect();
  });
  await administrator.acl('SETUSER', user, 'on', '>own', 'resetchannels', '~*', '+@all');
  const url = new URL(redisUrl);
  url.username = user;
  url.password = 'own';
  const lines = async () => {
    printed = [];
    const code = await runCommand(['doctor', '--redis', url.href, '--database', databaseUrl], {});
    return { code, findings: printed.filter((line) => line.startsWith('fail')) };
  };
  const { findings } = await lines();
  expect(findings).toEqual([
    expect.stringMatching(
      /^fail {2}a task: an event could not be logged.*: .*(NOPERM|permission).*; run "redis-cli acl setuser/i,
    ),
  ]);
  // redis-cli acl setuser NAME ...
  const [, ...command] = commandOf(findings).split(' ');
  await administrator.call('acl', ...command.slice(1));
  expect(await lines()).toMatchObject({ code: 0, findings: [] });

  await administrator.acl('SETUSER', user, '-evalsha', '-eval');
  expect((await lines()).findings).toEqual([
    expect.stringMatching(/^fail {2}a task: a task could not be queued/),
  ]);
});

test('the check of a task leaves nothing behind', async () => {
  const databaseUrl = await database();
  const administrator = new Redis(redisUrl);
  onTestFinished(() => administrator.disconnect());
  const prefix = `clean-${process.pid}`;
  const args = ['doctor', '--redis', redisUrl, '--database', databaseUrl, '--prefix', prefix];
  expect(await runCommand(args, {})).toBe(0);
  expect(await administrator.keys(`${prefix}*`)).toEqual([]);
  const client = new pg.Client(databaseUrl);
  await client.connect();
  onTestFinished(() => client.end());
  const { rows } = await client.query(
    'SELECT (SELECT count(*) FROM lrt.task) AS tasks, (SELECT count(*) FROM lrt.task_key) AS keys',
  );
  expect(rows).toEqual([{ tasks: '0', keys: '0' }]);
});
