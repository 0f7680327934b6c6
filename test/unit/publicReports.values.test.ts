/**
 * Symptoms from the public bug reports of job queues, tried on this one: strange values that a task logs, reports, throws
 * or returns, and parameters that it does not know. docs/tried.md lists them.
 */
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createMockBackend, defineTask, generateTown, type MockBackendOptions } from '../../mocks/index.ts';
import { createTaskClient } from '../../src/client/index.ts';

const town = generateTown({ addresses: 40 });
type MockTaskParams = Parameters<typeof defineTask>[0]['params'];
type Controls = Parameters<ReturnType<typeof defineTask>['execute']>[1];

async function openMock(options: MockBackendOptions) {
  const backend = await createMockBackend({ town, ...options });
  onTestFinished(() => backend.close());
  return { backend, client: createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch }) };
}

/** Runs a task that does this, and resolves with its last snapshot and with all that a follower was told. */
async function run(execute: (controls: Controls) => unknown) {
  const task = defineTask({
    name: 'strange',
    params: z.strictObject({}),
    execute: async (_, controls) => execute(controls),
  });
  const { client } = await openMock({ tasks: [task] });
  const { id } = await client.enqueueTask('strange', {});
  const told: string[] = [];
  const logs: string[] = [];
  await new Promise<void>((resolve) => {
    client.streamTaskProgress(id, {
      onSuccess: () => told.push('success'),
      onFailure: () => told.push('failure'),
      onLog: ({ message }) => logs.push(message),
      onEnd: () => resolve(),
    });
  });
  return { task: await client.getTask(id), told, logs };
}

describe('strange values of a task', () => {
  it('felixmosh/bull-board#17: a progress of 4235 percent never reaches a progress bar', async () => {
    const { task, told } = await run(async ({ progress }) => {
      await progress({ percent: 4235 });
      await progress({ percent: -3 });
    });
    expect(told).toEqual(['success']);
    expect(task.progress.percent).toBe(100);
  });

  it.each([['"fifty"'], ['[50]'], ['{"percent":"50"}'], ['{"percent":{"done":1}}'], ['{"done":"1"}']])(
    'OptimalBits/bull#1604: progress(%s) fails in the task that made the call, and says what is right',
    async (json) => {
      const { task, told } = await run(({ progress }) => progress(JSON.parse(json)));
      expect(told).toEqual(['failure']);
      expect(task.error?.message).toMatch(/progress\(\): .+ must be /);
    },
  );

  it('taskforcesh/bullmq#1484: progress and log work when they are taken apart from their object', async () => {
    const { told, logs } = await run(async (controls) => {
      const { progress, log } = controls;
      log('info', 'taken apart');
      await progress({ percent: 10 });
    });
    expect({ told, logs }).toEqual({ told: ['success'], logs: ['taken apart'] });
  });

  it('log4js-node/log4js-node#523: an object in the log is an error of the call, also a circular one', async () => {
    const circle: Record<string, unknown> = {};
    circle.me = circle;
    const { task, told } = await run(({ log }) => Reflect.apply(log, undefined, ['info', circle]));
    expect(told).toEqual(['failure']);
    expect(task.error?.message).toContain('log(): "message" must be text');
  });

  it.each([
    ['a circle', circular],
    ['a BigInt', () => ({ count: 2n })],
    ['a function', () => () => 1],
  ])('apinstein/jqjobs#6: a result that is %s ends the task, and holds up nobody', async (_, result) => {
    const { task, told } = await run(result);
    expect(told).toHaveLength(1);
    expect(['failed', 'succeeded']).toContain(task.status);
    if (task.status === 'failed') expect(task.error?.message).toMatch(/result/);
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'the survey is gone'],
    ['an object', { code: 17, message: ['no'] }],
  ])('iarna/abraxas#17: a task that throws %s fails as any other', async (_, thrown) => {
    const { task, told } = await run(() => {
      throw thrown;
    });
    expect(told).toEqual(['failure']);
    expect(task.error).toMatchObject({ code: 'exception', message: expect.any(String) });
    expect(task.error?.message).not.toBe('');
  });

  it('terascope/teraslice#599: an error message of a megabyte is cut, and the task ends', async () => {
    const { task, told } = await run(() => {
      throw new Error('x'.repeat(1_000_000));
    });
    expect(told).toEqual(['failure']);
    expect(task.error?.message.length).toBeLessThan(10_000);
  });

  it('akash-network/console#3898: a NUL in an error, a log entry and a result leaves no task active', async () => {
    const thrown = await run(({ log }) => {
      log('error', 'a\0b');
      throw new Error('evidence \0 of');
    });
    expect(thrown).toMatchObject({
      told: ['failure'],
      task: { status: 'failed' },
      logs: [expect.stringMatching(/^a.b$/)],
    });
    const returned = await run(() => ({ text: 'a\0b' }));
    expect(returned.told).toEqual(['success']);
  });
});

