import axe from 'axe-core';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Scenario } from '../../../mocks/index.ts';
import { startQwc2 } from './startQwc2.tsx';

const dialog = page.getByRole('dialog');
const tool = page.getByRole('navigation', { name: 'QWC2' }).getByRole('button');

/** For what a task has built: a busy machine takes its time. */
const PATIENTLY = { timeout: 10_000 };

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => page.viewport(1000, 800));

/** With the keyboard: the dialog may lie over the pole. */
async function pickPole(name: string) {
  const pole = page.getByRole('button', { name, exact: true }).element();
  if (pole instanceof SVGElement) pole.focus();
  await userEvent.keyboard('{Enter}');
}

/** Holds tasks up once so much is done, until they are cancelled. */
function holdAt(done: number): Scenario {
  return {
    name: 'holdAt',
    hooks: {
      async onProgress({ progress, signal }) {
        if ((progress.done ?? 0) < done || signal.aborted) return;
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      },
    },
  };
}

test('from the menu over a pole on the map to the end of a task', async () => {
  const { store, layer, drawn, qwc2, complaints } = await startQwc2();
  const zoomToExtent = vi.spyOn(qwc2, 'zoomToExtent');
  await expect.element(tool).toHaveTextContent('Customer connections');
  expect(dialog.query()).toBeNull();

  await tool.click();
  await expect.element(dialog).toMatchTextContent('Select a pole of a design on the map.');
  await pickPole('N-1001');
  await expect.element(dialog).toMatchTextContent('N-1001');
  expect(layer('lrt-pole')?.features).toHaveLength(1);

  await dialog.getByRole('button', { name: 'Create connections' }).click();
  const zoom = dialog.getByRole('button', { name: 'Zoom to result' });
  await expect.element(zoom).toBeVisible();
  await expect.element(dialog).toMatchTextContent('20 addresses connected');
  // What is stored is the theme's to draw: the overlay is gone, and the theme's layer is fetched anew.
  expect(drawn()).toEqual([]);
  expect(layer('theme')?.rev).toBe(1);

  await zoom.click();
  const [extent, crs] = zoomToExtent.mock.calls[0] ?? [];
  expect(extent).toEqual([10.18, 48.85, 10.18, 48.85].map((degrees) => expect.closeTo(degrees, 1)));
  expect(crs).toBe('EPSG:4326');

  await dialog.getByRole('button', { name: 'Close' }).first().click();
  expect(store.getState().task.id).toBeNull();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(layer('lrt-pole')).toBeUndefined();
  expect(complaints.mock.calls).toEqual([]);
});

test('closed, the task runs on and its map layer grows; cancelled, the layer goes', async () => {
  const { backend, drawn } = await startQwc2({ options: { count: 400 } });
  backend.use(holdAt(200));
  await tool.click();
  await pickPole('N-1001');
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  await tool.click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.poll(() => drawn().length, PATIENTLY).toBeGreaterThan(100);
  expect(drawn()[0]).toMatchObject({ crs: 'EPSG:4326' });

  await tool.click();
  await expect.element(dialog).toMatchTextContent(/\d+ \/ 400 addresses connected/);
  await dialog.getByRole('button', { name: 'Cancel task' }).click();
  await expect.element(dialog).toMatchTextContent('Cancelled by you');
  expect(drawn()).toEqual([]);
});

test('taken out, the plugin leaves nothing behind; put in again, it finds the task that runs', async () => {
  const { backend, drawn, store, register, unregister, qwc2 } = await startQwc2({ options: { count: 400 } });
  backend.use(holdAt(200));
  await tool.click();
  await pickPole('N-1001');
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  await expect.poll(() => drawn().length, PATIENTLY).toBeGreaterThan(100);

  unregister();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(store.getState().layers.flat.map(({ id }) => id)).toEqual(['theme']);
  expect(qwc2.getState()).toMatchObject({ localConfig: { customPlugins: [] } });

  const unregisterAgain = register();
  await expect.element(dialog).toMatchTextContent(/\d+ \/ 400 addresses connected/);
  await expect.poll(() => drawn().length, PATIENTLY).toBeGreaterThan(100);
  unregisterAgain();
});

