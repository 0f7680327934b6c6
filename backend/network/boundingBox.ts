import { type BoundingBox, boundsOf, type Geometry } from '../../src/contract/index.ts';

/** West may be east of east: the box then crosses the antimeridian (RFC 7946, section 5.2). */
export function isBoundingBox([west, south, east, north]: BoundingBox): boolean {
  return [west, east].every((x) => Math.abs(x) <= 180) && south >= -90 && north <= 90 && south <= north;
}

/** Says whether the bounds of the geometry and the box have a point in common. */
export function intersects(geometry: Geometry, [west, south, east, north]: BoundingBox): boolean {
  // Most records are points, of which there may be a million.
  const [x, y] = geometry.type === 'Point' ? geometry.coordinates : [];
  const bounds = x !== undefined && y !== undefined ? ([x, y, x, y] as const) : boundsOf([geometry]);
  if (!bounds) return false;
  const [minX, minY, maxX, maxY] = bounds;
  if (maxY < south || minY > north) return false;
  return west <= east ? maxX >= west && minX <= east : maxX >= west || minX <= east;
}
