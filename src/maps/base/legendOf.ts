// Says what of the tasks is in view, for a legend beside a map.
import { type BoundingBox, type GeoFeature, type Position, positionsOf } from '../../contract/index.ts';

/** The tasks and marks that a map shows of a part of the world. */
export interface OverlayLegend {
  /** The running tasks, in the order in which they began, and what previews show. */
  tasks: readonly { id: string; colour: string; dotted: boolean; isPreview: boolean }[];
  failed: boolean;
  chosen: boolean;
}

/** Returns true where a position of some feature lies in the bounds, which may be of another world. */
export function anyIn(features: Iterable<GeoFeature>, bounds: BoundingBox): boolean {
  for (const { geometry } of features) {
    if (positionsOf(geometry.coordinates).some((position) => isIn(position, bounds))) return true;
  }
  return false;
}

/** Returns true where a position lies in the bounds, which may be of another world. */
export function isIn([longitude, latitude]: Position, [west, south, east, north]: BoundingBox): boolean {
  const turns = Math.ceil((west - longitude) / 360);
  return latitude >= south && latitude <= north && longitude + 360 * turns <= east;
}