test('a click on a pole of a vector layer selects it, before the tool is opened too', async () => {
  const { store } = await startQwc2({ plugins: [{ name: 'Lrt', cfg: { poleLayer: 'my-poles' } }] });
  const feature = {
    id: '77',
    layerId: 'my-poles',
    geometry: { type: 'Point', coordinates: [1133000, 6249000] },
    properties: { design: 'FTTH-North', name: 'Beech Road 4' },
  };
  store.update(({ map }) => ({ map: { ...map, click: { button: 0, features: [feature] } } }));
  await tool.click();
  await expect.element(dialog).toMatchTextContent('Beech Road 4');
  await expect.element(dialog.getByRole('button', { name: 'Create connections' })).toBeEnabled();

  const other = { ...feature, layerId: 'addresses', properties: { name: 'An address' } };
  store.update(({ map }) => ({ map: { ...map, click: { button: 0, features: [other] } } }));
  await expect.element(dialog).toMatchTextContent('Beech Road 4');

  const inMaster = { ...feature, properties: { name: 'Old pole' } };
  store.update(({ map }) => ({ map: { ...map, click: { button: 0, features: [inMaster] } } }));
  await expect.element(dialog).toMatchTextContent('This pole is not part of a design.');
});

test('what goes wrong with a feature is reported, and QWC2 and the tool go on', async () => {
  const describePole = () => {
    throw new Error('no such attribute');
  };
  const reported = vi.spyOn(window, 'reportError').mockImplementation(() => {});
  onTestFinished(() => reported.mockRestore());
  await startQwc2({ options: { describePole } });
  await tool.click();
  await pickPole('N-1001');
  await expect
    .poll(() => reported.mock.calls)
    .toEqual([[expect.objectContaining({ message: 'no such attribute' })]]);
  await expect.element(dialog).toMatchTextContent('Select a pole of a design on the map.');
});

test('an error of the plugin leaves QWC2 as it is, and the next opening tries again', async () => {
  const reported = vi.spyOn(window, 'reportError').mockImplementation(() => {});
  onTestFinished(() => reported.mockRestore());
  let broken = true;
  const { store } = await startQwc2({
    options: {
      theme() {
        if (broken) throw new Error('no theme');
        return {};
      },
    },
  });
  await expect.element(tool).toBeVisible();
  await expect.poll(() => reported.mock.calls.flat()).toContainEqual(new Error('no theme'));
  broken = false;
  await tool.click();
  await expect.element(dialog).toBeVisible();
  expect(store.getState().task.id).toBe('Lrt');
});

test.each([
  { language: 'de-CH', title: 'Kundenanschlüsse', create: 'Anschlüsse erstellen', dir: 'ltr' },
  { language: 'ar', title: 'توصيل المشتركين', dir: 'rtl' },
  { language: 'nl-NL', title: 'Customer connections', dir: 'ltr' },
])(
  'speaks QWC2 language $language, whose code no translation of ours has',
  async ({ language, title, dir }) => {
    const { complaints } = await startQwc2({ language });
    await expect.element(tool).toHaveTextContent(title);
    await tool.click();
    const named = page.getByRole('dialog', { name: title });
    await expect.element(named).toBeVisible();
    expect(named.element().closest('[dir]')?.getAttribute('dir')).toBe(dir);
    expect(complaints.mock.calls).toEqual([]);
  },
);

test("a site's own words go before ours", async () => {
  await startQwc2({ messages: { 'appmenu.items.Lrt': 'Fibre', 'lrt.create': 'Build it' } });
  await expect.element(tool).toHaveTextContent('Fibre');
  await tool.click();
  await expect.element(dialog.getByRole('button', { name: 'Build it' })).toBeVisible();
});

test.each(['default', 'dark'])('is accessible in the colour scheme %s', async (colorScheme) => {
  await startQwc2({ colorScheme });
  await tool.click();
  await pickPole('N-1001');
  await expect.element(dialog).toMatchTextContent('N-1001');
  await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
  const [red = 0] = getComputedStyle(dialog.element()).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
  expect(red < 128).toBe(colorScheme === 'dark');
  const { violations } = await axe.run(dialog.element(), { resultTypes: ['violations'] });
  expect(violations).toEqual([]);
});
