import { afterEach, describe, expect, test, vi } from 'vitest';
import { createBackend } from '../../../../backend/app.ts';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { defineTask } from '../../../../backend/tasks/defineTask.ts';
import { AddressList } from '../../../../server/src/common/AddressList.ts';
import { createServerApp } from '../../../../server/src/http/createServerApp.ts';
import { json, startTestServer, type TestServer } from '../../../support/server/startTestServer.ts';
import { count, smallStore } from '../../../support/tasks/definitions.ts';

const servers: TestServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(options?: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

async function expectProblem(response: Response, status: number, code: string) {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json();
  expect(problem).toMatchObject({ status, type: `urn:problem-type:lrt:${code}` });
  return problem;
}

const neverEnds = () => json({ name: 'wait', params: { gate: 'never' } });

describe('who asks', () => {
  test('is asked for everywhere but where anybody may look', async () => {
    const { url } = await start();
    for (const path of ['/healthz', '/readyz', '/openapi.json']) {
      expect((await fetch(url + path)).status).toBe(200);
      expect((await fetch(url + path, { method: 'HEAD' })).status).toBe(200);
    }
    for (const path of ['/tasks', '/features', '/metrics', '/admin/queues', '/nowhere']) {
      const response = await fetch(url + path);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      await expectProblem(response, 401, 'unauthorized');
    }
  });

  test('is told what is wrong with a token, and no more', async () => {
    const { call } = await start({
      authenticate() {
        throw new TaskRefusal({ code: 'unauthorized', message: 'The token’s "exp" is over' });
      },
    });
    const response = await call('/tasks');
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer error="invalid_token", error_description="The token?s ?exp? is over"',
    );
    await expectProblem(response, 401, 'unauthorized');
  });

  test('does not see the tasks of another', async () => {
    const { call } = await start();
    const { id } = await (await call('/tasks', neverEnds())).json();
    for (const [path, method] of [
      [`/tasks/${id}`, 'GET'],
      [`/tasks/${id}`, 'DELETE'],
      [`/tasks/${id}/retry`, 'POST'],
      [`/tasks/${id}/events`, 'GET'],
    ] as const) {
      await expectProblem(await call(path, { method, as: 'bob' }), 404, 'task-not-found');
    }
    expect((await call(`/tasks/${id}`, { as: 'admin' })).status).toBe(200);
  });

  test('needs the permission that a task demands', async () => {
    const store = smallStore();
    const guarded = defineTask({ ...count, name: 'guarded', permission: 'plan' });
    const engine = new EmbeddedEngine({ definitions: [guarded], store });
    const { call } = await start({
      backend: createBackend({ engine, store }),
      authenticate: (request) => ({
        owner: 'ann',
        permissions: request.headers.get('authorization')?.replace('Bearer ', '').split(' ') ?? [],
      }),
    });
    const body = json({ name: 'guarded', params: { to: 1 } });
    const problem = await expectProblem(await call('/tasks', { ...body, as: 'draw' }), 403, 'forbidden');
    expect(problem.details).toEqual({ permission: 'plan' });
    const response = await call('/tasks', { ...body, as: 'draw plan' });
    expect(response.status).toBe(202);
    const { id } = await response.json();
    await (await call(`/tasks/${id}/events`, { as: 'draw' })).text();
    await expectProblem(await call(`/tasks/${id}/retry`, { method: 'POST', as: 'draw' }), 403, 'forbidden');
    await engine.close();
  });
});

describe('metrics and queues', () => {
  test('are for admins', async () => {
    const { call } = await start({
      metrics: { render: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'lrt_up 1\n' }) },
      admin: {
        fetch: () => new Response('<html>', { headers: { 'Content-Security-Policy': "img-src 'self'" } }),
      },
    });
    for (const path of ['/metrics', '/admin/queues']) {
      await expectProblem(await call(path), 403, 'forbidden');
      expect((await call(path, { as: 'admin' })).status).toBe(200);
    }
    const board = await call('/admin/queues', { as: 'admin' });
    expect(board.headers.get('content-security-policy')).toBe("img-src 'self'");
    expect(await (await call('/metrics', { as: 'admin' })).text()).toBe('lrt_up 1\n');
  });
});

