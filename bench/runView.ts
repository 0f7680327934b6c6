/**
 * Measures the run view of a workflow in Chromium: the time to lay out and draw 200 and 1,000 nodes, and the longest task of the
 * main thread while 100 states a second change. React and the view are those that ship; the code is loaded before.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import { mainThreadTasks } from './mainThreadTasks.ts';
import { median, type Row, main as runMain } from './row.ts';
import type {} from './runViewApp.tsx';
import { serveBenchPage } from './serveBenchPage.ts';

const RUNS = 5;
const SECONDS = 5;
const CHANGES_PER_SECOND = 100;

interface Measured {
  drawnMs: number;
  /** The time of the main thread for it, by its own clock: other processes do not count. */
  drawingMs: number;
  changesPerSecond: number;
  /** The longest task by the thread's own clock, in milliseconds: other processes do not count. */
  longestTaskMs: number;
  longestOnTheWallMs: number;
}

async function measure(browser: Browser, origin: string, nodes: number): Promise<Measured> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(`${origin}/?nodes=${nodes}`);
  await page.waitForLoadState('networkidle');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  await page.evaluate(() => window.runView.prepare());
  const before = await busySeconds();
  const drawnMs = await page.evaluate(() => window.runView.draw());
  const drawingMs = ((await busySeconds()) - before) * 1_000;
  await delay(1_000);
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  const began = performance.now();
  await page.evaluate((perSecond) => window.runView.change(perSecond), CHANGES_PER_SECOND);
  await delay(SECONDS * 1_000);
  const changes = await page.evaluate(() => window.runView.changes);
  const seconds = (performance.now() - began) / 1_000;
  const tasks = mainThreadTasks(await browser.stopTracing());
  await page.close();
  return {
    drawnMs,
    drawingMs,
    changesPerSecond: changes / seconds,
    longestTaskMs: Math.max(...tasks.map(({ tdur }) => tdur)) / 1_000,
    longestOnTheWallMs: Math.max(...tasks.map(({ dur }) => dur)) / 1_000,
  };
}

export async function run(): Promise<Row[]> {
  const page = await serveBenchPage(fileURLToPath(new URL('./runViewApp.tsx', import.meta.url)));
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const [few, many]: [Measured[], Measured[]] = [[], []];
    for (let at = 0; at < RUNS; at += 1) {
      few.push(await measure(browser, page.origin, 200));
      many.push(await measure(browser, page.origin, 1_000));
    }
    const of = (all: readonly Measured[], key: keyof Measured) => median(all.map((one) => one[key]));
    return [
      {
        name: '200 nodes laid out and drawn, of processor time',
        measured: of(few, 'drawingMs'),
        unit: 'ms',
        max: 100,
      },
      { name: '200 nodes laid out and drawn, on the wall', measured: of(few, 'drawnMs'), unit: 'ms' },
      {
        name: '1,000 nodes laid out and drawn, of processor time',
        measured: of(many, 'drawingMs'),
        unit: 'ms',
        max: 1_000,
      },
      { name: '1,000 nodes laid out and drawn, on the wall', measured: of(many, 'drawnMs'), unit: 'ms' },
      { name: 'changes with 200 nodes', measured: of(few, 'changesPerSecond'), unit: 'per s' },
      {
        name: 'longest task with 200 nodes, of processor time',
        measured: of(few, 'longestTaskMs'),
        unit: 'ms',
        max: 50,
      },
      { name: 'changes with 1,000 nodes', measured: of(many, 'changesPerSecond'), unit: 'per s' },
      {
        name: 'longest task with 1,000 nodes, of processor time',
        measured: of(many, 'longestTaskMs'),
        unit: 'ms',
        max: 50,
      },
      {
        name: 'longest task with 1,000 nodes, on the wall',
        measured: of(many, 'longestOnTheWallMs'),
        unit: 'ms',
      },
    ];
  } finally {
    await browser.close();
    page.close();
  }
}

if (import.meta.main) await runMain(run);
