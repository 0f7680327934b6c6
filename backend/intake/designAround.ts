import type { BoundingBox, Position } from '../../src/contract/index.ts';
import { normalLongitude } from '../network/coordinates.ts';
import type { TownDesign, TownDesignPole } from '../network/townTypes.ts';
import type { Extent } from './Extent.ts';

/** In degrees, some 50 m. */
const MARGIN = 0.0005;

/** One design round everything that was found, and one pole of it in the midst, so that planning can begin at once. */
export function designAround(
  extent: Extent,
  name: string,
): { design: TownDesign; pole: TownDesignPole } | undefined {
  const { box, middle } = extent;
  if (!box || !middle) return undefined;
  const [longitude, latitude] = middle;
  return {
    design: { name, geometry: { type: 'Polygon', coordinates: [ringAround(box)] } },
    pole: {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [normalLongitude(longitude), latitude] },
      properties: { name: 'POLE-1000', design: name },
    },
  };
}

/** A ring over the antimeridian goes on beyond 180 degrees: it is one ring all the same. */
function ringAround([west, south, east, north]: BoundingBox): Position[] {
  const [left, right] = [west - MARGIN, east + MARGIN];
  const [bottom, top] = [Math.max(south - MARGIN, -90), Math.min(north + MARGIN, 90)];
  return [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
    [left, bottom],
  ];
}
