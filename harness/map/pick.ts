import type Feature from 'ol/Feature.js';
import type VectorSource from 'ol/source/Vector.js';

/** A click may miss by so many pixels. A finger is less exact than a mouse or a pen. */
const TOLERANCE = { finger: 14, pointer: 6 };

/**
 * Returns the features at a place on the map, the one that a user most likely means first. The caller gives the sources in order of
 * preference: a user who clicks on a pole means the pole and not the route that it carries. Within a source the nearest feature is
 * first. The function asks the sources' spatial index, so the map can call it for every move of the pointer.
 */
export function pickAll(
  coordinate: number[],
  resolution: number,
  sources: VectorSource[],
  by: keyof typeof TOLERANCE,
): Feature[] {
  const [x = 0, y = 0] = coordinate;
  const reach = TOLERANCE[by] * resolution;
  const extent = [x - reach, y - reach, x + reach, y + reach];
  return sources.flatMap((source) =>
    source
      .getFeaturesInExtent(extent)
      .map((feature) => ({ feature, distance: distanceTo(feature, x, y) }))
      .filter(({ distance }) => distance <= reach)
      .sort((one, other) => one.distance - other.distance)
      .map(({ feature }) => feature),
  );
}

/** Returns the distance in map units; 0 inside a polygon. */
function distanceTo(feature: Feature, x: number, y: number): number {
  const geometry = feature.getGeometry();
  if (!geometry) return Number.POSITIVE_INFINITY;
  if (geometry.intersectsCoordinate([x, y])) return 0;
  const [nearX = 0, nearY = 0] = geometry.getClosestPoint([x, y]);
  return Math.hypot(nearX - x, nearY - y);
}
