/**
 * Measures 20 tabs of Chromium that show 200 running tasks, beside 20 tabs of bull-board on the same deployment: streams,
 * requests, the age of what a tab shows, and how long the others wait when the leading tab is killed.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import type { Services } from '../scripts/services/startServices.ts';
import { startLrtProcess, startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { createTaskClient } from '../src/client/index.ts';
import { TASK_FILE } from './manyTabsTasks.ts';
import { cpuSeconds } from './processCpu.ts';
import { main, type Row } from './row.ts';
import { serveBenchPage } from './serveBenchPage.ts';

const TABS = 20;
const TASKS = 200;
const SECONDS = 20;
const PAGE = fileURLToPath(new URL('./manyTabsPage.tsx', import.meta.url));

/** Counts the requests that the tabs of a context send to a server. */
function requestsOf(context: BrowserContext, url: string) {
  const counted = { streams: 0, opened: 0, others: 0 };
  const isStream = (address: string) => address.endsWith('/tasks/events');
  context.on('request', (request) => {
    if (!request.url().startsWith(url) || request.method() === 'OPTIONS') return;
    if (!isStream(request.url())) counted.others += 1;
    else {
      counted.streams += 1;
      counted.opened += 1;
    }
  });
  const ended = (request: { url(): string }) => {
    if (request.url().startsWith(url) && isStream(request.url())) counted.streams -= 1;
  };
  context.on('requestfinished', ended);
  context.on('requestfailed', ended);
  return counted;
}

const percentile = (values: readonly number[], part: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

const agesOf = (pages: readonly Page[]) => Promise.all(pages.map((page) => page.evaluate(() => window.ages)));

/** Finds the tab that holds the lock of the leader: the one whose name no member's lock extends. */
async function leaderOf(pages: readonly Page[]): Promise<Page> {
  for (const page of pages) {
    const leads = await page.evaluate(() =>
      navigator.locks.request('the bench asks who it is', async () => {
        const { held = [] } = await navigator.locks.query();
        const self = held.find(({ name }) => name === 'the bench asks who it is')?.clientId;
        const ours = held.flatMap(({ name = '', clientId }) =>
          name.startsWith('lrt-plugin ') ? [{ name, clientId }] : [],
        );
        const group = ours.find(
          ({ name }) => ours.filter((lock) => lock.name.startsWith(`${name} `)).length > 0,
        );
        return group !== undefined && group.clientId === self;
      }),
    );
    if (leads) return page;
  }
  throw new Error('No tab leads.');
}

/** Closes the leading tab, which gets no chance to say so, and waits until the server has answered the next stream. */
async function closeLeader(context: BrowserContext, pages: readonly Page[], url: string): Promise<number> {
  const leader = await leaderOf(pages);
  const next = context.waitForEvent('response', {
    predicate: (response) => response.url() === `${url}/tasks/events` && response.frame().page() !== leader,
  });
  const began = performance.now();
  await leader.close();
  await next;
  return performance.now() - began;
}

/** Opens bull-board in as many tabs. It shows jobs, not the progress of tasks, and asks again every five seconds. */
async function boardTabs(browser: Browser, url: string, pid: number) {
  const context = await browser.newContext();
  const requests = requestsOf(context, url);
  for (let i = 0; i < TABS; i += 1) await (await context.newPage()).goto(`${url}/admin/queues/`);
  await delay(5_000);
  const before = { requests: requests.others, cpu: cpuSeconds([pid]) };
  await delay(SECONDS * 1_000);
  const cpuPercent = (100 * (cpuSeconds([pid]) - before.cpu)) / SECONDS;
  const result = { requests: requests.others - before.requests, cpuPercent };
  await context.close();
  return result;
}

async function measure(services: Services, browser: Browser): Promise<Row[]> {
  await migrate(services.databaseUrl);
  const page = await serveBenchPage(PAGE);
  const server = await startLrtProcess({
    services,
    command: 'serve',
    name: 'server',
    args: [
      '--insecure',
      '--allow-origin',
      page.origin,
      '--tasks',
      TASK_FILE,
      '--requests-per-second',
      '10000',
      '--tasks-per-owner',
      String(TASKS),
    ],
  });
  await startLrtProcess({
    services,
    command: 'worker',
    name: 'worker',
    args: ['--queues', 'default', '--concurrency', String(TASKS), '--tasks', TASK_FILE],
  });
  const { pid } = server.lrt;
  const client = createTaskClient({ baseUrl: server.url });
  for (let i = 0; i < TASKS; i += 1) await client.enqueueTask('clock', {});
  while (
    (await client.listTasks({ status: 'active', limit: TASKS })).tasks.some(
      ({ status }) => status === 'queued',
    )
  )
    await delay(200);

  const context = await browser.newContext();
  const requests = requestsOf(context, server.url);
  const pages: Page[] = [];
  for (let i = 0; i < TABS; i += 1) {
    const tab = await context.newPage();
    await tab.goto(`${page.origin}/?server=${encodeURIComponent(server.url)}`);
    pages.push(tab);
  }
  await delay(5_000);
  await Promise.all(
    pages.map((tab) =>
      tab.evaluate(() => {
        window.ages = [];
      }),
    ),
  );
  const before = { ...requests, cpu: cpuSeconds([pid]) };
  await delay(SECONDS * 1_000);
  const ages = await agesOf(pages);
  const after = { ...requests, cpu: cpuSeconds([pid]) };
  const shown = ages.map((tab) => tab.length / SECONDS);
  const gap = await closeLeader(context, pages, server.url);
  await context.close();
  page.close();
  const board = await boardTabs(browser, server.url, pid);
  return [
    { name: 'tabs', measured: TABS, unit: '' },
    { name: 'streams open at once', measured: after.streams, unit: '', max: 1 },
    { name: 'other requests of all tabs', measured: after.others - before.others, unit: '', max: 0 },
    { name: 'changes shown, the least of a tab', measured: Math.min(...shown), unit: 'per s' },
    { name: 'age of what is drawn, p50 of all', measured: percentile(ages.flat(), 0.5), unit: 'ms' },
    {
      name: 'age of what is drawn, p95 of the slowest tab',
      measured: Math.max(...ages.map((tab) => percentile(tab, 0.95))),
      unit: 'ms',
      max: 250,
    },
    { name: 'processor time of the server', measured: (100 * (after.cpu - before.cpu)) / SECONDS, unit: '%' },
    { name: 'requests of the tabs of bull-board', measured: board.requests / SECONDS, unit: 'per s' },
    { name: 'processor time of the server, bull-board', measured: board.cpuPercent, unit: '%' },
    {
      name: 'from the end of the leading tab to the answer of the next stream',
      measured: gap,
      unit: 'ms',
      max: 1_000,
    },
  ];
}

export async function run(): Promise<Row[]> {
  const services = await startServices();
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    return await measure(services, browser);
  } finally {
    await browser.close();
    await services.stop();
  }
}

if (import.meta.main) await main(run);
