/**
 * Measures 20 tabs of Chromium that show 200 running tasks, beside 20 tabs of bull-board on the same deployment: streams,
 * requests, the age of what a tab shows, and how long the others wait when the leading tab is killed. All 20 tabs count as
 * looked at, so all are drawn, in software, on the processors of this machine. `bareTabsPage.ts` is the floor of that machine: as
 * many tabs that draw as many changes from an EventSource and a BroadcastChannel. Its rounds alternate with ours.
 *
 * Two processors that other work kept busy (load 18) gave, in one round: ours p50 1.2 s and p95 6.3 s, bare p50 12 s and p95 30 s, so
 * 0.21 times. The bare tabs post a message for each event, and ours one for each chunk that came. On the same machine with less
 * other work ours had p50 0.5 s and p95 1.3 s. The 250 ms of the limit ask for processors that draw 20 tabs at once.
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
import { main, median, type Row } from './row.ts';
import { serveBareChanges } from './serveBareChanges.ts';
import { serveBenchPage } from './serveBenchPage.ts';

const TABS = 20;
const TASKS = 200;
const SECONDS = 20;
const PAGE = fileURLToPath(new URL('./manyTabsPage.tsx', import.meta.url));
const BARE_PAGE = fileURLToPath(new URL('./bareTabsPage.ts', import.meta.url));
/** Rounds of ours and of the floor, one after the other. */
const ROUNDS = 3;

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

/** Opens as many tabs, lets them settle, and measures for a while. Gives the ages of what each tab has drawn since. */
async function measureTabs(context: BrowserContext, addressOf: (tab: number) => string, settled: () => void) {
  const pages: Page[] = [];
  for (let i = 0; i < TABS; i += 1) {
    const tab = await context.newPage();
    await tab.goto(addressOf(i));
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
  settled();
  await delay(SECONDS * 1_000);
  return { pages, ages: await agesOf(pages) };
}

const p95OfSlowest = (ages: readonly number[][]) => Math.max(...ages.map((tab) => percentile(tab, 0.95)));

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
  const barePage = await serveBenchPage(BARE_PAGE);
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

  const bareServer = await serveBareChanges(barePage.origin, TASKS);
  const bare: number[][][] = [];
  const ours: number[][][] = [];
  let gap = Number.NaN;
  let used = { streams: 0, others: 0, cpu: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const bareContext = await browser.newContext();
    const address = `${barePage.origin}/?server=${encodeURIComponent(bareServer.url)}`;
    bare.push(
      (
        await measureTabs(
          bareContext,
          (i) => (i === 0 ? `${address}&leads` : address),
          () => {},
        )
      ).ages,
    );
    await bareContext.close();

    const context = await browser.newContext();
    const requests = requestsOf(context, server.url);
    let before = { others: 0, cpu: 0 };
    const { pages, ages } = await measureTabs(
      context,
      () => `${page.origin}/?server=${encodeURIComponent(server.url)}`,
      () => {
        before = { others: requests.others, cpu: cpuSeconds([pid]) };
      },
    );
    ours.push(ages);
    used = {
      streams: Math.max(used.streams, requests.streams),
      others: used.others + requests.others - before.others,
      cpu: used.cpu + cpuSeconds([pid]) - before.cpu,
    };
    if (round === ROUNDS - 1) gap = await closeLeader(context, pages, server.url);
    await context.close();
  }
  bareServer.close();
  barePage.close();
  page.close();
  const board = await boardTabs(browser, server.url, pid);
  const shown = (rounds: readonly number[][][]) =>
    Math.min(...rounds.flat().map((tab) => tab.length / SECONDS));
  const medianOf = (rounds: readonly number[][][], figure: (ages: readonly number[][]) => number) =>
    median(rounds.map(figure));
  const p50 = (ages: readonly number[][]) => percentile(ages.flat(), 0.5);
  return [
    { name: 'tabs', measured: TABS, unit: '' },
    { name: 'streams open at once', measured: used.streams, unit: '', max: 1 },
    { name: 'other requests of all tabs', measured: used.others, unit: '', max: 0 },
    { name: 'changes shown, the least of a tab', measured: shown(ours), unit: 'per s' },
    { name: 'changes shown, the least of a bare tab', measured: shown(bare), unit: 'per s' },
    { name: 'age of what is drawn, p50 of all', measured: medianOf(ours, p50), unit: 'ms' },
    { name: 'age of what is drawn, p50 of all, bare', measured: medianOf(bare, p50), unit: 'ms' },
    {
      name: 'age of what is drawn, p95 of the slowest tab',
      measured: medianOf(ours, p95OfSlowest),
      unit: 'ms',
      max: 250,
    },
    {
      name: 'age of what is drawn, p95 of the slowest tab, bare',
      measured: medianOf(bare, p95OfSlowest),
      unit: 'ms',
    },
    {
      name: 'age of what is drawn, p95 of the slowest tab, to bare',
      measured: median(ours.map((ages, round) => p95OfSlowest(ages) / p95OfSlowest(bare[round] ?? []))),
      unit: 'times',
    },
    { name: 'processor time of the server', measured: (100 * used.cpu) / SECONDS / ROUNDS, unit: '%' },
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
