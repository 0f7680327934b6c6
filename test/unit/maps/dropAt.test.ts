// Tests which drop is under the pointer, and that it stands out until the pointer leaves it.
import { expect, test, vi } from 'vitest';
import { FreshDrops } from '../../../src/maps/base/FreshDrops.ts';
import { dropAt } from '../../../src/maps/base/pickTask.ts';
import { CENTRE, drops } from '../../support/network/drops.ts';

const features = new Map(drops(200, 1_000).map((feature) => [feature.id, feature]));
const tasks = [{ id: '7', features }];
const route = features.get('oh_route/1100');
if (route?.geometry.type !== 'LineString') throw new Error('no route');
const [from = CENTRE, to = CENTRE] = route.geometry.coordinates;
const outside: [number, number] = [from[0] + 0.95 * (to[0] - from[0]), from[1] + 0.95 * (to[1] - from[1])];

test('the nearest drop within a few pixels is under the pointer, in whichever world the map shows', () => {
  expect(dropAt(outside, 0.2, tasks)).toEqual({ taskId: '7', feature: route });
  expect(dropAt([outside[0] + 360, outside[1]], 0.2, tasks)?.feature).toBe(route);
  expect(dropAt([CENTRE[0] + 0.05, CENTRE[1]], 0.2, tasks)).toBeUndefined();
  // An address is no drop.
  expect(
    dropAt(to, 0.2, [{ id: '7', features: new Map([...features].filter(([id]) => id.startsWith('wall'))) }]),
  ).toBe(undefined);
});

test('it is drawn in full until the pointer leaves it, or its task is taken off the map', () => {
  const show = vi.fn();
  const fresh = new FreshDrops(show);
  const drop = { taskId: '7', feature: route, colour: '#c76a00' };
  fresh.hover(drop);
  fresh.hover({ ...drop });
  expect(show.mock.calls).toEqual([[[drop]]]);
  fresh.hover();
  expect(show).toHaveBeenLastCalledWith([]);
  fresh.hover(drop);
  fresh.remove('7');
  expect(show).toHaveBeenLastCalledWith([]);
  expect(show).toHaveBeenCalledTimes(4);
});
