// Tests, in Chromium with five tabs, that the user gets one notification of the system for a task that they asked one for.
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createBackend } from '../../backend/app.ts';
import { EmbeddedEngine } from '../../backend/embedded/EmbeddedEngine.ts';
import { defineTask } from '../../mocks/index.ts';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { startServer } from '../../server/src/http/nodeServer.ts';
import { smallStore } from '../support/tasks/definitions.ts';

const CALLER = { owner: 'local' };
const ends: (() => void)[] = [];

/** Runs until the test ends it. */
const pending = defineTask({
  name: 'pole_report_task',
  queue: 'many',
  params: z.strictObject({}),
  execute: () => new Promise<void>((resolve) => ends.push(resolve)),
});

const PAGE = `
  import { createTaskClient } from './src/client/index.ts';
  import { createApplication } from './src/host/index.ts';
  import { LrtPlugin } from './src/index.ts';
  const system = createTaskClient({ baseUrl: '/api' });
  createApplication({ system, plugins: { lrtPlugin: LrtPlugin } });
`;

let origin: string;
let browser: Browser;
let engine: EmbeddedEngine;
let stop: () => Promise<void>;
let context: BrowserContext;
let notified: string[];

beforeAll(async () => {
  const built = await build({
    stdin: { contents: PAGE, resolveDir: '.', loader: 'ts' },
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  });
  const code = built.outputFiles[0]?.text ?? '';
  engine = new EmbeddedEngine({
    definitions: [pending],
    store: smallStore(),
    queues: { many: { concurrency: 9 } },
  });
  const { fetch } = createBackend({
    engine,
    store: smallStore(),
    basePath: '/api',
    authenticate: () => CALLER,
  });
  const server = await startServer({
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/api/')) return fetch(request);
      const isScript = pathname === '/page.js';
      const html = '<!doctype html><title>Planner</title><script type="module" src="/page.js"></script>';
      return new Response(isScript ? code : html, {
        headers: { 'content-type': isScript ? 'text/javascript' : 'text/html' },
      });
    },
  });
  origin = server.url.replace('127.0.0.1', 'localhost');
  browser = await chromium.launch(chromiumLaunchOptions());
  stop = async () => {
    await browser.close();
    await engine.close();
    await server.close();
  };
});
afterAll(() => stop?.());

beforeEach(async () => {
  notified = [];
  context = await browser.newContext();
  await context.exposeBinding('notified', (_source, title: string) => void notified.push(title));
  // Chromium without a window has no notifications, and says of each tab that it is looked at.
  await context.addInitScript(() => {
    document.hasFocus = () => location.hash === '#looked-at';
    class Recorded {
      static permission = 'granted';
      close() {}
      constructor(title: string) {
        Reflect.get(window, 'notified')(title);
      }
    }
    Object.assign(window, { Notification: Recorded });
  });
});
afterEach(() => context.close());

async function openTabs(hashes: readonly string[]): Promise<Page[]> {
  return Promise.all(
    hashes.map(async (hash) => {
      const page = await context.newPage();
      await page.goto(`${origin}/${hash}`);
      await page.waitForFunction(() => document.title === '1 task · Planner');
      return page;
    }),
  );
}

async function startTask(): Promise<string> {
  const { task } = await engine.enqueue({ name: pending.name, params: {} }, CALLER);
  await expect.poll(() => ends.length).toBe(1);
  return task.id;
}

const ask = (page: Page | undefined, id: string) =>
  page?.evaluate(
    (key) => localStorage.setItem('lrt-plugin:notify', JSON.stringify({ [key]: Date.now() })),
    id,
  );

test('five tabs show one notification, also where the tab that asked is closed', async () => {
  const id = await startTask();
  const [asked, ...others] = await openTabs(['', '', '', '', '', '']);
  await ask(asked, id);
  await asked?.close();
  ends.pop()?.();
  await expect.poll(() => notified).toEqual(['Pole report is done']);
  for (const tab of others) await tab.waitForFunction(() => document.title === '✓ Planner');
  await expect.poll(() => others[0]?.evaluate(() => localStorage.getItem('lrt-plugin:notify'))).toBe('{}');
  // Each tab has had its turn once nobody holds or awaits the lock.
  await expect
    .poll(() =>
      others[0]?.evaluate(async () => {
        const { held = [], pending: awaited = [] } = await navigator.locks.query();
        return [...held, ...awaited].filter(({ name }) => name?.startsWith('lrt-plugin:notify')).length;
      }),
    )
    .toBe(0);
  expect(notified).toEqual(['Pole report is done']);
});

test('there is none while the user looks at one of the tabs', async () => {
  const id = await startTask();
  const [asked, looked] = await openTabs(['', '#looked-at', '']);
  await ask(asked, id);
  ends.pop()?.();
  await looked?.getByText('Pole report is done').waitFor();
  await expect.poll(() => asked?.evaluate(() => localStorage.getItem('lrt-plugin:notify'))).toBe('{}');
  expect(notified).toEqual([]);
  expect(await looked?.title()).toBe('Planner');
});
