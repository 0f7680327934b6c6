// Bug reports of the public about servers behind nginx, tried with ours: see docs/tried.md. The servers run in this
// process, because these trials stop and kill none.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { ServiceGuard } from '../../../scripts/services/ServiceGuard.ts';
import { documented, startNginx } from '../../../scripts/services.mjs';
import { json, startTestServer, type TestServer } from '../../support/server/startTestServer.ts';
import { http2Fetch } from './support/http2Fetch.ts';

/** All that many operators write. nginx speaks HTTP/1.0 to the server then, and keeps nothing. */
const BARE = `server {
  listen 443 ssl http2;
  ssl_certificate /etc/ssl/lrt.example.pem;
  ssl_certificate_key /etc/ssl/private/lrt.example.key;
  location / { proxy_pass http://127.0.0.1:8080; }
}`;
const DOCUMENTED = documented('nginx', 'upstream lrt');

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
});

/** Two servers behind an nginx, and calls through it as `ann`. */
async function open(config: string) {
  const servers: [TestServer, TestServer] = [await startTestServer(), await startTestServer()];
  const folder = mkdtempSync(join(tmpdir(), 'lrt-edge-'));
  const guard = new ServiceGuard();
  guard.remove(folder);
  const nginx = await startNginx({ config, servers: [servers[0].url, servers[1].url], folder, guard });
  const http2 = http2Fetch(nginx.url, nginx.certificate);
  closes.push(
    () => Promise.all(servers.map((server) => server.close())),
    () => guard.close(),
    () => nginx.process.stop(),
    async () => http2.close(),
  );
  return {
    servers,
    call: (path: string, init: RequestInit = {}) =>
      http2.fetch(nginx.url + path, {
        ...init,
        headers: {
          Authorization: 'Bearer ann',
          'Accept-Encoding': 'gzip',
          ...(init.headers as Record<string, string>),
        },
      }),
  };
}

/** Starts a task on the first server that goes on until the gate opens, and resolves with its snapshot. */
async function startWaiting({ call }: TestServer, gate: string): Promise<{ id: string; seq: number }> {
  const { id } = await (await call('/tasks', json({ name: 'wait', params: { gate } }))).json();
  await vi.waitFor(async () => expect((await (await call(`/tasks/${id}`)).json()).status).toBe('running'));
  return (await call(`/tasks/${id}`)).json();
}

describe('nginx without a word about streams', () => {
  test('sends each event on, although it buffers and compresses what it can (nginx/nginx#1505, jetty#4317)', async () => {
    const { servers, call } = await open(BARE);
    const { id } = await startWaiting(servers[0], 'bare');
    const response = await call(`/tasks/${id}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const read = async (until: string) => {
      while (!text.includes(until)) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error(`"${until}" did not come: ${text}`);
        text += value;
      }
    };
    await read('event: snapshot');
    // The task goes on only when this has arrived.
    await servers[0].call('/tasks', json({ name: 'open', params: { gate: 'bare' } }));
    await read('event: succeeded');
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('HTTP/2', () => {
  test('a stream without news has its head at once (poem-web/poem#881)', async () => {
    const { servers, call } = await open(BARE);
    const { id, seq } = await startWaiting(servers[0], 'silent');
    const abort = new AbortController();
    const response = await call(`/tasks/${id}/events?after=${seq}`, { signal: abort.signal });
    expect(response.status).toBe(200);
    abort.abort();
    await response.body?.cancel().catch(() => {});
  });

  test('204 ends a stream that has seen the end (slact/nchan#576)', async () => {
    const { servers, call } = await open(BARE);
    const { id } = await (await servers[0].call('/tasks', json({ name: 'count', params: { to: 1 } }))).json();
    await (await call(`/tasks/${id}/events`)).text();
    const { seq } = await (await call(`/tasks/${id}`)).json();
    expect((await call(`/tasks/${id}/events?after=${seq}`)).status).toBe(204);
  });
});

test('a call that the servers refuse has the problem of one of them, not a page of nginx (openresty/openresty#351, #190)', async () => {
  const { servers, call } = await open(DOCUMENTED);
  const away = () => {
    throw new TaskRefusal({ code: 'unavailable', message: 'No database', details: { retryAfterSeconds: 7 } });
  };
  const engines = servers.map(({ engine }) => engine);
  for (const engine of engines) {
    vi.spyOn(engine, 'enqueue').mockImplementation(away);
    vi.spyOn(engine, 'retry').mockImplementation(away);
    vi.spyOn(engine, 'list').mockImplementation(away);
  }
  for (const answer of [
    await call('/tasks', json({ name: 'count', params: { to: 1 } })),
    await call('/tasks/1/retry', json({})),
    await call('/tasks'),
  ]) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await answer.json()).toMatchObject({ detail: 'No database' });
  }
  // An outage costs the database no further calls.
  const times = engines.flatMap(({ enqueue, retry, list }) =>
    [enqueue, retry, list].map((method) => vi.mocked(method).mock.calls.length),
  );
  expect(times.reduce((sum, count) => sum + count)).toBe(3);
});

test('where no server is left, nginx answers with a problem of ours (tiny-pilot/tinypilot#64, ptpb/pb#135)', async () => {
  const { servers, call } = await open(DOCUMENTED);
  await Promise.all(servers.map(({ server }) => server.close()));
  // The first call finds the servers away, and the others meet an nginx that knows.
  for (const [path, init] of [
    ['/tasks', {}],
    ['/tasks', json({ name: 'count', params: { to: 1 } })],
    ['/tasks/1/retry', json({})],
    ['/tasks/1/events', {}],
  ] as const) {
    const answer = await call(path, init);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ type: 'urn:problem-type:lrt:unavailable', status: 503 });
  }
});
