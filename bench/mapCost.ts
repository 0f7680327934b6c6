/**
 * Measures in Chromium how long the frames of a map are while a fan of 20,000 drops grows, pans, zooms and commits: drawn by our
 * overlay with its rules, and by a plain layer of the same features with one style.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import type { Library, Side } from './mapCostPage.ts';
import { main, median, type Row } from './row.ts';

const DROPS = 20_000;
const ROUNDS = 3;
const MAPLIBRE = new URL('./', import.meta.resolve('maplibre-gl'));
const PAGE = fileURLToPath(new URL('./mapCostPage.ts', import.meta.url));

const percentile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? Number.NaN;

/** Serves the page, and the files with which MapLibre starts its worker. */
async function servePage(): Promise<{ origin: string; close(): void }> {
  const { outputFiles } = await build({
    entryPoints: [PAGE],
    bundle: true,
    format: 'esm',
    write: false,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    const [, worker] = /^\/(maplibre-gl-[a-z]+\.mjs)$/.exec(path) ?? [];
    const isScript = worker !== undefined || path === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    if (worker) response.end(await readFile(new URL(worker, MAPLIBRE)));
    else if (isScript) response.end(script);
    else
      response.end(
        '<!doctype html><link rel="icon" href="data:,"><body style="margin: 0"><script type="module" src="/page.js"></script>',
      );
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

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
  const served = await servePage();
  const browser = await chromium.launch(chromiumLaunchOptions());
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
      }
    }
  } finally {
    await browser.close();
    served.close();
  }
  return (['OpenLayers', 'MapLibre'] as const).flatMap((library) => rowsOf(library, costs[library]));
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
