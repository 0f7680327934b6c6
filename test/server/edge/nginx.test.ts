import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { chromiumLaunchOptions } from '../../../scripts/chromium.mjs';
import { createTaskClient } from '../../../src/client/index.ts';
import { json } from '../../support/server/startTestServer.ts';
import { followAll } from './support/followAll.ts';
import { http2Fetch } from './support/http2Fetch.ts';
import { type Edge, openEdge } from './support/openEdge.ts';
import { runLoad } from './support/runLoad.ts';

// nginx runs with the configuration of docs/run-a-server.md: see scripts/services/startNginx.ts.
let edge: Edge;
beforeAll(async () => {
  edge = await openEdge();
});
afterAll(() => edge?.close());

async function startTask(seconds: number): Promise<string> {
  const response = await edge.call('/tasks', json({ name: 'steps', params: { seconds } }));
  expect(response.status).toBe(202);
  return (await response.json()).id;
}

test('no call fails and no stream loses an event while the servers are restarted one after the other, and one is killed', async () => {
  const client = createTaskClient({ baseUrl: edge.url, token: edge.token, fetch: edge.http2.fetch });
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => String((await client.enqueueTask('steps', { seconds: 6 })).id)),
  );
  const followers = followAll(`${edge.url}/tasks`, ids, { token: edge.token, fetch: edge.http2.fetch });
  onTestFinished(followers.close);
  const load = runLoad(edge.call, { lanes: 4 });
  for (const { lrt } of edge.servers) {
    // As `systemctl restart` with the page's unit: it returns when the server is ready. The next one comes 2.5 s after
    // this one, or later.
    await Promise.all([lrt.restart(), pause(2_500)]);
  }
  // It stays away for the tests that follow.
  await edge.servers[0].lrt.kill();
  await load.more(20);
  const { calls, failures, tasks } = await load.stop();
  expect(failures).toEqual([]);
  expect(calls).toBeGreaterThan(100);
  await followers.ended;
  expect(followers.problems()).toEqual([]);
  // A POST that nginx repeated has started one task, whether its caller gave a key or not.
  const database = new pg.Client({ connectionString: edge.databaseUrl });
  await database.connect();
  const { rows } = await database.query(`SELECT count(*)::integer AS count FROM lrt.task`);
  await database.end();
  expect(rows).toEqual([{ count: tasks + ids.length }]);
}, 60_000);

test('the log has the address of the client that nginx names, whatever the client writes', async () => {
  // The whole network 127.0.0.0/8 is this machine's. Only 127.0.0.1 is a trusted proxy.
  const client = http2Fetch(edge.url, edge.nginx.certificate, { localAddress: '127.0.0.2' });
  onTestFinished(client.close);
  const headers = {
    'X-Request-Id': 'of-a-client',
    'X-Forwarded-For': '127.0.0.1',
    Forwarded: 'for=192.0.2.1',
  };
  expect((await client.fetch(`${edge.url}/tasks`, { headers })).status).toBe(401);
  const logged = () =>
    edge.servers
      .flatMap(({ lrt }) => lrt.log().split('\n'))
      .find((line) => line.includes('"requestId":"of-a-client"'));
  await expect.poll(logged).toContain('"client":"127.0.0.2","peer":"127.0.0.1"');
});

test('events come as they happen, whatever a client says that it can unpack', async () => {
  const delays: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const path = `/tasks/${await startTask(0.3)}/events`;
    const headers = { Authorization: `Bearer ${edge.token}`, 'Accept-Encoding': 'gzip, br' };
    const firstEvent = async (response: Response) => {
      expect(response.headers.get('content-encoding')).toBeNull();
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ''; !text.includes('\nevent:') && !text.startsWith('event:'); ) {
        const { value = '', done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error(`the stream ended without an event: ${text}`);
        text += value;
      }
      const at = performance.now();
      void reader?.cancel();
      return at;
    };
    const [direct, proxied] = await Promise.all([
      fetch(edge.servers[1].url + path, { headers }).then(firstEvent),
      edge.call(path, { headers }).then(firstEvent),
    ]);
    delays.push(proxied - direct);
  }
  expect(delays.sort((one, other) => one - other)[2]).toBeLessThan(200);
});

test('a body above the bound is refused with a problem of ours', async () => {
  const body = (length: number) => ({ ...json({}), body: `"${'x'.repeat(length - 2)}"` });
  const within = await edge.call('/tasks', body(1_048_576));
  expect(within.status).toBe(400);
  const above = await edge.call('/tasks', body(1_048_577));
  expect(above.status).toBe(413);
  expect(above.headers.get('content-type')).toBe('application/problem+json');
  expect(await above.json()).toMatchObject({ type: 'urn:problem-type:lrt:body-too-large', status: 413 });
});

test('a page opens 20 streams at once on one origin, and calls besides', async () => {
  const browser: Browser = await chromium.launch(chromiumLaunchOptions());
  onTestFinished(() => browser.close());
  const id = await startTask(3_600);
  const page = await browser.newPage({ ignoreHTTPSErrors: true, bypassCSP: true });
  await page.goto(`${edge.url}/openapi.json`);
  const seen = await page.evaluate(
    async ({ path, token }) => {
      const headers = { Authorization: `Bearer ${token}` };
      const streams = await Promise.all(
        Array.from({ length: 20 }, () => fetch(`${path}/events`, { headers })),
      );
      const call = await fetch(path, { headers });
      // Ends the streams.
      await fetch(path, { headers, method: 'DELETE' });
      const texts = await Promise.all(streams.map((stream) => stream.text()));
      const [entry] = performance.getEntriesByType('resource');
      return {
        isActive: ['queued', 'running'].includes((await call.json()).status),
        ends: texts.filter((text) => text.includes('event: cancelled')).length,
        protocol: entry instanceof PerformanceResourceTiming && entry.nextHopProtocol,
      };
    },
    { path: `/tasks/${id}`, token: edge.token },
  );
  // The call was answered while the streams were open.
  expect(seen).toEqual({ isActive: true, ends: 20, protocol: 'h2' });
});
