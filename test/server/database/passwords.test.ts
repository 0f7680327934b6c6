import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { redactText } from '../../../server/src/common/redact.ts';
import { runPrinting } from '../support/runPrinting.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';

const EVERY = `p@s:s/w?o#r%d &=+'"\\$\`{}[]|^~<>;,!*()ü${'x'.repeat(600)}`;
/** Each alone as well: one may hide what another breaks. */
const PASSWORDS = ['@', ':', '/', '?', '#', '%', ' ', "'", '"', '%2F', 'a b%2Fc', EVERY];

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const NAME = `secret_${process.pid}`;
let database: TestDatabase;
let redis: Redis;

beforeAll(async () => {
  database = await createTestDatabase();
  redis = new Redis(inject('redisUrl'));
  await execute(inject('databaseUrl'), `CREATE ROLE ${NAME} SUPERUSER LOGIN`);
});
afterAll(async () => {
  await database.drop();
  await execute(inject('databaseUrl'), `DROP ROLE ${NAME}`);
  await redis.acl('DELUSER', NAME);
  redis.disconnect();
});

/** A user of both services with this password. The functions give the URLs with it, as they are told to write it. */
async function withPassword(password: string) {
  await execute(inject('databaseUrl'), `ALTER ROLE ${NAME} PASSWORD ${quoted(password)}`);
  await redis.acl('SETUSER', NAME, 'reset', 'on', `>${password}`, '~*', '&*', '+@all');
  const url = (text: string, secret: string) => {
    const { protocol, host, pathname } = new URL(text);
    return `${protocol}//${NAME}:${secret}@${host}${pathname}`;
  };
  return {
    redisUrl: (secret: string) => url(inject('redisUrl'), secret),
    databaseUrl: (secret: string) => url(database.databaseUrl, secret),
    withoutPassword: url(database.databaseUrl, '').replace(':@', '@'),
  };
}

const doctor = (env: NodeJS.ProcessEnv) => runPrinting(['doctor'], env);

test.each(PASSWORDS)('password %#, percent-encoded in both URLs, opens both services', async (password) => {
  const { redisUrl, databaseUrl } = await withPassword(password);
  const secret = encodeURIComponent(password);
  const { code, text } = await doctor({
    LRT_REDIS_URL: redisUrl(secret),
    LRT_DATABASE_URL: databaseUrl(secret),
  });
  expect(text).not.toContain('fail');
  expect(code).toBe(0);
});

test('PostgreSQL’s may stand in PGPASSWORD as it is', async () => {
  const { withoutPassword } = await withPassword(EVERY);
  vi.stubEnv('PGPASSWORD', EVERY);
  expect(await doctor({ LRT_DATABASE_URL: withoutPassword })).toMatchObject({ code: 0 });
});

test.each(["it's", 'a"b', 'sp ace', 'x'.repeat(2_000)])(
  'a wrong password is not printed (%#)',
  async (wrong) => {
    const secret = encodeURIComponent(wrong);
    const ofDatabase = new URL(inject('databaseUrl'));
    const ofRedis = new URL(inject('redisUrl'));
    for (const url of [ofDatabase, ofRedis]) url.password = secret;
    for (const raw of [false, true]) {
      const as = (url: URL) => (raw ? url.href.replace(secret, wrong) : url.href);
      const { text } = await doctor({ LRT_REDIS_URL: as(ofRedis), LRT_DATABASE_URL: as(ofDatabase) });
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
