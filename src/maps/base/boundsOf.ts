import type { BoundingBox, Geometry, Position } from '../../contract/index.ts';

/** West, south, east, north of all features, or undefined where there are none. */
export function boundsOf(features: Iterable<{ geometry: Geometry }>): BoundingBox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    for (const [longitude, latitude] of positionsOf(geometry)) {
      west = Math.min(west, longitude);
      south = Math.min(south, latitude);
      east = Math.max(east, longitude);
      north = Math.max(north, latitude);
    }
  }
  return west <= east ? [west, south, east, north] : undefined;
}

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  return geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat();
}
