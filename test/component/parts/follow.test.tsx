// Tests "Follow": the map keeps in view what a task builds, and a user who moves the map by hand ends that.
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { BoundingBox, GeoFeature } from '../../../src/contract/index.ts';
import type { MapMove } from '../../../src/host/contract.ts';
import { settled } from '../../support/dialog/settled.ts';

afterEach(() => void vi.useRealTimers());

const at = (...places: [number, number][]): GeoFeature[] =>
  places.map((coordinates, index) => ({
    type: 'Feature',
    id: `wall_box/${index}`,
    geometry: { type: 'Point', coordinates },
    properties: { table: 'wall_box' },
  }));

async function follow({ canMove = true } = {}) {
  const system = createFakeSystem();
  system.add({ name: 'dig' }).run({ percent: 10 });
  const session = createTaskSession({ app: { system: system.client }, taskName: 'dig', pluginId: 'dig' });
  onTestFinished(() => session.dispose());
  let view: BoundingBox = [0, 0, 10, 10];
  const listeners = new Set<(move: MapMove) => void>();
  const map = {
    getBounds: () => view,
    fitBounds: vi.fn((bounds: BoundingBox) => {
      view = bounds;
    }),
    ...(canMove && {
      onMove(listener: (move: MapMove) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    }),
  };
  const { unmount } = render(
    <MessagesProvider app={{}} group="DIG" language="en">
      <TaskPanel session={session} setup={<p>ready</p>} map={map} />
    </MessagesProvider>,
  );
  await session.restore();
  await screen.findByRole('progressbar');
  await settled();
  if (canMove) await screen.findByRole('button', { name: 'Follow' });
  const moved = (move: MapMove) =>
    act(() => {
      for (const listener of [...listeners]) listener(move);
    });
  return {
    system,
    map,
    moved,
    listeners,
    unmount,
    button: () => screen.queryByRole('button', { name: 'Follow' }),
  };
}

test('keeps the growth in view: it zooms out and never in, once a second at most', async () => {
  const { system, map, button } = await follow();
  vi.useFakeTimers({ shouldAdvanceTime: false });
  system.task.features(at([5, 5]));
  const toggle = button();
  if (!toggle) throw new Error('There is no button to follow');
  expect(toggle.getAttribute('aria-pressed')).toBe('false');
  act(() => toggle.click());
  expect(toggle.getAttribute('aria-pressed')).toBe('true');
  // All is in view.
  act(() => void vi.advanceTimersByTime(3_000));
  expect(map.fitBounds).not.toHaveBeenCalled();
  for (const x of [12, 13, 14]) system.task.features(at([x, 5]));
  act(() => void vi.advanceTimersByTime(1_000));
  expect(map.fitBounds.mock.calls).toEqual([[[0, 0, 14, 10]]]);
  act(() => void vi.advanceTimersByTime(3_000));
  expect(map.fitBounds).toHaveBeenCalledTimes(1);
});

test('ends when the user moves the map by hand, and not when a plugin moves it', async () => {
  const { system, map, moved, button } = await follow();
  await userEvent.click(button() ?? document.body);
  moved({ byUser: false, moving: false });
  expect(button()?.getAttribute('aria-pressed')).toBe('true');
  moved({ byUser: true, moving: true });
  expect(button()?.getAttribute('aria-pressed')).toBe('false');
  vi.useFakeTimers({ shouldAdvanceTime: false });
  system.task.features(at([50, 50]));
  act(() => void vi.advanceTimersByTime(3_000));
  expect(map.fitBounds).not.toHaveBeenCalled();
});

test('there is no button where the map cannot report its moves; nothing listens after the dialog is gone', async () => {
  const without = await follow({ canMove: false });
  expect(without.button()).toBeNull();
  without.unmount();
  const { listeners, unmount, button } = await follow();
  await userEvent.click(button() ?? document.body);
  expect(listeners.size).toBe(1);
  unmount();
  expect(listeners.size).toBe(0);
});
