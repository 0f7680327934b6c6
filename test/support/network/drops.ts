import type { GeoFeature, Position } from '../../../src/contract/index.ts';

/** Around here the features of these tests lie. */
export const CENTRE: Position = [8.54, 47.37];

/** Pairs of a route from the centre and a wall box at its end, on a spiral. `from`: the number of the first. */
export function drops(count: number, from = 1): GeoFeature[] {
  return Array.from({ length: count }, (_, index): GeoFeature[] => {
    const id = from + index;
    const end: Position = [
      CENTRE[0] + Math.cos(id) * 0.000002 * id,
      CENTRE[1] + Math.sin(id) * 0.0000014 * id,
    ];
    return [
      {
        type: 'Feature',
        id: `oh_route/${id}`,
        geometry: { type: 'LineString', coordinates: [CENTRE, end] },
        properties: { table: 'oh_route' },
      },
      {
        type: 'Feature',
        id: `wall_box/${id}`,
        geometry: { type: 'Point', coordinates: end },
        properties: { table: 'wall_box' },
      },
    ];
  }).flat();
}
