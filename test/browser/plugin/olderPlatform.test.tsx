import { expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { bindMyWorld } from '../../../src/hosts/myworld/bindMyWorld.tsx';
import { createMinimalHost, type MinimalHostOptions } from '../../support/host/minimalHost.tsx';
import { POLE } from '../../support/host/mountPlugin.ts';

function start(options: MinimalHostOptions, more: Record<string, unknown> = {}) {
  const host = createMinimalHost(options);
  const { renderReactNode, useLocale, DraggableModal } = host;
  // All on the default export, nothing by name.
  const myw = { ...host.myw, ...more, react: { renderReactNode, useLocale, DraggableModal } };
  const { LrtPlugin } = bindMyWorld({ client: { default: myw }, react: {} });
  onTestFinished(() => {
    host.dispose();
    localStorage.clear();
  });
  host.start({ plugins: { lrtPlugin: LrtPlugin }, toolbar: ['lrtPlugin.dialog'] });
  host.app.setCurrentFeature(POLE);
  return host;
}

test('an older platform has all on `myw`; its language is that of myw.localisation', async () => {
  start({ localisation: { language: 'de_DE' }, system: createFakeSystem().client });
  await page.getByRole('button', { name: 'Kundenanschlüsse' }).click();
  const dialog = page.getByRole('dialog', { name: 'Kundenanschlüsse' });
  await expect.element(dialog.getByText('Ausgangsmast')).toBeVisible();
  expect(dialog.element().querySelector('[lang]')?.getAttribute('lang')).toBe('de-DE');
});

test('where the host cannot take a listener off, nothing piles up', async () => {
  const host = start({ app: { off: undefined }, system: createFakeSystem().client });
  for (const _ of [1, 2, 3]) {
    await page.getByRole('button', { name: 'Customer connections' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  }
  expect(host.app.listening).toBe(2);
  host.app.setCurrentFeature(null);
  await page.getByRole('button', { name: 'Customer connections' }).click();
  await expect.element(page.getByRole('dialog')).toMatchTextContent('Select a pole');
});

test('zooms with the bounds of the platform, which may throw', async () => {
  const fitBounds = vi.fn();
  const system = createFakeSystem({ minimal: true });
  start(
    { app: { map: { fitBounds } }, system: system.client },
    {
      latLng: (lat: number, lng: number) => ({ lat, lng }),
      latLngBounds: (southWest: object, northEast: object) => ({ southWest, northEast }),
    },
  );
  await page.getByRole('button', { name: 'Customer connections' }).click();
  const dialog = page.getByRole('dialog', { name: 'Customer connections' });
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  await expect.poll(() => system.openStreams).toBe(1);
  system.task.succeed({ connections: 5, bbox: [0.1, 52.1, 0.2, 52.2] });
  await dialog.getByRole('button', { name: 'Zoom to result' }).click();
  const bounds = { southWest: { lat: 52.1, lng: 0.1 }, northEast: { lat: 52.2, lng: 0.2 } };
  expect(fitBounds.mock.calls).toEqual([[bounds]]);
});
