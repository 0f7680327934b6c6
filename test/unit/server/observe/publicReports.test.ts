/**
 * Symptoms from the public bug reports of servers and job queues, tried on the log: secrets that get into it, and lines
 * that lead to no task. docs/tried.md lists them.
 */
import { describe, expect, it } from 'vitest';
import { redactText } from '../../../../server/src/common/redact.ts';
import { createLogger } from '../../../../server/src/observe/createLogger.ts';
import { createMetrics } from '../../../../server/src/observe/createMetrics.ts';
import { logTasks } from '../../../../server/src/observe/logTasks.ts';

function openLog() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  return { logger, lines, text: () => lines.join('') };
}

describe('secrets', () => {
  it.each([
    [
      'MapServer/MapServer#6784: a connection string of names and values',
      'no connection: host=db user=lrt password=hunter2 dbname=lrt',
    ],
    ['MapServer/MapServer#6784: with quotes', "host=db password='hunter2 with a space' user=lrt"],
    ['logos-messaging/logos-delivery#2725: a URL', 'cannot open postgres://lrt:hunter2@db/lrt'],
    [
      'coastal-ms/DST-DuneServerTool#370: a URL of another service',
      'amqp://user:hunter2@host and redis://:hunter2@redis:6379',
    ],
    ['turbolytics/sql-flow#324: a token in a URL', "ATTACH 'md:db?motherduck_token=hunter2'"],
    ['turbolytics/sql-flow#324: a token in SQL', "ATTACH 'md:db' (TOKEN 'hunter2')"],
    ['turbolytics/sql-flow#324: an assignment', 's3_secret_access_key=hunter2 aws_session_token=hunter2'],
    ['a variable', 'LRT_ACCESS_TOKEN=hunter2 PGPASSWORD=hunter2 psql'],
    ['an argument', 'lrt-server serve --access-token hunter2 --client-secret=hunter2'],
    ['JSON in a text', 'the body was {"password":"hunter2","user":"ada"}'],
    ['JSON in JSON in a text', String.raw`{\"apiKey\":\"hunter2\", \"token\" : \"hunter2\"}`],
    ['a header', 'GET / HTTP/1.1\r\nAuthorization: Digest username="ada", response="hunter2"\r\nHost: x'],
    ['a cookie', 'Set-Cookie: sid=hunter2; Path=/'],
    ['a key in a header', 'x-api-key: hunter2'],
  ])('%s', (_, message) => {
    const { logger, text } = openLog();
    logger.error({ err: new Error(message) }, message);
    logger.info({ body: JSON.stringify({ message }) }, 'm');
    expect(text()).not.toContain('hunter2');
  });

  it('what surrounds a secret can be read, and so can what only looks like one', () => {
    expect(redactText("host=db password='hunter2 x' user=lrt")).toBe("host=db password='***' user=lrt");
    expect(redactText('{"password":"hunter2","user":"ada"}')).toBe('{"password":"***","user":"ada"}');
    for (const text of [
      'Unexpected token } in JSON at position 5',
      'the token has expired: sign in again',
      'task token_count=3 is of a tokenizer',
      'ERR AUTH <password> called without any password configured',
      'the exclusive key "design/North" is held',
    ]) {
      expect(redactText(text)).toBe(text);
    }
  });

  it('infiniflow/ragflow#17588: what a library hangs on its error does not get into the log', () => {
    const { logger, text } = openLog();
    const error = Object.assign(new Error('the request failed'), {
      config: { headers: { Authorization: 'hunter2' } },
      locals: { access_token: 'hunter2' },
      parameters: ['hunter2'],
    });
    logger.error({ err: new Error('outer', { cause: error }) }, 'm');
    expect(text()).toContain('the request failed');
    expect(text()).not.toContain('hunter2');
  });

  it('a text that was made to be slow is redacted at once', () => {
    const start = performance.now();
    for (const text of [
      'token'.repeat(40_000),
      `password=${'"'.repeat(200_000)}`,
      '--'.repeat(100_000) + 'token',
      'cookie:'.repeat(30_000),
      `secret${' '.repeat(200_000)}=`,
      'api_key'.repeat(30_000),
    ])
      redactText(text);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('lines that lead to a task', () => {
  it('MISP/MISP#813, fluxcd/flux#284, bacalhau-project/bacalhau#1152, terascope/teraslice#572: each line has the id and the name of its task', () => {
    const { logger, lines } = openLog();
    const observer = logTasks(logger, createMetrics({}).observer);
    const run = { taskId: 't-7', name: 'poles', queue: 'default', attempt: 1 };
    observer.started({ ...run, waitSeconds: 0 });
    observer.restarted({ ...run, reason: 'retry' });
    for (const status of ['succeeded', 'cancelled'] as const)
      observer.ended({ ...run, status, runSeconds: 1 });
    expect(lines).toHaveLength(4);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ taskId: 't-7', task: 'poles', attempt: 1 });
  });
});
