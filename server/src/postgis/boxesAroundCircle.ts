import type { BoundingBox, Position } from '../../../src/contract/index.ts';

/** Metres. A geodesic of the ellipsoid is nowhere shorter than 1 / 1.006 of the way on this sphere. */
const SPHERE_RADIUS = 6_371_000;
const SPHERE_MARGIN = 1.006;
/** Degrees, for rounding. */
const SLACK = 1e-9;

/**
 * Boxes that hold every point within so many metres of the centre along the ellipsoid, and some that are farther: one,
 * or two where they go over the antimeridian.
 */
export function boxesAroundCircle([longitude, latitude]: Position, radiusMetres: number): BoundingBox[] {
  const angle = (radiusMetres * SPHERE_MARGIN) / SPHERE_RADIUS;
  const reach = degrees(angle) + SLACK;
  const south = Math.max(-90, latitude - reach);
  const north = Math.min(90, latitude + reach);
  // With a pole in it, it lies on every meridian.
  if (south === -90 || north === 90) return [[-180, south, 180, north]];
  const aside = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(latitude))))) + SLACK;
  const centre = ((((longitude + 180) % 360) + 360) % 360) - 180;
  const west = centre - aside;
  const east = centre + aside;
  if (aside >= 180) return [[-180, south, 180, north]];
  const boxes: BoundingBox[] = [[Math.max(-180, west), south, Math.min(180, east), north]];
  if (west <= -180) boxes.push([west + 360, south, 180, north]);
  if (east >= 180) boxes.push([-180, south, east - 360, north]);
  return boxes;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}
