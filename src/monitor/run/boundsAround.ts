/** The part of the map to show for items or features. */
import { type BoundingBox, boundsOf, type Geometry } from '../../contract/index.ts';

/** Around a point, in degrees: some 50 metres, so that the map shows what is near. */
const MARGIN = 0.0005;

/** The box of geometries with a margin; undefined where none has a position. */
export function boundsAround(geometries: Iterable<Geometry | null | undefined>): BoundingBox | undefined {
  const box = boundsOf(geometries);
  if (!box) return undefined;
  const [west, south, east, north] = box;
  return [west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN];
}
