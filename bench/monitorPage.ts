/**
 * Measures the open task monitor in Chromium: 200 running tasks with 10 events a second each, first alone and then among
 * 10,000 tasks in the list. The page gets the events of a client's watch; React and the monitor are those that ship.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import { mainThreadTasks } from './mainThreadTasks.ts';
import { median, type Row, main as runMain } from './row.ts';
import { serveBenchPage } from './serveBenchPage.ts';

const RUNS = 3;
const SECONDS = 6;
const SCRIPTS = ['countCommits.ts', 'monitorPageApp.tsx'].map((name) =>
  fileURLToPath(new URL(`./${name}`, import.meta.url)),
);

interface Measured {
  /** Frames in which React committed more than once. */
  crowdedFrames: number;
  commitsPerSecond: number;
  framesPerSecond: number;
  eventsPerSecond: number;
  /** The longest task of the main thread by its own clock, in milliseconds: other processes do not count. */
  longestTaskMs: number;
  /** The same by the clock on the wall. */
  longestOnTheWallMs: number;
  scriptPercent: number;
}

async function measure(browser: Browser, origin: string, count: number): Promise<Measured> {
  const page = await browser.newPage({ viewport: { width: 408, height: 728 } });
  await page.goto(`${origin}/?tasks=${count}`);
  await page.getByRole('grid').waitFor();
  await delay(2_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scriptSeconds = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  };
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await page.evaluate(() => window.bench.begin());
  const [before, began] = [await scriptSeconds(), performance.now()];
  await delay(SECONDS * 1_000);
  const [after, ended] = [await scriptSeconds(), performance.now()];
  const seen = await page.evaluate(() => window.bench.end());
  const tasks = mainThreadTasks(await browser.stopTracing());
  await page.close();
  const seconds = (ended - began) / 1_000;
  return {
    crowdedFrames: seen.crowdedFrames,
    commitsPerSecond: seen.commits / seconds,
    framesPerSecond: seen.frames / seconds,
    eventsPerSecond: seen.events / seconds,
    longestTaskMs: Math.max(...tasks.map(({ tdur }) => tdur)) / 1_000,
    longestOnTheWallMs: Math.max(...tasks.map(({ dur }) => dur)) / 1_000,
    scriptPercent: (100 * (after - before)) / seconds,
  };
}

export async function run(): Promise<Row[]> {
  const page = await serveBenchPage(...SCRIPTS);
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const [few, many]: [Measured[], Measured[]] = [[], []];
    for (let at = 0; at < RUNS; at += 1) {
      few.push(await measure(browser, page.origin, 200));
      many.push(await measure(browser, page.origin, 10_000));
    }
    const of = (all: readonly Measured[], key: keyof Measured) => median(all.map((one) => one[key]));
    const script = of(few, 'scriptPercent');
    return [
      { name: 'events', measured: of(few, 'eventsPerSecond'), unit: 'per s' },
      { name: 'React commits', measured: of(few, 'commitsPerSecond'), unit: 'per s' },
      {
        name: 'frames with more than one commit',
        measured: of(few, 'crowdedFrames'),
        unit: '',
        max: 0,
      },
      { name: 'longest task, of processor time', measured: of(few, 'longestTaskMs'), unit: 'ms', max: 50 },
      { name: 'longest task, on the wall', measured: of(few, 'longestOnTheWallMs'), unit: 'ms' },
      { name: 'frames', measured: of(few, 'framesPerSecond'), unit: 'per s' },
      { name: 'scripting', measured: script, unit: '%', max: 25 },
      {
        name: 'with 10,000 tasks: frames with more than one commit',
        measured: of(many, 'crowdedFrames'),
        unit: '',
        max: 0,
      },
      {
        name: 'with 10,000 tasks: longest task, of processor time',
        measured: of(many, 'longestTaskMs'),
        unit: 'ms',
        max: 50,
      },
      { name: 'with 10,000 tasks: scripting', measured: of(many, 'scriptPercent'), unit: '%', max: 25 },
      {
        name: 'scripting with 10,000 tasks, to that with 200',
        measured: of(many, 'scriptPercent') / script,
        unit: 'times',
        max: 1.5,
      },
    ];
  } finally {
    await browser.close();
    page.close();
  }
}

if (import.meta.main) await runMain(run);
