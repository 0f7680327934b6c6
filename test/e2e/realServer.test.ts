import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { servePages } from '../../harness/serve.ts';
import { generateTown } from '../../mocks/town/generateTown.ts';
import { startLrtProcess, startServices } from '../../scripts/services.mjs';
import { migrate } from '../../server/src/database/migrate.ts';
import { openPool } from '../../server/src/database/openPool.ts';
import { PostgisStore } from '../../server/src/postgis/PostgisStore.ts';
import { create, drawn, status, withHarness } from './openHarness.ts';

/** A page, a server, two workers, Redis and PostgreSQL want their share of a machine that may have two cores. */
const PATIENCE = { timeout: 60_000 };

/** The main job on PostGIS, one server and two workers, each a process of its own. */
type Started = Awaited<ReturnType<typeof start>>;
let real: Started;
beforeAll(async () => {
  real = await start();
});
afterAll(() => real?.stop());

const harness = withHarness(() => `${real.page}server.html`);

test('connections are built on a server, seen on the map, and are there after a reload', async () => {
  const page = await harness.open();
  const dialog = await create(page, 60);
  await dialog.getByText('60 addresses connected', { exact: true }).waitFor();
  expect(await stored('design/FTTH-North')).toBe(120);
  await showsWhatIsStored(page);

  await page.reload();
  await expect.poll(() => status(page), PATIENCE).toContain('Addresses: 800');
  await showsWhatIsStored(page);
  expect(await page.getByRole('button', { name: 'Open files' }).count()).toBe(0);
});

test('of a run that is cancelled nothing is stored', async () => {
  const page = await harness.open({ query: 'task=paced_connection' });
  await create(page, 60, 'design/FTTH-East');
  await expect.poll(async () => (await drawn(page)).uncommitted, PATIENCE).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel task' }).click();
  await page.getByText('Cancelled by you').waitFor();
  expect(await stored('design/FTTH-East')).toBe(0);
  await showsWhatIsStored(page);
});

test('a worker is killed in the middle of a run: another one ends it, and the page shows that', async () => {
  const page = await harness.open({ query: 'task=paced_connection' });
  const started = await Promise.all(real.workers.map(startedRuns));
  await create(page, 60, 'design/FTTH-South');
  await expect.poll(async () => (await drawn(page)).uncommitted, PATIENCE).toBeGreaterThan(20);
  const now = await Promise.all(real.workers.map(startedRuns));
  const [victim, ...others] = real.workers.filter((_, index) => Number(now[index]) > Number(started[index]));
  expect(others).toEqual([]);
  await victim?.lrt.kill();

  await page.getByRole('dialog').getByText('60 addresses connected', { exact: true }).waitFor(PATIENCE);
  expect(await stored('design/FTTH-South')).toBe(120);
  await showsWhatIsStored(page);
});

/** All of it, and nothing that is not stored. */
async function showsWhatIsStored(page: Page): Promise<void> {
  const designs = ['North', 'East', 'South', 'West'].map((quarter) => stored(`design/FTTH-${quarter}`));
  const committed = (await Promise.all(designs)).reduce((sum, count) => sum + count, 0);
  await expect.poll(() => drawn(page), PATIENCE).toEqual({ committed, uncommitted: 0 });
}

/** Routes and wall boxes of the design, as the server has them. */
async function stored(design: string): Promise<number> {
  const query = new URLSearchParams({ tables: 'oh_route,wall_box', limit: '50000', design });
  const answer = await fetch(`${real.server}/features?${query}`);
  const { features }: { features: { properties: { design?: string } }[] } = await answer.json();
  return features.filter(({ properties }) => properties.design === design).length;
}

/** How many runs a worker has begun, as it tells Prometheus. */
async function startedRuns({ url }: { url: string }): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counts = [...metrics.matchAll(/^lrt_queue_wait_seconds_count\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

async function start() {
  const services = await startServices();
  const tasks = [
    '--tasks',
    join(import.meta.dirname, 'tasks/pacedConnection.ts'),
    '--lost-after-seconds',
    '2',
  ];
  try {
    await migrate(services.databaseUrl);
    const pool = openPool(services.databaseUrl);
    await new PostgisStore({ pool }).loadTown(generateTown({ addresses: 800 }));
    await pool.end();
    const [server, ...workers] = await Promise.all([
      startLrtProcess({ services, command: 'serve', name: 'server', args: ['--insecure', ...tasks] }),
      ...['worker-1', 'worker-2'].map((name) =>
        startLrtProcess({ services, command: 'worker', name, args: tasks }),
      ),
    ]);
    // Answers when the pages are built.
    await fetch(inject('harnessUrl'));
    const page = await servePages({ folder: inject('harnessFolder'), server: server.url });
    return {
      server: server.url,
      workers,
      page: page.url,
      async stop() {
        await page.close();
        await Promise.all([server, ...workers].map(({ lrt }) => lrt.stop()));
        await services.stop();
      },
    };
  } catch (error) {
    await services.stop();
    throw error;
  }
}
