// Tests how users of the stand-in host open the menu of a place on its map: by mouse, finger and keyboard.
import { createEvent, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { MapMenu } from '../../harness/map/MapMenu.tsx';
import { harnessMsg } from '../../harness/messages/messages.ts';
import type { Position } from '../../src/contract/index.ts';

const MIDDLE: Position = [8, 47];

function openMap() {
  const onTasksHere = vi.fn();
  const placeAt = vi.fn(
    (point?: { clientX: number; clientY: number }): Position =>
      point ? [point.clientX, point.clientY] : MIDDLE,
  );
  render(
    <MapMenu map={{ placeAt }} msg={harnessMsg('en')} onTasksHere={onTasksHere}>
      <div data-testid="map" />
    </MapMenu>,
  );
  const map = screen.getByTestId('map');
  const pointer = (type: 'pointerDown' | 'pointerMove' | 'pointerUp', given: object = {}) => {
    const event = createEvent[type](map);
    // The page of this test has no events of pointers.
    const known = { pointerType: 'touch', isPrimary: true, clientX: 30, clientY: 40, ...given };
    for (const [name, value] of Object.entries(known)) Object.defineProperty(event, name, { value });
    fireEvent(map, event);
  };
  const choose = async () => {
    await userEvent.setup().click(await screen.findByRole('menuitem', { name: 'Tasks here' }));
  };
  return { map, onTasksHere, pointer, choose };
}

test('a right click opens it at its place', async () => {
  const { map, onTasksHere, choose } = openMap();
  fireEvent.contextMenu(map, { clientX: 120, clientY: 80 });
  await choose();
  expect(onTasksHere.mock.calls).toEqual([[[120, 80]]]);
});

test('a finger that rests opens it; one that drags, lifts early or is joined by another does not', async () => {
  const { onTasksHere, pointer, choose } = openMap();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    pointer('pointerDown');
    pointer('pointerMove', { clientX: 60 });
    vi.advanceTimersByTime(1_000);
    pointer('pointerDown');
    pointer('pointerUp');
    vi.advanceTimersByTime(1_000);
    pointer('pointerDown');
    pointer('pointerDown', { isPrimary: false });
    vi.advanceTimersByTime(1_000);
    pointer('pointerDown', { pointerType: 'mouse' });
    vi.advanceTimersByTime(1_000);
    expect(screen.queryByRole('menuitem')).toBeNull();
    pointer('pointerDown');
    pointer('pointerMove', { clientX: 32 });
    vi.advanceTimersByTime(1_000);
  } finally {
    vi.useRealTimers();
  }
  await choose();
  expect(onTasksHere.mock.calls).toEqual([[[30, 40]]]);
});

test("the keyboard's menu key means the middle of the map", async () => {
  const { map, onTasksHere, choose } = openMap();
  const event = createEvent.contextMenu(map, { clientX: 1, clientY: 1 });
  Object.defineProperty(event, 'pointerType', { value: '' });
  fireEvent(map, event);
  await waitFor(() => screen.getByRole('menuitem'));
  await choose();
  expect(onTasksHere.mock.calls).toEqual([[MIDDLE]]);
});
