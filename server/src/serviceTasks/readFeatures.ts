import { isGeometry } from '../../../backend/tasks/checkSaid.ts';
import { type GeoFeature, isRecord } from '../../../src/contract/index.ts';

/** More features of one output are not drawn. */
const MOST_FEATURES = 20_000;
const MAX_ID = 60;

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
    if (feature.type !== 'Feature' || !isGeometry(geometry)) continue;
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
  return [isGeometry(output) ? { type: 'Feature', geometry: output } : output];
}
