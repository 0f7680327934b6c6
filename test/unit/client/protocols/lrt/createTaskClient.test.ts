import { describe, expect, it, vi } from 'vitest';
import { answer, answerJson, type Script } from '../../../../support/client/scriptedEventServer.ts';
import { cleanUpAfterEach, problem, snapshot, startClient } from '../../../../support/client/startClient.ts';

cleanUpAfterEach();

type Client = Awaited<ReturnType<typeof startClient>>['client'];

describe('calls', () => {
  it('enqueueTask posts name, params, key and tags', async () => {
    const { server, client } = await startClient([answerJson(202, snapshot())]);
    const ref = await client.enqueueTask('dig', { depth: 2 }, { idempotencyKey: 'k', tags: ['a'] });
    expect(ref).toMatchObject({ id: 't1' });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/api/tasks' });
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      name: 'dig',
      params: { depth: 2 },
      idempotencyKey: 'k',
      tags: ['a'],
    });
  });

  it.each([
    ['enqueueTask', (client: Client) => client.enqueueTask('dig', {})],
    ['retryTask', (client: Client) => client.retryTask('7', { items: 'failed' })],
  ])('%s asks again once where no answer came, with the same key', async (_, start) => {
    const { server, client } = await startClient([
      (connection) => connection.reset(),
      answerJson(200, snapshot()),
    ]);
    await start(client);
    const keys = server.requests.map(({ body }) => JSON.parse(body).idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/.{8,}/);
    expect(keys[1]).toBe(keys[0]);
    await start(client);
    expect(JSON.parse(server.requests[2]?.body ?? '').idempotencyKey).not.toBe(keys[0]);
  });

  it('enqueueTask gives up after the second time', async () => {
    const { server, client } = await startClient([(connection) => connection.reset()]);
    await expect(client.enqueueTask('dig', {})).rejects.toMatchObject({
      name: 'TaskClientError',
      code: 'network',
      message: expect.stringContaining('/api/tasks'),
    });
    expect(server.requests).toHaveLength(2);
  });

  it('a refusal names each parameter', async () => {
    const errors = [
      { parameter: 'depth', code: 'wrong-type', message: 'must be a number', expected: 'number' },
    ];
    const { server, client } = await startClient([
      answerJson(400, problem('invalid-params', 400, { errors, details: { least: 1 } }), {
        'content-type': 'application/problem+json',
      }),
    ]);
    await expect(client.enqueueTask('dig', { depth: 'x' })).rejects.toMatchObject({
      code: 'invalid-params',
      status: 400,
      message: 'This is invalid-params',
      parameters: errors,
      details: { least: 1 },
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each([429, 503])('a busy server (%i) is not waited for', async (status) => {
    const { server, client } = await startClient([answer(status, { 'retry-after': '12' }, 'busy')]);
    await expect(client.enqueueTask('dig', {})).rejects.toMatchObject({
      code: 'rate-limited',
      status,
      retryAfterSeconds: 12,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('getTask, cancelTask, retryTask', async () => {
    const { server, client } = await startClient([answerJson(200, snapshot())]);
    expect(await client.getTask('a/b c')).toEqual(snapshot());
    expect(await client.cancelTask(7)).toBeUndefined();
    expect(await client.retryTask(7)).toMatchObject({ id: 't1' });
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/tasks/a%2Fb%20c',
      'DELETE /api/tasks/7',
      'POST /api/tasks/7/retry',
    ]);
    await client.retryTask(7, { items: 'failed', idempotencyKey: 'k' });
    expect(JSON.parse(server.requests[3]?.body ?? '')).toEqual({ items: 'failed', idempotencyKey: 'k' });
  });

  it('listTasks sends what is set', async () => {
    const { server, client } = await startClient([answerJson(200, { tasks: [snapshot()], nextCursor: 'n' })]);
    const page = await client.listTasks({ status: 'active', q: 'a&b', limit: 5, cursor: undefined });
    expect(page).toEqual({ tasks: [snapshot()], nextCursor: 'n' });
    await client.listTasks();
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/tasks?status=active&q=a%26b&limit=5',
      '/api/tasks?',
    ]);
  });

  it('listItems asks for a page, and checks each item', async () => {
    const page = {
      items: [
        { id: 'a', ok: true },
        { id: 'b', code: 'far', message: 'b is far' },
      ],
      nextAfter: '2',
    };
    const { server, client } = await startClient([
      answerJson(200, page),
      answerJson(200, { items: [{ id: 'a', message: 7 }] }),
    ]);
    expect(await client.listItems('t1', { ok: false, limit: 2, after: '9' })).toEqual(page);
    expect(server.requests[0]?.url).toBe('/api/tasks/t1/items?ok=false&limit=2&after=9');
    await expect(client.listItems('t1')).rejects.toMatchObject({ code: 'invalid-response' });
  });

  it('a missing task', async () => {
    const { client } = await startClient([answerJson(404, problem('task-not-found', 404))]);
    await expect(client.getTask('x')).rejects.toMatchObject({ code: 'task-not-found', status: 404 });
  });

  it('a baseUrl where no task server answers: not a task that is gone', async () => {
    const { client } = await startClient([answer(404, { 'content-type': 'text/html' }, '<h1>')]);
    await expect(client.enqueueTask('x', {})).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('404 text/html: a wrong baseUrl?'),
    });
    await expect(client.listTasks()).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.getTask('x')).rejects.toMatchObject({ code: 'invalid-response' });
  });

  it('a 401 refreshes the token once', async () => {
    const token = vi.fn(async ({ refresh }: { refresh: boolean }) => (refresh ? 'new' : 'old'));
    const check: Script = (connection, request) =>
      (request.headers.authorization === 'Bearer new'
        ? answerJson(200, snapshot())
        : answerJson(401, problem('unauthorized', 401)))(connection, request);
    const { server, client } = await startClient([check], { token, headers: { 'x-tenant': 'north' } });
    await client.getTask('t1');
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
    expect(server.requests[1]?.headers['x-tenant']).toBe('north');
  });

  it('a 401 that stays is final, at once where the token is a text', async () => {
    const refuse = answerJson(401, problem('unauthorized', 401));
    const asked = await startClient([refuse], { token: () => 'stale' });
    await expect(asked.client.getTask('t1')).rejects.toMatchObject({ code: 'unauthorized' });
    expect(asked.server.requests).toHaveLength(2);
    const fixed = await startClient([refuse], { token: 'stale' });
    await expect(fixed.client.getTask('t1')).rejects.toMatchObject({ code: 'unauthorized' });
    expect(fixed.server.requests).toHaveLength(1);
  });
});

