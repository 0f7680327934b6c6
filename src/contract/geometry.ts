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
