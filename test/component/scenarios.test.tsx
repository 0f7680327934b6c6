// Plays the fault scenarios of the mock backend under the plugin, as the harness's switch does: the user sees how the
// task ends, and the map gets all that was built, once. A stall needs the watchdog's patience: the tests of the client
// have it, in faked time.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient, type GeoFeature } from 'lrt-plugin/client';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import {
  combine,
  createMockBackend,
  failAt,
  generateTown,
  lostCursor,
  type Scenario,
  scenarios,
  streamCut,
  timesOut,
} from 'lrt-plugin/mocks';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { signedIn } from '../../harness/signedIn.ts';

const TASK_SERVER = 'http://tasks.example/api';
const DESIGN = 'design/FTTH-North';
const town = generateTown({ addresses: 400 });
/** Enough that a scenario strikes in the middle of a task. */
const COUNT = 20;

/** Keeps what a map would draw. */
function createOverlay() {
  const drawn = new Map<string, GeoFeature>();
  const twice: string[] = [];
  let settled = false;
  return {
    drawn,
    twice,
    settled: () => settled,
    add(_taskId: string, features: GeoFeature[], { replace }: { replace: boolean }) {
      if (replace) drawn.clear();
      for (const feature of features) {
        const id = String(feature.id);
        if (drawn.has(id)) twice.push(id);
        drawn.set(id, feature);
      }
    },
    settle() {
      settled = true;
    },
    remove: () => drawn.clear(),
  };
}

/** Starts the main job under a scenario. Gives the dialog, the map and the store. */
async function create(scenario: Scenario, runSeconds = 1) {
  const backend = await createMockBackend({ town, runSeconds });
  const server = setupServer(...backend.handlers(TASK_SERVER));
  server.listen();
  const taskOverlay = createOverlay();
  const app = createApplication({
    system: createTaskClient({ baseUrl: TASK_SERVER, token: signedIn().token }),
    map: { getBounds: () => [0, 0, 0, 0], fitBounds() {}, zoomTo() {}, taskOverlay },
    plugins: { connections: [LrtPlugin, { count: COUNT }] },
    toolbar: ['connections.dialog'],
  });
  onTestFinished(async () => {
    app.dispose();
    await backend.close();
    server.close();
  });
  const { features } = await backend.store.features({ design: DESIGN, tables: ['pole'], limit: 10_000 });
  const pole = features.find(({ properties }) => properties.design === DESIGN);
  if (!pole) throw new Error(`The town has no pole in ${DESIGN}`);
  app.setCurrentFeature({
    id: Number(pole.id.split('/')[1]),
    getType: () => 'pole',
    getUrn: () => pole.id,
    getTitle: () => String(pole.properties.name),
    properties: pole.properties,
    geometry: pole.geometry,
    _myw: { title: String(pole.properties.name), delta: DESIGN },
  });
  render(
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: /^Customer connections/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Customer connections' }));
  const start = await dialog.findByRole('button', { name: 'Create connections' });
  backend.use(scenario);
  await userEvent.click(start);
  return { dialog, taskOverlay, store: backend.store };
}

/** Often enough to strike several times in a task of a second. */
const everyMs = 300;

test.each([
  // Where each call takes its time, the client follows a task only a while after its start.
  ['latency', scenarios.latency(), 8],
  ['stream-cut-reset', streamCut({ everyMs, how: 'reset' }), 1],
  ['stream-cut-eof', streamCut({ everyMs, how: 'eof' }), 1],
  ['duplicates', scenarios.duplicates(), 1],
  ['out-of-order', scenarios['out-of-order'](), 1],
  ['lost-cursor', combine('lost-cursor', streamCut({ everyMs, how: 'eof' }), lostCursor()), 2],
  ['unauthorized-then-refresh', scenarios['unauthorized-then-refresh'](), 1],
])(
  '%s: the user sees the job succeed, and the map has all of it once',
  async (name, scenario, runSeconds) => {
    const { dialog, taskOverlay, store } = await create(scenario, runSeconds);
    await dialog.findByRole('heading', { name: `${COUNT} addresses connected` });
    expect(taskOverlay.settled()).toBe(true);
    expect(taskOverlay.twice).toEqual([]);
    const tables = ['wall_box', 'oh_route'];
    const { features } = await store.features({ design: DESIGN, tables, limit: 1_000 });
    const built = features.filter(({ properties }) => properties.design === DESIGN).map(({ id }) => id);
    expect(built.length).toBe(2 * COUNT);
    const drawn = [...taskOverlay.drawn.keys()].filter((id) => /^(wall_box|oh_route)\//.test(id));
    expect(drawn.length).toBeGreaterThan(0);
    expect(built).toEqual(expect.arrayContaining(drawn));
    // A client whose last connection begins after the end is sent the end alone: the map then reads what is stored.
    if (name !== 'lost-cursor') expect(drawn.length).toBe(built.length);
  },
);

test.each([
  ['fail-at', failAt({ done: 10 }), 'The task failed'],
  ['times-out', timesOut({ afterSeconds: 1 }), 'The task failed'],
  ['rate-limited', scenarios['rate-limited'](), 'The task was not started'],
  ['server-error-on-enqueue', scenarios['server-error-on-enqueue'](), 'The task was not started'],
  ['html-instead-of-stream', scenarios['html-instead-of-stream'](), 'The task is out of sight'],
])('%s: the dialog says it', async (_, scenario, words) => {
  const { dialog, store } = await create(scenario);
  await dialog.findByText(words);
  const { features } = await store.features({ design: DESIGN, tables: ['wall_box'], limit: 1_000 });
  expect(features.filter(({ properties }) => properties.design === DESIGN)).toEqual([]);
});
