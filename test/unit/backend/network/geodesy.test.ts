import { expect, it } from 'vitest';
import { geodesicDistance, geodesicLength } from '../../../../backend/network/geodesy.ts';

it('measures on the WGS 84 ellipsoid', () => {
  // A degree of the meridian at the equator and at the pole, and the quarter of a meridian.
  expect(geodesicDistance([0, 0], [0, 1])).toBeCloseTo(110_574.389, 2);
  expect(geodesicDistance([0, 89], [0, 90])).toBeCloseTo(111_693.865, 2);
  expect(geodesicDistance([30, 0], [30, 90])).toBeCloseTo(10_001_965.729, 2);
  expect(geodesicDistance([179.9999, 0], [-179.9999, 0])).toBeCloseTo(22.264, 3);
  expect(geodesicDistance([5, 5], [5, 5])).toBe(0);
});

it('adds up the parts of a line', () => {
  expect(
    geodesicLength([
      [0, 0],
      [0, 1],
      [0, 0.5],
    ]),
  ).toBeCloseTo(110_574.389 * 1.5, 0);
  expect(geodesicLength([[3, 4]])).toBe(0);
  expect(geodesicLength([])).toBe(0);
});
