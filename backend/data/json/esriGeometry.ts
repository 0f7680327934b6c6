import { isRecord } from '../../common/json.ts';
import { ringsToPolygons } from '../geometry/ringsToPolygons.ts';
import type { RawGeometry } from '../layers/LayerSource.ts';

/** The geometry of Esri's JSON. */
export function esriGeometry(input: unknown): RawGeometry | null {
  if (!isRecord(input)) return null;
  const { x, y, z, points, paths, rings } = input;
  if (x !== undefined && y !== undefined) {
    // An empty point has 'NaN' as a text.
    if (typeof x !== 'number' || typeof y !== 'number') return null;
    return { type: 'Point', coordinates: typeof z === 'number' ? [x, y, z] : [x, y] };
  }
  if (Array.isArray(points)) return { type: 'MultiPoint', coordinates: points };
  if (Array.isArray(paths)) return { type: 'MultiLineString', coordinates: paths };
  if (Array.isArray(rings)) return { type: 'MultiPolygon', coordinates: ringsToPolygons(rings.map(numbers)) };
  return { type: 'nothing that is known' };
}

function numbers(ring: unknown): number[][] {
  if (!Array.isArray(ring)) return [];
  return ring.map((place: unknown) =>
    Array.isArray(place) ? place.filter((value) => typeof value === 'number') : [],
  );
}
