/** Finds the features in a task's result, for tasks that give back what they found or built. */
import { type GeoFeature, isRecord, type TaskSnapshot } from '../../contract/index.ts';
import type { RunFeatures } from './runPageProps.ts';

const GEOMETRIES: ReadonlySet<unknown> = new Set(['Point', 'LineString', 'Polygon']);

/**
 * The features of a result that is a GeoJSON FeatureCollection, or has a list of features as its field `features`. Undefined
 * where it has none. Entries that are no features are left out.
 *
 * @example
 * featuresInResult({ result: { type: 'FeatureCollection', features } });
 */
export function featuresInResult({ result }: Pick<TaskSnapshot, 'result'>): RunFeatures | undefined {
  const given = isRecord(result) ? result.features : undefined;
  if (!Array.isArray(given)) return undefined;
  const features = given.filter(isFeature);
  return { features, isComplete: features.length === given.length };
}

function isFeature(value: unknown): value is GeoFeature {
  if (!isRecord(value) || typeof value.id !== 'string' || !isRecord(value.properties)) return false;
  const { geometry, properties } = value;
  return (
    typeof properties.table === 'string' &&
    isRecord(geometry) &&
    GEOMETRIES.has(geometry.type) &&
    Array.isArray(geometry.coordinates)
  );
}
