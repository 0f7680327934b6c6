// Tests the plugin on older versions of the real platform, which have other members, or lack some.
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { bindMyWorld } from '../../../src/hosts/myworld/bindMyWorld.tsx';
import { settled } from '../../support/dialog/settled.ts';
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
  act(() => host.start({ plugins: { lrtPlugin: LrtPlugin }, toolbar: ['lrtPlugin.dialog'] }));
  act(() => host.app.setCurrentFeature(POLE));
  return host;
}

/** Opens the dialog with the button of the toolbar. */
async function open(name = 'Customer connections') {
  await userEvent.click(await screen.findByRole('button', { name }));
  return screen.findByRole('dialog', { name });
}

test('an older platform has all on `myw`; its language is that of myw.localisation', async () => {
  start({ localisation: { language: 'de_DE' }, system: createFakeSystem().client });
  const dialog = await open('Kundenanschlüsse');
  await within(dialog).findByText('Ausgangsmast');
  expect(dialog.querySelector('[lang]')?.getAttribute('lang')).toBe('de-DE');
});

test('where the host cannot take a listener off, nothing piles up', async () => {
  const host = start({ app: { off: undefined }, system: createFakeSystem().client });
  for (const _ of [1, 2, 3]) {
    await userEvent.click(await within(await open()).findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }
  expect(host.app.listening).toBe(2);
  act(() => host.app.setCurrentFeature(null));
  const dialog = await open();
  await expect.poll(() => dialog.textContent).toContain('Select a pole');
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
  const dialog = within(await open());
  await userEvent.click(await dialog.findByRole('button', { name: 'Create connections' }));
  await expect.poll(() => system.openStreams).toBe(1);
  act(() => system.task.succeed({ connections: 5, bbox: [0.1, 52.1, 0.2, 52.2] }));
  const zoom = await dialog.findByRole('button', { name: 'Zoom to result' });
  await settled();
  await userEvent.click(zoom);
  const bounds = { southWest: { lat: 52.1, lng: 0.1 }, northEast: { lat: 52.2, lng: 0.2 } };
  expect(fitBounds.mock.calls).toEqual([[bounds]]);
});