describe('readiness', () => {
  test('names what is missing', async () => {
    const { url } = await start({ ready: async () => ({ redis: false, database: true }) });
    const problem = await expectProblem(await fetch(`${url}/readyz`), 503, 'unavailable');
    expect(problem).toMatchObject({
      detail: 'Not available: redis',
      details: { dependencies: { redis: false } },
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('is no, without a word of why, where asking fails', async () => {
    const { url } = await start({ ready: () => Promise.reject(new Error('password=hunter2')) });
    const problem = await expectProblem(await fetch(`${url}/readyz`), 503, 'unavailable');
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  test('is no where nothing answers', async () => {
    vi.useFakeTimers();
    const app = createServerApp({
      backend: { fetch: async () => new Response(), routeOf: () => undefined },
      authenticate: () => undefined,
      limits: { requestsPerSecond: 1, streamsPerOwner: 1 },
      cors: { origins: [] },
      ready: () => new Promise(() => {}),
      logger: { info() {}, warn() {}, error() {} },
    });
    const answer = app.fetch(new Request('http://x.test/readyz'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await answer).status).toBe(503);
    vi.useRealTimers();
  });
});

describe('request ids', () => {
  test('are taken over where they are sane, else made; they are in the answer and in the log', async () => {
    const { call, log } = await start();
    const ask = async (id?: string) =>
      (await call('/tasks', id ? { headers: { 'X-Request-Id': id } } : {})).headers.get('x-request-id');
    expect(await ask('order-66_a=')).toBe('order-66_a=');
    for (const id of [undefined, 'x'.repeat(101), 'a b', 'a{b}', 'ü']) {
      expect(await ask(id)).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(log.map(({ fields }) => fields.requestId)).toContain('order-66_a=');
  });
});

describe('requests without valid credentials', () => {
  const stranger = (address: string) => ({ headers: { 'X-Forwarded-For': address } });

  test('are limited by the address of the client, whatever it claims; others go on', async () => {
    const { url, call } = await start({
      forwarded: { header: 'x-forwarded-for', proxies: new AddressList(['127.0.0.1']) },
      limits: { requestsPerSecond: 1, streamsPerOwner: 50 },
    });
    const statuses = async (path: string, addresses: string[]) => {
      const answers: number[] = [];
      for (const address of addresses) answers.push((await fetch(url + path, stranger(address))).status);
      return answers;
    };
    const claims = Array.from({ length: 10 }, (_, i) => `198.51.100.${i}, 192.0.2.7`);
    expect(await statuses('/tasks', claims)).toEqual(claims.map(() => 401));
    expect(await statuses('/tasks', ['192.0.2.7', '203.0.113.1, 192.0.2.7'])).toEqual([429, 429]);
    expect(await statuses('/openapi.json', ['192.0.2.7'])).toEqual([429]);
    // Another client, the same client with credentials, and whoever checks the server's health.
    expect(await statuses('/tasks', ['192.0.2.8'])).toEqual([401]);
    expect((await call('/tasks', stranger('192.0.2.7'))).status).toBe(200);
    expect(await statuses('/healthz', ['192.0.2.7'])).toEqual([200]);
    // One network of IPv6 is one client.
    const network = Array.from({ length: 11 }, (_, i) => `2001:db8::${i + 1}`);
    expect((await statuses('/tasks', network)).at(-1)).toBe(429);
  });

  test('nothing that is sent has a name that a request invents', async () => {
    const { call } = await start({
      forwarded: { header: 'x-forwarded-for', proxies: new AddressList(['127.0.0.1']) },
    });
    const headers = {
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'gopher',
      'X-Forwarded-Prefix': '/evil.example',
      Forwarded: 'host=evil.example',
      'X-Original-URL': '/evil.example',
    };
    const answers = [
      await call('/tasks', { ...json({ name: 'count', params: { to: 1 } }), headers }),
      await call('/openapi.json', { headers }),
      await call('/features?limit=1', { headers }),
      await call('/nowhere', { headers }),
    ];
    for (const answer of answers) {
      expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toMatch(/evil|gopher/);
    }
  });
});

describe('the log', () => {
  test('has one line for each request, without queries and tokens; none for probes', async () => {
    const answered: object[] = [];
    const { call, url, log } = await start({
      metrics: {
        render: async () => ({ contentType: 'text/plain', body: '' }),
        answered: (one) => answered.push(one),
      },
    });
    await fetch(`${url}/healthz`);
    await fetch(`${url}/readyz`);
    await call('/tasks?q=s3cret', { as: 'ann' });
    await call(`/tasks/${'x'.repeat(300)}`);
    expect(log.map(({ level, message }) => `${level} ${message}`)).toEqual(['info request', 'info request']);
    expect(log[0]?.fields).toMatchObject({
      method: 'GET',
      path: '/tasks',
      status: 200,
      owner: 'ann',
      peer: '127.0.0.1',
      milliseconds: expect.any(Number),
    });
    expect(JSON.stringify(log)).not.toMatch(/s3cret|Bearer|x{250}/);
    expect(answered).toEqual([
      { method: 'GET', route: '/tasks', status: 200, seconds: expect.any(Number) },
      { method: 'GET', route: '/tasks/:id', status: 404, seconds: expect.any(Number) },
    ]);
  });

  test('names the client that a trusted proxy names, and no other', async () => {
    const forwarded = { header: 'x-forwarded-for' } as const;
    const [behind, alone] = [
      await start({ forwarded: { ...forwarded, proxies: new AddressList(['127.0.0.0/8']) } }),
      await start({ forwarded: { ...forwarded, proxies: new AddressList(['10.0.0.0/8']) } }),
    ];
    for (const { call } of [behind, alone]) {
      await call('/tasks', {
        headers: { 'X-Forwarded-For': '127.0.0.1, 192.0.2.7', Forwarded: 'for=192.0.2.1' },
      });
    }
    expect(behind.log[0]?.fields).toMatchObject({ client: '192.0.2.7', peer: '127.0.0.1' });
    expect(alone.log[0]?.fields).toMatchObject({ client: '127.0.0.1', peer: '127.0.0.1' });
  });

  test('has what a 500 keeps from the caller, by the same request id', async () => {
    const secret = new Error('password=hunter2');
    const { call, log, engine } = await start();
    vi.spyOn(engine, 'list').mockRejectedValue(secret);
    const response = await call('/tasks', { headers: { 'X-Request-Id': 'seven' } });
    const problem = await expectProblem(response, 500, 'internal');
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|\.ts/);
    expect(log).toContainEqual({
      level: 'error',
      fields: { requestId: 'seven', err: secret },
      message: 'A request failed',
    });
  });

  test('goes around each answer of the backend, for traces', async () => {
    const traced: string[] = [];
    const { call, url } = await start({
      async trace(request, route, answer) {
        const response = await answer();
        traced.push(`${request.method} ${route} ${response.status}`);
        return response;
      },
    });
    await call('/tasks/12');
    await call('/nowhere/12');
    await fetch(`${url}/healthz`);
    expect(traced).toEqual(['GET /tasks/:id 404', 'GET other 404']);
  });
});

describe('headers', () => {
  test('say that this is data, to nobody’s frame', async () => {
    const { call } = await start();
    for (const path of ['/tasks', '/nowhere', '/healthz']) {
      const { headers } = await call(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('pages of other origins', () => {
  const origin = 'https://gis.example';

  test('that are on the list may ask, without cookies', async () => {
    const { call, url } = await start({ cors: { origins: [origin] } });
    const preflight = await fetch(`${url}/tasks`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Last-Event-ID/);
    for (const path of ['/tasks', '/nowhere']) {
      const { headers } = await call(path, { headers: { Origin: origin } });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('access-control-expose-headers')).toMatch(/Location.*Retry-After.*X-Request-Id/);
      expect(headers.get('vary')).toContain('Origin');
    }
    const refused = await fetch(`${url}/tasks`, { headers: { Origin: origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });

  test.each(['https://gis.example.evil.example', 'http://gis.example', 'null', 'https://GIS.example:8443'])(
    'that are not (%s) may not',
    async (other) => {
      const { call } = await start({ cors: { origins: [origin] } });
      const { headers } = await call('/tasks', { headers: { Origin: other } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test.each(['*', 'https://gis.example/', 'gis.example', ''])('%j is no origin', async (origin) => {
    await expect(startTestServer({ cors: { origins: [origin] } })).rejects.toThrow(/cors\.origins/);
  });
});

describe('limits', () => {
  test('hold for each owner by themselves, and say when to come back', async () => {
    const { call } = await start({ limits: { requestsPerSecond: 0.3, streamsPerOwner: 5 } });
    for (let i = 0; i < 3; i++) expect((await call('/tasks')).status).toBe(200);
    const response = await call('/tasks');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(10);
    await expectProblem(response, 429, 'rate-limited');
    expect((await call('/tasks', { as: 'bob' })).status).toBe(200);
  });

  test('are a tenth for new tasks', async () => {
    const { call } = await start({ limits: { requestsPerSecond: 3, streamsPerOwner: 5 } });
    const body = json({ name: 'count', params: { to: 1 } });
    for (let i = 0; i < 3; i++) expect((await call('/tasks', body)).status).toBe(202);
    await expectProblem(await call('/tasks', body), 429, 'rate-limited');
    expect((await call('/tasks')).status).toBe(200);
  });

  test('hold for the streams that are open now', async () => {
    const { call, app } = await start({ limits: { requestsPerSecond: 1_000, streamsPerOwner: 2 } });
    const { id } = await (await call('/tasks', neverEnds())).json();
    const leave = new AbortController();
    const open = [
      await call(`/tasks/${id}/events`, { signal: leave.signal }),
      await call('/tasks/events', json({ cursors: { [id]: null } })),
    ];
    expect(open.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await call(`/tasks/${id}/events`);
    expect(refused.headers.get('retry-after')).toBe('5');
    const problem = await expectProblem(refused, 429, 'rate-limited');
    expect(problem.detail).toContain('POST /tasks/events');
    expect((await call(`/tasks/${id}/events`, { as: 'admin' })).status).toBe(200);
    leave.abort();
    await vi.waitFor(() => expect(app.streamsOpen).toBe(2));
    expect((await call(`/tasks/${id}/events`)).status).toBe(200);
  });
});
