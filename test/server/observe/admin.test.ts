import { Queue, QueueEvents, Worker } from 'bullmq';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { chromiumLaunchOptions } from '../../../scripts/chromium.mjs';
import { browserLogin } from '../../../server/src/admin/browserLogin.ts';
import { createAdmin } from '../../../server/src/admin/createAdmin.ts';
import { createServerApp } from '../../../server/src/http/createServerApp.ts';
import { type RunningServer, startServer } from '../../../server/src/http/nodeServer.ts';

const PATH = '/admin/queues';
const ADMIN_TOKEN = 'admins-own-token';
const prefix = `admin-test-${process.pid}`;

let queue: Queue;
let server: RunningServer;
const errors: string[] = [];

beforeAll(async () => {
  const connection = { url: inject('redisUrl') };
  queue = new Queue('default', { connection, prefix });
  const events = new QueueEvents('default', { connection, prefix });
  const worker = new Worker(
    'default',
    async ({ name }) => {
      if (name === 'breaks') throw new Error('The cable was too short');
    },
    { connection, prefix },
  );
  await events.waitUntilReady();
  const done = await queue.add('create_customer_connections', { taskId: 'task-1' });
  const failed = await queue.add('breaks', { taskId: 'task-2' });
  await done.waitUntilFinished(events);
  await expect(failed.waitUntilFinished(events)).rejects.toThrow('too short');
  await Promise.all([worker.close(), events.close()]);

  const app = createServerApp({
    backend: {
      fetch: async () => new Response('The backend', { status: 404 }),
      routeOf: () => undefined,
    },
    authenticate: (request) => {
      const authorization = request.headers.get('authorization');
      if (authorization === `Bearer ${ADMIN_TOKEN}`) return { owner: 'ada', admin: true };
      if (authorization === 'Bearer a-users-token') return { owner: 'uwe' };
      if (authorization === null) return undefined;
      throw new TaskRefusal({ code: 'unauthorized', message: 'This token is not valid' });
    },
    limits: { streamsPerOwner: 50, requestsPerSecond: 100 },
    cors: { origins: [] },
    ready: async () => ({}),
    admin: createAdmin({ queues: [queue], basePath: PATH }),
    logger: { info() {}, warn() {}, error: (_fields, message) => errors.push(message) },
  });
  server = await startServer({ fetch: browserLogin(app.fetch), port: 0 });
});

afterAll(async () => {
  await server?.close();
  await queue?.obliterate({ force: true });
  await queue?.close();
  expect(errors).toEqual([]);
});

const get = (path: string, authorization?: string, method = 'GET') =>
  fetch(`${server.url}${PATH}${path}`, { method, headers: authorization ? { authorization } : {} });
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('who may see the queues', () => {
  test.each(['/', '/api/queues', '/static/favicon.ico'])('%s: 401 without a token', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('www-authenticate')).toContain('Basic realm=');
  });

  test.each(['Bearer wrong', basic('ada', 'wrong'), basic('ada', 'a\r\nb'), 'Basic %%%', 'Basic '])(
    '401 with %s',
    async (authorization) => {
      const response = await get('/api/queues', authorization);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain('create_customer_connections');
    },
  );

  test('403 for who is no admin', async () => {
    expect((await get('/', 'Bearer a-users-token')).status).toBe(403);
    expect((await get('/api/queues', basic('uwe', 'a-users-token'))).status).toBe(403);
  });

  test.each([`Bearer ${ADMIN_TOKEN}`, basic('', ADMIN_TOKEN), basic('anyone', ADMIN_TOKEN)])(
    'an admin may: %s',
    async (authorization) => {
      const response = await get('/api/queues?activeQueue=default', authorization);
      expect(response.status).toBe(200);
      const { queues } = await response.json();
      expect(queues).toMatchObject([
        { name: 'default', readOnlyMode: true, counts: { completed: 1, failed: 1 } },
      ]);
    },
  );
});

test('the API does not take passwords', async () => {
  const response = await fetch(`${server.url}/tasks`, {
    headers: { authorization: basic('ada', ADMIN_TOKEN) },
  });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
});

describe('admins look and change nothing', () => {
  test.each([
    ['PUT', '/api/queues/default/pause'],
    ['PUT', '/api/queues/pause'],
    ['PUT', '/api/queues/default/obliterate'],
    ['PUT', '/api/queues/default/retry/failed'],
    ['POST', '/api/queues/default/add'],
    ['DELETE', '/api/queues/default/1'],
    ['PATCH', '/api/queues/default/1/update-data'],
  ])('%s %s', async (method, path) => {
    const response = await get(path, `Bearer ${ADMIN_TOKEN}`, method);
    expect(response.status).toBe(405);
    expect(await queue.isPaused()).toBe(false);
    expect(await queue.getJobCounts('completed', 'failed', 'waiting')).toEqual({
      completed: 1,
      failed: 1,
      waiting: 0,
    });
  });

  test('nothing of it may be kept or framed by others', async () => {
    const { headers } = await get('/', `Bearer ${ADMIN_TOKEN}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('no file outside of the page is served', async () => {
    for (const path of [
      '/static/../index.ejs',
      '/static/..%2findex.ejs',
      '/static/%2e%2e/%2e%2e/package.json',
    ]) {
      const response = await get(path, `Bearer ${ADMIN_TOKEN}`);
      expect(await response.text()).not.toMatch(/<%|"version"/);
    }
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumLaunchOptions());
  });
  afterAll(() => browser?.close());

  test('an admin logs in with a token as the password and sees the queues and why a task failed', async () => {
    const page = await browser.newPage({ httpCredentials: { username: 'ada', password: ADMIN_TOKEN } });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
    });
    await page.goto(`${server.url}${PATH}`);
    await page.getByRole('link', { name: 'default' }).first().click();
    await page.getByText('breaks').first().waitFor();
    await page.goto(`${server.url}${PATH}/queue/default?status=failed`);
    await page.getByText('The cable was too short').first().waitFor();
    expect(await page.getByRole('button', { name: /retry|delete|clean|pause/i }).count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
    await page.close();
  });
});
