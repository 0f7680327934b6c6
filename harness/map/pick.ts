import type Feature from 'ol/Feature.js';

import type VectorSource from 'ol/source/Vector.js';

/** How near a click must be, in pixels. */
const TOLERANCE = 6;

/**
 * The feature at a place on the map, or undefined. Sources are given in order of preference: a pole under the pointer
 * is meant before the route it carries. Within a source the nearest is taken. Asks the sources' spatial index, so it
 * is cheap enough for every move of the pointer.
 */
export function pick(coordinate: number[], resolution: number, sources: VectorSource[]): Feature | undefined {
  const [x = 0, y = 0] = coordinate;
  const reach = TOLERANCE * resolution;
  const extent = [x - reach, y - reach, x + reach, y + reach];
  for (const source of sources) {
    let best: Feature | undefined;
    let bestDistance = reach;
    for (const feature of source.getFeaturesInExtent(extent)) {
      const distance = distanceTo(feature, x, y);
      if (distance <= bestDistance) {
        best = feature;
        bestDistance = distance;
      }
    }
    if (best) return best;
  }
  return undefined;
}

/** In map units; 0 inside a polygon. */
function distanceTo(feature: Feature, x: number, y: number): number {
  const geometry = feature.getGeometry();
  if (!geometry) return Number.POSITIVE_INFINITY;
  if (geometry.intersectsCoordinate([x, y])) return 0;
  const [nearX = 0, nearY = 0] = geometry.getClosestPoint([x, y]);
  return Math.hypot(nearX - x, nearY - y);
}