describe('parameters that a task does not know', () => {
  const survey = (unknownParams: 'ignore' | 'refuse') =>
    defineTask({
      name: 'survey',
      params: z.strictObject({ design: z.string() }),
      unknownParams,
      execute: async (params) => Object.keys(params),
    });

  const post = (backend: { fetch: (request: Request) => Promise<Response> }, params: string) =>
    backend.fetch(
      new Request('http://mock/tasks', {
        method: 'POST',
        body: `{"name":"survey","params":${params}}`,
        headers: { 'content-type': 'application/json' },
      }),
    );

  it.each(['constructor', '__proto__', 'toString'])(
    'colinhacks/zod#871, #6220: a parameter named %s is refused as any other that is unknown',
    async (name) => {
      const { backend } = await openMock({ tasks: [survey('refuse')] });
      const response = await post(backend, `{"design":"design/North","${name}":{"admin":true}}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ parameter: name, code: 'unknown' }] });
    },
  );

  it.each(['constructor', '__proto__', 'toString'])(
    'colinhacks/zod#6220: where unknown parameters are ignored, the snapshot names %s too',
    async (name) => {
      const { backend } = await openMock({ tasks: [survey('ignore')] });
      const response = await post(backend, `{"design":"design/North","${name}":{"admin":true}}`);
      expect(response.status).toBe(202);
      expect(await response.json()).toMatchObject({ ignoredParams: [name] });
    },
  );

  it('colinhacks/zod#838: an unknown key deep in a parameter is refused, whatever becomes of those at the top', async () => {
    const deep = defineTask({
      name: 'survey',
      params: z.strictObject({ area: z.strictObject({ west: z.number() }) }),
      unknownParams: 'ignore',
      execute: async () => undefined,
    });
    const { backend } = await openMock({ tasks: [deep] });
    const response = await post(backend, '{"area":{"west":1,"wset":2},"zoom":3}');
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain('wset');
  });

  it.each([
    ['refuse', 400, { errors: [{ parameter: 'zoom', code: 'unknown' }] }],
    ['ignore', 202, { ignoredParams: ['zoom'] }],
  ] as const)(
    'colinhacks/zod#123: a parameter that the schema drops without a word is unknown: %s',
    async (unknownParams, status, answer) => {
      const dropping = (params: MockTaskParams) =>
        defineTask({ name: 'survey', params, unknownParams, execute: async () => undefined });
      const given = '{"design":"design/North","zoom":3}';
      const { backend } = await openMock({ tasks: [dropping(z.object({ design: z.string() }))] });
      const response = await post(backend, given);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject(answer);
      // A schema that says that it takes anything is taken at its word.
      const { backend: loose } = await openMock({ tasks: [dropping(z.looseObject({ design: z.string() }))] });
      expect((await post(loose, given)).status).toBe(202);
    },
  );
});

describe('tasks and handlers of one’s own', () => {
  it('mswjs/msw#1124, #802: the backend that was given last answers, and resetting leads back to the first', async () => {
    const named = (name: string) =>
      defineTask({ name, params: z.strictObject({}), execute: async () => name });
    const { backend: first } = await openMock({ tasks: [named('first')] });
    const { backend: second } = await openMock({ tasks: [named('second')] });
    const server = setupServer(...first.handlers('http://localhost/lrt'));
    server.listen();
    onTestFinished(() => server.close());
    const client = createTaskClient({ baseUrl: 'http://localhost/lrt' });
    const knows = (name: string) =>
      client.enqueueTask(name, {}).then(
        () => true,
        () => false,
      );
    server.use(...second.handlers('http://localhost/lrt'));
    expect([await knows('first'), await knows('second')]).toEqual([false, true]);
    server.resetHandlers();
    expect([await knows('first'), await knows('second')]).toEqual([true, false]);
  });

  it('mswjs/msw#2129, #2518: a handler of one’s own for one call leaves the others to the backend, in any order', async () => {
    const { http, HttpResponse } = await import('msw');
    const { backend } = await openMock({});
    const server = setupServer(...backend.handlers('http://localhost/lrt'));
    server.listen();
    onTestFinished(() => server.close());
    server.use(http.post('http://localhost/lrt/tasks', () => HttpResponse.json({}, { status: 503 })));
    const client = createTaskClient({ baseUrl: 'http://localhost/lrt' });
    await expect(client.enqueueTask('lrt_task', {})).rejects.toThrow();
    expect(await client.listTasks({})).toMatchObject({ tasks: [] });
  });
});

function circular(): unknown {
  const circle: Record<string, unknown> = {};
  circle.me = circle;
  return circle;
}
