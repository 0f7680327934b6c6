import { type GeoFeature, type Geometry, isRecord } from '../../../src/contract/index.ts';

/** More features of one output are not drawn. */
const MOST_FEATURES = 20_000;
const MAX_ID = 60;
/** Lists within lists that hold the coordinates of each type that maps draw. */
const DEPTHS: Readonly<Record<string, number>> = { Point: 1, LineString: 2, Polygon: 3 };

/**
 * The features of a service's output that is GeoJSON: a feature, a collection, or a geometry. Features that no map draws are left
 * out, and the others get what a feature of a task must have: an id, and the name of a table, which is `table`.
 */
export function readFeatures(output: unknown, table: string): GeoFeature[] {
  if (!isRecord(output)) return [];
  const features: GeoFeature[] = [];
  for (const [index, value] of listOf(output).slice(0, MOST_FEATURES).entries()) {
    const feature = isRecord(value) ? value : {};
    const { id, geometry } = feature;
    if (feature.type !== 'Feature' || !isDrawn(geometry)) continue;
    const properties = isRecord(feature.properties) ? feature.properties : {};
    const { name, ...others } = properties;
    const number = typeof id === 'string' || typeof id === 'number' ? `${id}`.slice(0, MAX_ID) : index + 1;
    features.push({
      type: 'Feature',
      id: `${table}/${number}`,
      geometry,
      properties: { ...others, table, ...(typeof name === 'string' && { name }) },
    });
  }
  return features;
}

function listOf(output: Record<string, unknown>): unknown[] {
  if (output.type === 'FeatureCollection') return Array.isArray(output.features) ? output.features : [];
  return [isDrawn(output) ? { type: 'Feature', geometry: output } : output];
}

function isDrawn(value: unknown): value is Geometry {
  const depth = isRecord(value) && typeof value.type === 'string' ? DEPTHS[value.type] : undefined;
  return depth !== undefined && isRecord(value) && areCoordinates(value.coordinates, depth);
}

function areCoordinates(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  return depth === 1
    ? value.length >= 2 && value.every((number) => Number.isFinite(number))
    : value.every((part) => areCoordinates(part, depth - 1));
}
