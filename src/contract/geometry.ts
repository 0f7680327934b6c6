// Geometry as GeoJSON (RFC 7946): the parts of it that this project uses.

/** Longitude, latitude in degrees, WGS 84; an altitude is tolerated and ignored. */
export type Position = [longitude: number, latitude: number, ...rest: number[]];

export type Geometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Position[][] };

/** A GeoJSON feature. `id` is `table/number`, the URN of the record it shows ('pole/12'). */
export interface GeoFeature {
  type: 'Feature';
  id: string;
  geometry: Geometry;
  properties: { table: string; name?: string } & Record<string, unknown>;
}

/** West, south, east, north in degrees (RFC 7946, section 5). */
export type BoundingBox = [west: number, south: number, east: number, north: number];

/** Returns all positions in the coordinates of a geometry. A host may have more types than ours: any GeoJSON will do. */
export function positionsOf(coordinates: unknown): Position[] {
  if (!Array.isArray(coordinates)) return [];
  const [x, y] = coordinates;
  if (typeof x === 'number' && typeof y === 'number') return [[x, y]];
  return coordinates.flatMap(positionsOf);
}

/** Returns the bounds of geometries that do not cross the antimeridian, or undefined where there are none. */
export function boundsOf(geometries: Iterable<Geometry | null | undefined>): BoundingBox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    for (const [longitude, latitude] of positionsOf(geometry?.coordinates)) {
      west = Math.min(west, longitude);
      south = Math.min(south, latitude);
      east = Math.max(east, longitude);
      north = Math.max(north, latitude);
    }
  }
  return west <= east ? [west, south, east, north] : undefined;
}