describe('answers that are not as agreed', () => {
  it.each<[string, unknown, string]>([
    ['status', { ...snapshot(), status: 'busy' }, 'status'],
    ['id', { ...snapshot(), id: 7 }, 'id'],
    ['progress', { ...snapshot(), progress: { percent: '10', step: null, message: '' } }, 'progress'],
    ['tags', { ...snapshot(), tags: 'a' }, 'tags'],
    ['error', { ...snapshot(), error: { code: 1, message: 'x' } }, 'code'],
    ['seq', { ...snapshot(), seq: undefined }, 'seq'],
  ])('%s', async (_name, body, field) => {
    const { client } = await startClient([answerJson(200, body)]);
    await expect(client.getTask('t1')).rejects.toMatchObject({
      code: 'invalid-response',
      message: expect.stringContaining(field),
    });
  });

  it.each<[string, Script]>([
    ['HTML', answer(200, { 'content-type': 'text/html' }, '<title>Sign in</title>')],
    ['cut JSON', answer(200, { 'content-type': 'application/json' }, '{"id":')],
    ['null', answerJson(200, null)],
    ['HTML with an error status', answer(502, { 'content-type': 'text/html' }, '<title>Bad gateway</title>')],
  ])('%s', async (_name, script) => {
    const { client } = await startClient([script]);
    await expect(client.getTask('t1')).rejects.toMatchObject({ code: 'invalid-response' });
  });

  it.each([{ cancelledBy: 7 }, { cancelRequestedAt: null }, { retryOf: {} }])(
    '%j is left out, because a task may be without it',
    async (broken) => {
      const { client } = await startClient([answerJson(200, { ...snapshot(), ...broken })]);
      expect(await client.getTask('t1')).toEqual(snapshot());
    },
  );

  it('fields that we do not know are no fault', async () => {
    const { client } = await startClient([answerJson(200, { ...snapshot(), colour: 'blue' })]);
    expect(await client.getTask('t1')).toMatchObject({ id: 't1', colour: 'blue' });
  });
});
