import type { Position } from '../../../src/contract/index.ts';
import { geodesicDistance } from '../../network/geodesy.ts';

/** The plane is out by less than this share, 100 km from its middle. */
const PLANE_ERROR = 1e-4;

/** Says whether two positions are within the limit on the ellipsoid, given how far apart they are on the plane. */
export function isWithin(planeMetres: number, limit: number, a: Position, b: Position): boolean {
  const doubt = limit * PLANE_ERROR + 1e-3;
  if (planeMetres < limit - doubt) return true;
  return planeMetres <= limit + doubt && geodesicDistance(a, b) <= limit;
}

/** All that is within the limit on the ellipsoid is within this radius on the plane. */
export function searchRadius(limit: number): number {
  return limit * (1 + PLANE_ERROR) + 1e-3;
}
