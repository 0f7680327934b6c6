import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { createMinimalHost } from '../../support/host/minimalHost.tsx';
import { POLE } from '../../support/host/mountPlugin.ts';

const dialog = () => page.getByRole('dialog', { name: 'Connect the neighbourhood' });

const loadModuleLocale = vi.fn();
const system = createFakeSystem({ minimal: true });
// One for all tests: the browser keeps the modules that it has imported.
const host = createMinimalHost({
  system: system.client,
  messages: { LRT: { title: 'Connect the neighbourhood' } },
  localisation: { loadModuleLocale },
});
const toolbar: { buttons: string[] }[] = [{ buttons: [] }, { buttons: [] }];
const palette: [() => void, { toolButtons: string[] }] = [() => {}, { toolButtons: [] }];
const plugins: Record<string, unknown> = { palette };
const applicationDefinition = { plugins, layouts: { desktop: { controls: { toolbar } } } };
vi.doMock('myWorld-client', () => ({
  ...host.modules.client,
  default: { ...host.myw, applicationDefinition },
}));
vi.doMock('myWorld-client/react', () => host.modules.react);

function start(buttons: string[] = []): void {
  host.start({ plugins: { lrtPlugin: plugins.lrtPlugin }, toolbar: buttons });
  host.app.setCurrentFeature(POLE);
}

afterEach(() => {
  for (const plugin of Object.values(host.app.plugins)) {
    Reflect.apply(Reflect.get(plugin, 'remove'), plugin, []);
  }
  localStorage.clear();
});
afterAll(() => host.dispose());

test('registered by its two lines, with a word of the host', async () => {
  await import('../../docs/myworldMain.js');
  expect(loadModuleLocale).toHaveBeenCalledWith('my_module');
  start(toolbar[1]?.buttons);
  await page.getByRole('button', { name: 'Connect the neighbourhood' }).click();
  await dialog().getByRole('button', { name: 'Create connections' }).click();
  await expect
    .poll(() => system.task.snapshot)
    .toMatchObject({
      name: 'customer_connection_task',
      params: { design: 'design/Mill Road', pole_id: 12, count: 2000 },
    });
});

test('registered with options, in the palette', async () => {
  await import('../../docs/myworldOptions.js');
  expect(palette[1].toolButtons).toEqual(['lrtPlugin.dialog']);
  start();
  host.pressInPalette('lrtPlugin', 'dialog');
  await dialog().getByRole('button', { name: 'Create connections' }).click();
  await expect
    .poll(() => system.task.snapshot)
    .toMatchObject({ name: 'connect_customers', params: { count: 500 } });
});

test('the modal in a plugin of one’s own', async () => {
  const { MyPlugin } = await import('../../docs/myworldModal.js');
  const plugin = Reflect.construct(MyPlugin, [host.app]);
  host.app.setCurrentFeature(POLE);
  plugin.showModal();
  await dialog().getByRole('button', { name: 'Close' }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  plugin.showModal();
  await expect.element(dialog()).toBeVisible();
});
