import { type BoundingBox, boundsOf } from '../../src/contract/index.ts';
import type { HostFeature } from '../../src/host/contract.ts';

/** True where all of a feature is seen, and where it has no place: to select it, the map need not move. */
export function isInView({ geometry }: HostFeature, view: BoundingBox): boolean {
  const bounds = boundsOf([geometry]);
  if (!bounds) return true;
  const [west, south, east, north] = view;
  return bounds[0] >= west && bounds[1] >= south && bounds[2] <= east && bounds[3] <= north;
}
