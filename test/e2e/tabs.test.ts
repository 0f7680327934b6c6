// Tests, in Chromium and over HTTP/1.1, that all tabs of an origin follow their tasks through one stream.
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createBackend } from '../../backend/app.ts';
import { EmbeddedEngine } from '../../backend/embedded/EmbeddedEngine.ts';
import { defineTask, type TaskEngine } from '../../mocks/index.ts';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { startServer } from '../../server/src/http/nodeServer.ts';
import type * as Client from '../../src/client/index.ts';
import { smallStore } from '../support/tasks/definitions.ts';

const CALLER = { owner: 'local' };

/** Logs a number every few milliseconds, until it is cancelled. */
const ticking = defineTask({
  name: 'ticking',
  queue: 'many',
  params: z.strictObject({}),
  async execute(_, { log, signal }) {
    for (let tick = 0; !signal.aborted; tick++) {
      log('info', `${tick}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    signal.throwIfAborted();
  },
});

interface SeenByTask {
  /** The numbers that the task logged, as the tab received them. */
  ticks: number[];
  outcome: string[];
  connection: string;
}
declare global {
  interface Window {
    createTaskClient: typeof Client.createTaskClient;
    follow(taskId: string): void;
    seen: Record<string, SeenByTask>;
    wasCached?: boolean;
  }
}

let origin: string;
let browser: Browser;
let stop: () => Promise<void>;
let engine: TaskEngine;
let context: BrowserContext;
/** The event streams that are open at the server, with their tasks. */
const streams = new Set<string[]>();

beforeAll(async () => {
  const entry = join(import.meta.dirname, '../../src/client/index.ts');
  const bundle = async (format: 'esm') => {
    const built = await build({ entryPoints: [entry], bundle: true, format, write: false });
    return built.outputFiles[0]?.text ?? '';
  };
  const code = await bundle('esm');
  const earlier = code.replace('MESSAGES_VERSION = 1', 'MESSAGES_VERSION = 0');
  expect(earlier).not.toBe(code);
  engine = new EmbeddedEngine({
    definitions: [ticking],
    store: smallStore(),
    tasksPerOwner: 100,
    queues: { many: { concurrency: 100 } },
  });
  const events = engine.events.bind(engine);
  engine.events = (filter, options) => {
    const reader = events(filter, options);
    const ids = Object.keys(filter.cursors);
    streams.add(ids);
    const close = reader.close.bind(reader);
    reader.close = () => {
      streams.delete(ids);
      close();
    };
    return reader;
  };
  const { fetch } = createBackend({
    engine,
    store: smallStore(),
    basePath: '/api',
    authenticate: () => CALLER,
  });
  const file = (type: string, text: string) => new Response(text, { headers: { 'content-type': type } });
  const server = await startServer({
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/client.js') return file('text/javascript', code);
      if (pathname === '/earlier.js') return file('text/javascript', earlier);
      if (pathname.startsWith('/api/')) return fetch(request);
      const script = pathname === '/earlier' ? 'earlier' : 'client';
      return file(
        'text/html',
        `<!doctype html><link rel="icon" href="data:,"><script type="module">
        import { createTaskClient } from './${script}.js';
        window.createTaskClient = createTaskClient;
        const client = createTaskClient({ baseUrl: '/api' });
        window.seen = {};
        window.follow = (id) => {
          const seen = (window.seen[id] = { ticks: [], outcome: [], connection: '' });
          client.streamTaskProgress(id, {
            onLog: ({ message }) => seen.ticks.push(Number(message)),
            onConnection: ({ state }) => { seen.connection = state; },
            onCancelled: () => seen.outcome.push('cancelled'),
            onFailure: ({ code }) => seen.outcome.push(code),
          });
        };
      </script>`,
      );
    },
  });
  origin = server.url.replace('127.0.0.1', 'localhost');
  const options = chromiumLaunchOptions();
  browser = await chromium.launch({
    ...options,
    args: [...options.args, '--enable-features=BackForwardCache'],
    // Playwright turns it off.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  stop = async () => {
    await browser.close();
    await engine.close();
    await server.close();
  };
});
afterAll(() => stop?.());

beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  const { tasks } = await engine.list({ status: 'active', limit: 200 }, CALLER);
  await Promise.all(tasks.map(({ id }) => engine.cancel(id, CALLER)));
  await expect.poll(() => streams.size).toBe(0);
});

async function start(count: number): Promise<string[]> {
  const started = Array.from({ length: count }, () =>
    engine.enqueue({ name: 'ticking', params: {} }, CALLER),
  );
  return (await Promise.all(started)).map(({ task }) => task.id);
}

/** A tab that follows the tasks and has received something of each. */
async function openTab(ids: readonly string[], path = '/'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.waitForFunction(() => window.follow);
  await page.evaluate((all) => {
    for (const id of all) window.follow(id);
  }, ids);
  await page.waitForFunction((all) => all.every((id) => window.seen[id]?.ticks.length), ids);
  return page;
}

const seenBy = (page: Page) => page.evaluate(() => window.seen);
const newestOf = async (page: Page, id: string) => (await seenBy(page))[id]?.ticks.at(-1) ?? -1;

/** Waits until the tab has received of each task what was logged from now on, and checks that nothing is lost or doubled. */
async function hasAll(pages: readonly Page[], ids: readonly string[]): Promise<void> {
  for (const page of pages) {
    for (const id of ids) {
      const newest = await newestOf(page, id);
      await expect.poll(() => newestOf(page, id), { interval: 20 }).toBeGreaterThan(newest);
    }
    for (const { ticks } of Object.values(await seenBy(page))) {
      expect(ticks).toEqual(ticks.map((_, i) => (ticks[0] ?? 0) + i));
    }
  }
}

/** Milliseconds until the tab receives a tick that was logged after this call. */
async function untilNews(page: Page, id: string): Promise<number> {
  const startedAt = Date.now();
  // What is on its way arrives within the first look.
  let newest = await newestOf(page, id);
  const settled = newest + 3;
  while (newest < settled) newest = await newestOf(page, id);
  return Date.now() - startedAt;
}

/**
 * An idle machine takes 0.2 to 1.2 s, and one that is busy with other tests longer. A stream that did not pass on would bring
 * nothing at all.
 */
const SOON_MS = 5_000;

test('seven tabs with six tasks each have one stream, a call is answered, and a closed leader is replaced', async () => {
  const ids = await start(6);
  const tabs: Page[] = [];
  for (let i = 0; i < 7; i++) tabs.push(await openTab(ids));
  // A tab that comes late is served by a second connection until it has caught up.
  await expect.poll(() => [...streams].map((stream) => [...stream].sort())).toEqual([[...ids].sort()]);
  const [leader, second, ...rest] = tabs;
  if (!leader || !second) throw new Error('No tabs');

  const [cancelled = '', ...running] = ids;
  const took = await second.evaluate(async (id) => {
    const startedAt = performance.now();
    await window.createTaskClient({ baseUrl: '/api' }).cancelTask(id);
    return performance.now() - startedAt;
  }, cancelled);
  expect(took).toBeLessThan(SOON_MS);
  for (const tab of tabs) {
    await expect.poll(async () => (await seenBy(tab))[cancelled]?.outcome).toEqual(['cancelled']);
  }

  await leader.close();
  for (const tab of [second, ...rest]) expect(await untilNews(tab, running[0] ?? '')).toBeLessThan(SOON_MS);
  await hasAll([second, ...rest], running);
  await expect.poll(() => streams.size).toBe(1);
});

test('a leader that hangs is robbed within about a second; awake again, it has lost nothing', async () => {
  const ids = await start(3);
  const [leader, second, third] = [await openTab(ids), await openTab(ids), await openTab(ids)];
  const busy = leader.evaluate(() => {
    const until = Date.now() + 2_500;
    while (Date.now() < until);
  });
  // The follower that is shown looks after the leader.
  await second.bringToFront();
  expect(await untilNews(second, ids[0] ?? '')).toBeLessThan(SOON_MS);
  await busy;
  await hasAll([leader, second, third], ids);
  await expect.poll(() => streams.size).toBe(1);
});

test('a frozen leader lets go, and goes on as a follower', async () => {
  const ids = await start(2);
  const [leader, second] = [await openTab(ids), await openTab(ids)];
  const devTools = await context.newCDPSession(leader);
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
  expect(await untilNews(second, ids[0] ?? '')).toBeLessThan(SOON_MS);
  await expect.poll(() => streams.size).toBe(1);
  await devTools.send('Page.setWebLifecycleState', { state: 'active' });
  await hasAll([leader, second], ids);
  await expect.poll(() => streams.size).toBe(1);
});

test.each(['leader', 'follower'] as const)(
  'a %s that comes back from the back/forward cache goes on with the one stream, and has lost nothing',
  async (role) => {
    const ids = await start(2);
    const [first, second] = [await openTab(ids), await openTab(ids)];
    const [left, stays] = role === 'leader' ? [first, second] : [second, first];
    await left.evaluate(() => {
      window.addEventListener('pageshow', ({ persisted }) => {
        window.wasCached = persisted;
      });
    });
    await left.goto(`${origin}/elsewhere`);
    expect(await untilNews(stays, ids[0] ?? '')).toBeLessThan(SOON_MS);
    await expect.poll(() => streams.size, { timeout: 15_000 }).toBe(1);
    // A page from the cache is not loaded again, so that no event of that kind comes.
    await left.goBack({ waitUntil: 'commit' });
    await expect.poll(() => left.evaluate(() => window.wasCached), { timeout: 15_000 }).toBe(true);
    await hasAll([left, stays], ids);
    await expect.poll(() => streams.size, { timeout: 15_000 }).toBe(1);
  },
);

test('a tab with an earlier version of the messages has a stream of its own beside it', async () => {
  const ids = await start(2);
  const tabs = [await openTab(ids), await openTab(ids, '/earlier'), await openTab(ids, '/earlier')];
  await hasAll(tabs, ids);
  await expect.poll(() => streams.size).toBe(2);
  await tabs[1]?.close();
  await hasAll(
    [tabs[0], tabs[2]].flatMap((tab) => tab ?? []),
    ids,
  );
  await expect.poll(() => streams.size).toBe(2);
});
