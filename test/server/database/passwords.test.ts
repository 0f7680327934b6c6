import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../../../server/src/cli/runCommand.ts';
import { redactText } from '../../../server/src/common/redact.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

const EVERY = `p@s:s/w?o#r%d &=+'"\\$\`{}[]|^~<>;,!*()ü${'x'.repeat(600)}`;
/** Each alone as well: one may hide what another breaks. */
const PASSWORDS = ['@', ':', '/', '?', '#', '%', ' ', "'", '"', '%2F', 'a b%2Fc', EVERY];

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

async function withPassword(password: string) {
  const { databaseUrl, drop } = await createTestDatabase();
  const name = `secret_${process.pid}`;
  const administrator = inject('databaseUrl');
  await execute(
    administrator,
    `SET standard_conforming_strings = on; CREATE ROLE ${name} SUPERUSER LOGIN PASSWORD ${quoted(password)}`,
  );
  const redis = new Redis(inject('redisUrl'));
  await redis.acl('SETUSER', name, 'on', `>${password}`, '~*', '&*', '+@all');
  onTestFinished(async () => {
    await drop();
    await execute(administrator, `DROP ROLE ${name}`);
    await redis.acl('DELUSER', name);
    redis.disconnect();
  });
  const url = (text: string, secret: string) => {
    const { protocol, host, pathname } = new URL(text);
    return `${protocol}//${name}:${secret}@${host}${pathname}`;
  };
  return {
    redisUrl: (secret: string) => url(inject('redisUrl'), secret),
    databaseUrl: (secret: string) => url(databaseUrl, secret),
    withoutPassword: url(databaseUrl, '').replace(':@', '@'),
  };
}

async function doctor(env: NodeJS.ProcessEnv): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const take = (line: unknown) => {
    lines.push(String(line));
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(take),
    vi.spyOn(console, 'error').mockImplementation(take),
  ];
  const code = await runCommand(['doctor'], env);
  for (const spy of spies) spy.mockRestore();
  return { code, text: lines.join('\n') };
}

test.each(PASSWORDS)(
  'a password with %j, percent-encoded in both URLs, opens both services',
  async (password) => {
    const { redisUrl, databaseUrl } = await withPassword(password);
    const secret = encodeURIComponent(password);
    const { code, text } = await doctor({
      LRT_REDIS_URL: redisUrl(secret),
      LRT_DATABASE_URL: databaseUrl(secret),
    });
    expect(text).not.toContain('fail');
    expect(code).toBe(0);
  },
);

test('PostgreSQL’s may stand in PGPASSWORD as it is', async () => {
  const { withoutPassword } = await withPassword(EVERY);
  vi.stubEnv('PGPASSWORD', EVERY);
  expect(await doctor({ LRT_DATABASE_URL: withoutPassword })).toMatchObject({ code: 0 });
});

test.each(["it's", 'a"b', 'sp ace', 'x'.repeat(2_000)])(
  'a wrong password %j is not printed',
  async (wrong) => {
    const secret = encodeURIComponent(wrong);
    const database = new URL(inject('databaseUrl'));
    const redis = new URL(inject('redisUrl'));
    for (const url of [database, redis]) url.password = secret;
    for (const raw of [false, true]) {
      const as = (url: URL) => (raw ? url.href.replace(secret, wrong) : url.href);
      const { text } = await doctor({ LRT_REDIS_URL: as(redis), LRT_DATABASE_URL: as(database) });
      expect(text).toMatch(/fail/);
      expect(text).not.toContain(wrong);
      expect(text).not.toContain(secret);
    }
  },
);

test.each(['12#3', '12?3', '12/3', 'a#b', 'a/b', '50%', '%zz'])(
  'the password %j as it is in a URL is refused, says how to write it, and is not printed',
  async (raw) => {
    for (const [variable, text] of [
      ['LRT_DATABASE_URL', `postgres://lrt:${raw}@127.0.0.1:1/lrt`],
      ['LRT_REDIS_URL', `redis://:${raw}@127.0.0.1:1`],
    ] as const) {
      const { code, text: said } = await doctor({ [variable]: text });
      expect(code).toBe(2);
      expect(said).toContain('percent-encoded');
      expect(said).not.toContain(raw);
    }
  },
);

test('a line of a log hides passwords in URLs, however long', () => {
  expect(redactText(`connecting to postgres://lrt:${'k'.repeat(1_500)}@db/lrt`)).toBe(
    'connecting to postgres://***@db/lrt',
  );
});
