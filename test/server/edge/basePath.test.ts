import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ServiceGuard } from '../../../scripts/services/ServiceGuard.ts';
import { documented, startNginx } from '../../../scripts/services.mjs';
import { createAdmin } from '../../../server/src/admin/createAdmin.ts';
import { createTaskClient } from '../../../src/client/index.ts';
import { startTestServer, type TestServer } from '../../support/server/startTestServer.ts';
import { http2Fetch } from './support/http2Fetch.ts';

const BASE = '/gis/lrt';
const AS_ANN = { headers: { Authorization: 'Bearer ann' } };

/** The page's configuration with the locations that it has for a server under a path. */
function documentedUnderPath(): string {
  const whole = documented('nginx', 'upstream lrt');
  return `${whole.slice(0, whole.indexOf('  location / {'))}${documented('nginx', `location ${BASE}/ {`)}}\n`;
}

const STRIPPED = documentedUnderPath().replaceAll(
  /^ *proxy_pass/gm,
  `    rewrite ^${BASE}(/.*)$ $1 break;\n    proxy_pass`,
);

let server: TestServer;
let queue: Queue;
beforeAll(async () => {
  queue = new Queue('default', { connection: { url: inject('redisUrl') }, prefix: `base-${process.pid}` });
  await queue.add('create_customer_connections', { taskId: 'task-1' });
  server = await startTestServer({
    basePath: BASE,
    admin: createAdmin({ queues: [queue], basePath: `${BASE}/admin/queues` }),
    metrics: { render: async () => ({ contentType: 'text/plain', body: 'lrt_up 1\n' }) },
  });
});
afterAll(async () => {
  await server?.close();
  await queue?.obliterate({ force: true });
  await queue?.close();
});

describe.each([
  ['leaves the path in, as documented', documentedUnderPath()],
  ['strips the path', STRIPPED],
])('behind a proxy that %s', (_, config) => {
  let url: string;
  let call: typeof fetch;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lrt-edge-'));
    const guard = new ServiceGuard();
    guard.remove(folder);
    const nginx = await startNginx({ config, servers: [server.url, server.url], folder, guard });
    const http2 = http2Fetch(nginx.url, nginx.certificate);
    url = nginx.url;
    call = http2.fetch;
    close = async () => {
      http2.close();
      await nginx.process.stop();
      await guard.close();
    };
  });
  afterAll(() => close?.());

  test.each([BASE, `${BASE}/`])(
    'a client with the base URL %s starts, follows, lists and cancels',
    async (path) => {
      const client = createTaskClient({ baseUrl: url + path, token: 'ann', fetch: call });
      const { id } = await client.enqueueTask('count', { to: 3 });
      const result = await new Promise((resolve, reject) => {
        client.streamTaskProgress(id, { onSuccess: resolve, onFailure: reject });
      });
      expect(result).toEqual({ counted: 3 });
      const waiting = await client.enqueueTask('wait', { gate: `never ${path}` });
      await client.cancelTask(waiting.id);
      expect(await client.getTask(id)).toMatchObject({ status: 'succeeded' });
      expect((await client.listTasks({ name: 'count' })).tasks.length).toBeGreaterThan(0);
    },
  );

  test('Location, OpenAPI and the links of features lead on', async () => {
    const response = await call(`${url}${BASE}/tasks`, {
      method: 'POST',
      headers: { ...AS_ANN.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'count', params: { to: 1 } }),
    });
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^\/gis\/lrt\/tasks\/\w+$/);
    expect((await call(new URL(location, url), AS_ANN)).status).toBe(200);
    const document = await (await call(`${url}${BASE}/openapi.json`)).json();
    expect(document.servers).toEqual([{ url: BASE }]);
    const found: unknown[] = [];
    for (let next: string | undefined = `${url}${BASE}/features?limit=1`; next; ) {
      const page: { features: { id: string }[]; links: { rel: string; href: string }[] } = await (
        await call(next, AS_ANN)
      ).json();
      found.push(...page.features.map(({ id }) => id));
      const link = page.links.find(({ rel }) => rel === 'next');
      next = link && new URL(link.href, next).href;
    }
    expect(found.length).toBeGreaterThan(1);
    expect(new Set(found).size).toBe(found.length);
  });

  test('health, readiness and metrics answer', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await call(url + BASE + path)).status).toBe(200);
    expect((await call(`${url}${BASE}/metrics`, AS_ANN)).status).toBe(403);
    const metrics = await call(`${url}${BASE}/metrics`, { headers: { Authorization: 'Bearer admin' } });
    expect(await metrics.text()).toBe('lrt_up 1\n');
  });

  test('the page of the queues loads its files and its data from under the path', async () => {
    const init = { headers: { Authorization: 'Bearer admin' } };
    const page = await (await call(`${url}${BASE}/admin/queues`, init)).text();
    const base = new URL(/<base href="([^"]*)"/.exec(page)?.[1] ?? '', url);
    expect(base.pathname).toBe(`${BASE}/admin/queues/`);
    const files = [...page.matchAll(/(?:src|href)="([^"]*\.(?:js|css|svg|ico))"/g)].map(
      ([, file = '']) => file,
    );
    expect(files.length).toBeGreaterThan(1);
    for (const path of [...files, 'api/queues']) {
      expect((await call(new URL(path, base), init)).status, path).toBe(200);
    }
  });
});

test('without a proxy, checks reach the server with the path and without it', async () => {
  for (const path of ['/healthz', '/readyz', `${BASE}/healthz`, `${BASE}/readyz`]) {
    expect((await fetch(server.url + path)).status, path).toBe(200);
  }
  expect((await fetch(`${server.url}/gis/lrtasks`, AS_ANN)).status).toBe(404);
  expect((await server.call('/gis')).status).toBe(404);
});
