import { Geodesic } from 'geographiclib-geodesic';
import { expect, test } from 'vitest';
import type { Position } from '../../../../src/contract/index.ts';
import { circleAround, metresBetween, placeFrom, wrapped } from '../../../../src/maps/base/geodesic.ts';

const PLACES: Position[] = [
  [0.12, 52.2],
  [179.9999, -16.5],
  [-70, 0],
  [25, 78.2],
  [10, -89],
];

test('a circle is as large on the ground as the server measures it, everywhere and beyond the antimeridian', () => {
  for (const centre of PLACES) {
    for (const radius of [1, 350, 100_000]) {
      for (const [longitude, latitude] of circleAround(centre, radius, 16)) {
        const { s12 = 0 } = Geodesic.WGS84.Inverse(centre[1], centre[0], latitude, longitude);
        expect(Math.abs(s12 - radius)).toBeLessThan(0.002);
        expect(Math.abs(metresBetween(centre, [longitude, latitude]) - radius)).toBeLessThan(0.002);
      }
    }
  }
});

test('longitudes of a circle over the antimeridian go on, so that it is one line', () => {
  const ring = circleAround([179.9999, -16.5], 5_000);
  expect(Math.max(...ring.map(([longitude]) => longitude))).toBeGreaterThan(180);
  expect(ring.at(-1)).toEqual(ring[0]);
});

test('no distance, and the far side of the globe', () => {
  expect(metresBetween([7, 50], [7, 50])).toBe(0);
  expect(metresBetween([0, 0], [180, 0])).toBeGreaterThan(19_900_000);
  expect(placeFrom([7, 50], 0, 0)[0]).toBeCloseTo(7, 12);
  expect(wrapped(540.5)).toBeCloseTo(-179.5, 9);
});
