import { expect, test } from 'vitest';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { createLogger, type LoggerOptions } from '../../../server/src/observe/createLogger.ts';

function setUp(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ level: 'info', destination, ...options });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
}

test('a line is JSON with a time, a level in words and the fields given', () => {
  const { logger, lines, last } = setUp();
  logger.child({ requestId: 'r-1' }).info({ taskId: 't-1', owner: 'ada' }, 'task enqueued');
  expect(lines).toHaveLength(1);
  expect(lines[0]?.endsWith('}\n')).toBe(true);
  expect(last()).toMatchObject({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    msg: 'task enqueued',
    requestId: 'r-1',
    taskId: 't-1',
    owner: 'ada',
  });
});

test('less than the level asked for is not written', () => {
  const { logger, lines } = setUp({ level: 'warn' });
  logger.info('nothing');
  logger.warn('something');
  expect(lines).toHaveLength(1);
});

test('an error is told with its causes', () => {
  const { logger, last } = setUp();
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' });
  const error = new TaskRefusal({ code: 'unavailable', message: 'Redis is away' }, { cause });
  logger.error({ err: error }, 'enqueue failed');
  expect(last().err).toMatchObject({
    type: 'TaskRefusal',
    message: 'Redis is away',
    stack: expect.stringContaining('logger.test.ts'),
    cause: { type: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:6379', code: 'ECONNREFUSED' },
  });
  logger.error({ error: new AggregateError([cause, cause], 'all failed') }, 'enqueue failed');
  expect(last().error.errors).toHaveLength(2);
  const circular = new Error('round');
  circular.cause = circular;
  logger.error({ err: circular }, 'enqueue failed');
  logger.error({ err: 'a text that was thrown' }, 'enqueue failed');
  expect(last().err).toEqual({ type: 'string', message: 'a text that was thrown' });
});

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl-hunter2';

test.each<[string, object, string]>([
  ['a field', { password: 'hunter2' }, 'm'],
  ['a field, deep', { config: { auth: { token: 'hunter2', keys: [{ privateKey: 'hunter2' }] } } }, 'm'],
  [
    'headers',
    { headers: { authorization: 'Bearer hunter2', Cookie: ['a=hunter2'], 'x-api-key': 'hunter2' } },
    'm',
  ],
  ['the URL of Redis', { url: 'redis://lrt:hunter2@redis:6379/0' }, 'm'],
  ['a URL without a user', {}, 'connecting to redis://:hunter2@redis'],
  ['a URL with an odd password', {}, 'postgres://lrt:p/a:s@s#hunter2@db/lrt'],
  ['a query', {}, 'GET /tasks?access_token=hunter2&limit=5'],
  ['what follows Bearer', {}, 'refused: Authorization: Bearer hunter2-and-more'],
  ['what follows Basic', {}, 'Authorization: Basic YWRhOmh1bnRlcjI=hunter2'],
  ['a JWT anywhere', {}, `token ${JWT} has expired`],
  ['the message of an error', { err: new Error('redis://:hunter2@redis refused') }, 'm'],
  ['its cause', { err: new Error('m', { cause: new Error('redis://:hunter2@redis refused') }) }, 'm'],
  [
    'what libraries hang on errors',
    {
      err: Object.assign(new Error('NOAUTH'), {
        command: { name: 'auth', args: ['hunter2'] },
        input: 'hunter2',
      }),
    },
    'm',
  ],
])('no secret gets out: %s', (_where, fields, message) => {
  const { logger, lines, last } = setUp();
  logger.info(fields, message);
  logger.child(fields).info(message);
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain('hunter2');
  expect(last().level).toBe('info');
  const pretty = setUp({ pretty: true });
  pretty.logger.info(fields, message);
  expect(pretty.lines.join()).not.toContain('hunter2');
});

test('what is no secret stays: addresses, counts, who it was', () => {
  const { logger, last } = setUp();
  const fields = { url: 'http://localhost:8080/features?bbox=1,2,3,4', tokens: 3, owner: 'ada@example.com' };
  logger.info(fields, 'from https://gis.example/a to ada@example.com');
  expect(last()).toMatchObject({ ...fields, msg: 'from https://gis.example/a to ada@example.com' });
});

test('for people: a line each, and no game with the terminal', () => {
  const { logger, lines } = setUp({ pretty: true });
  logger.warn({ taskId: 't-1', count: 3 }, 'odd \u001b[31mname\u0007 \u202e and\nmore');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}odd �\[31mname� � and�more taskId=t-1 count=3\n$/);
  logger.error({ err: new Error('Lost', { cause: new Error('Redis is away') }) }, 'enqueue failed');
  const [head, ...below] = lines[1]?.trimEnd().split('\n') ?? [];
  expect(head).toMatch(/error enqueue failed$/);
  expect(below[0]).toBe('  Error: Lost');
  expect(below).toContain('  caused by');
  expect(below).toContain('    Error: Redis is away');
});

test('a hostile text does not hold up the process', () => {
  const { logger, lines } = setUp();
  const hostile = [
    '://'.repeat(20_000),
    `?${'token'.repeat(20_000)}`,
    'eyJ'.repeat(20_000),
    'Bearer '.repeat(20_000),
  ];
  // Looked at in quadratic time, these take minutes.
  for (const text of hostile) logger.info(text);
  expect(lines).toHaveLength(4);
});
