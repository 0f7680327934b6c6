/**
 * Measures in Chromium how long the frames of a map are while a fan of 20,000 drops grows, pans, zooms and commits: drawn by our
 * overlay with its rules, and by a plain layer of the same features with one style. It also measures how soon 1,000 tasks, read
 * by one request, are framed on the map.
 *
 * Measured on 29 November 2026 on two cores without a graphics card, which other work kept busy (load 15 to 45): only the ratios
 * count. Main thread of OpenLayers for each frame, ours and plain: 41 and 256 ms while 1,000 drops come with each frame, 24 and 381 ms
 * in a pan, 23 and 265 ms in a zoom; a commit took 99 and 312 ms of it in all. MapLibre took 3.0 and 41.7 s for 40 batches, 1.7 and 30 s
 * for 20 frames of a pan, 1.2 and 27 s for those of a zoom, and 0.8 and 2.4 s for the commit: it draws circles slowly without a card.
 * 1,000 tasks were framed 133 ms after the request on OpenLayers (load 30). On MapLibre it took 503 ms, most of it in `map.project`,
 * which the marks no longer call for each place.
 *
 * A run of a task with many poles had shown frames of up to 1.3 s. They were real: each pole that became crowded had all features of
 * all tasks listed, projected and painted again. Now only its own drops change (`GrowingLayer.change`).
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import type { TaskSnapshot } from '../src/contract/index.ts';
import type { Library, Side } from './mapCostPage.ts';
import { main, median, type Row } from './row.ts';
import { servePage } from './serveBenchPage.ts';

const DROPS = 20_000;
const ROUNDS = 3;
const PLACES = 1_000;
const PLACE_ROUNDS = 5;
const MAPLIBRE = new URL('./', import.meta.resolve('maplibre-gl'));
const PAGE = fileURLToPath(new URL('./mapCostPage.ts', import.meta.url));

const percentile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? Number.NaN;

/** Serves the page, the files with which MapLibre starts its worker, and a list of tasks. */
const serveMaps = () =>
  servePage([PAGE], async (path) => {
    const [, worker] = /^\/(maplibre-gl-[a-z]+\.mjs)$/.exec(path) ?? [];
    if (worker) return { type: 'text/javascript', body: await readFile(new URL(worker, MAPLIBRE), 'utf8') };
    return path === '/tasks' ? { type: 'application/json', body: TASKS } : undefined;
  });

/** Many tasks as a server lists them. Each has worked in a box of its own around the middle of the map. */
const TASKS = JSON.stringify({
  tasks: Array.from({ length: PLACES }, (_, index): TaskSnapshot => {
    const [west, south] = [8.53 + 0.0006 * (index % 32), 47.365 + 0.0003 * Math.floor(index / 32)];
    return {
      id: `task-${index}`,
      name: 'customer_connection_task',
      queue: 'default',
      status: index % 5 === 0 ? 'running' : 'succeeded',
      progress: {
        percent: 48,
        step: 4,
        stepCount: 5,
        message: 'Connecting addresses',
        done: 958,
        total: 2_000,
      },
      params: { design: 'design/FTTH-North', pole_id: index, count: 2_000 },
      owner: 'planner',
      tags: [],
      createdAt: '2026-03-01T08:00:00Z',
      attempt: 1,
      seq: 20,
      built: { count: 2_000, tables: ['oh_route'], bbox: [west, south, west + 0.0005, south + 0.00025] },
    };
  }),
  links: [],
});

/** One phase of a map costs this much. Times are in milliseconds. */
interface Phase {
  /** Processor time of the page's main thread for each frame. */
  cpuPerFrame: number;
  frames: number[];
  /** The longest call that added features. */
  longestCall?: number;
  /** From the call to the last paint of the new look. */
  paintedMs?: number;
}

type Cost = Record<'adding' | 'panning' | 'zooming' | 'committing', Phase>;

async function measured(page: Page, library: Library, side: Side): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  // Time of the thread and not of the clock, so that what else the machine does changes little.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpuMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const phase = async (run: () => Promise<Omit<Phase, 'cpuPerFrame'>>): Promise<Phase> => {
    const before = await cpuMs();
    const result = await run();
    const cpuPerFrame = ((await cpuMs()) - before) / result.frames.length;
    await page.evaluate(() => window.openedMap.rest());
    return { ...result, cpuPerFrame };
  };
  await page.evaluate(([of, by]) => window.openMap(of, by), [library, side] as const);
  const cost = {
    adding: await phase(() => page.evaluate((drops) => window.openedMap.add(drops), DROPS)),
    panning: await phase(() => page.evaluate(() => window.openedMap.pan())),
    zooming: await phase(() => page.evaluate(() => window.openedMap.zoom())),
    committing: await phase(() => page.evaluate(() => window.openedMap.commit())),
  };
  await page.evaluate(() => window.openedMap.close());
  return cost;
}

export async function run(): Promise<Row[]> {
  const served = await serveMaps();
  const browser = await chromium.launch(chromiumLaunchOptions());
  const places: Record<Library, number[]> = { OpenLayers: [], MapLibre: [] };
  const costs: Record<Library, Record<Side, Cost[]>> = {
    OpenLayers: { ours: [], plain: [] },
    MapLibre: { ours: [], plain: [] },
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const library of ['OpenLayers', 'MapLibre'] as const) {
        for (const side of ['ours', 'plain'] as const) {
          const page = await browser.newPage({ viewport: { width: 820, height: 520 } });
          await page.goto(served.origin);
          costs[library][side].push(await measured(page, library, side));
          await page.close();
        }
        const page = await browser.newPage({ viewport: { width: 820, height: 520 } });
        await page.goto(served.origin);
        for (let i = 0; i < PLACE_ROUNDS; i++)
          places[library].push(await page.evaluate((of) => window.placeTasks(of), library));
        await page.close();
      }
    }
  } finally {
    await browser.close();
    served.close();
  }
  return (['OpenLayers', 'MapLibre'] as const).flatMap((library) => [
    ...rowsOf(library, costs[library]),
    {
      name: `${library}, ${PLACES} tasks on the map: from the request to the frame after they are drawn`,
      measured: median(places[library]),
      unit: 'ms',
      max: 300,
    },
  ]);
}

function rowsOf(library: Library, costs: Record<Side, Cost[]>): Row[] {
  const rows: Row[] = [];
  const add = (name: string, unit: string, of: (cost: Cost) => number | undefined) => {
    for (const side of ['ours', 'plain'] as const) {
      const measuredValue = median(costs[side].map((cost) => of(cost) ?? Number.NaN));
      rows.push({ name: `${library}, ${name}, ${side}`, measured: measuredValue, unit });
    }
  };
  for (const [name, key] of [
    ['features come', 'adding'],
    ['pan', 'panning'],
    ['zoom', 'zooming'],
    ['commit', 'committing'],
  ] as const) {
    add(`${name}: main thread for each frame`, 'ms', (cost) => cost[key].cpuPerFrame);
    add(`${name}: frame p95`, 'ms', (cost) => percentile(cost[key].frames, 0.95));
    add(`${name}: longest frame`, 'ms', (cost) => percentile(cost[key].frames, 1));
  }
  add('features come: longest call', 'ms', ({ adding }) => adding.longestCall);
  add('commit: until all is painted', 'ms', ({ committing }) => committing.paintedMs);
  return rows;
}

if (import.meta.main) await main(run);
