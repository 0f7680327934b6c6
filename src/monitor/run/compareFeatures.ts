/** Compares what two runs built: the features that only one of them has, and those that both have. */
import type { GeoFeature } from '../../contract/index.ts';
import type { RunComparison } from '../../host/contract.ts';

/** Coordinates that differ by less than this many degrees, some 10 cm, are the same place. */
const PLACE = 1e-6;

/**
 * Compares two lists of features. Two features are the same where they are the same record, or of the same table at the same
 * place: two runs give the records that they make ids of their own. Each feature counts once, so that of three cables at one
 * place in A and two in B, two are in both. The time grows with the number of features, and not with its square.
 *
 * @example
 * const { onlyA, onlyB, both } = compareFeatures(featuresOfA, featuresOfB);
 */
export function compareFeatures(a: readonly GeoFeature[], b: readonly GeoFeature[]): RunComparison {
  const ofA = newestOf(a);
  const restB = newestOf(b);
  const both: GeoFeature[] = [];
  const restA: GeoFeature[] = [];
  for (const feature of ofA.values()) {
    if (restB.delete(feature.id)) both.push(feature);
    else restA.push(feature);
  }
  const atPlace = new Map<string, GeoFeature[]>();
  for (const feature of restB.values()) {
    const key = placeOf(feature);
    const others = atPlace.get(key);
    if (others) others.push(feature);
    else atPlace.set(key, [feature]);
  }
  const onlyA: GeoFeature[] = [];
  for (const feature of restA) {
    const twin = atPlace.get(placeOf(feature))?.pop();
    if (!twin) onlyA.push(feature);
    else {
      both.push(feature);
      restB.delete(twin.id);
    }
  }
  return { onlyA, onlyB: [...restB.values()], both };
}

/** A feature that was sent again replaces the one before. */
function newestOf(features: readonly GeoFeature[]): Map<string, GeoFeature> {
  return new Map(features.map((feature) => [feature.id, feature]));
}

function placeOf({ geometry, properties }: GeoFeature): string {
  return `${properties.table} ${geometry.type} ${roundedOf(geometry.coordinates)}`;
}

/** A server may send any kind of geometry, as deep as it likes. */
function roundedOf(coordinates: unknown): string {
  if (!Array.isArray(coordinates)) return '';
  const [x, y]: unknown[] = coordinates;
  // An altitude says nothing about the place on a map.
  if (typeof x === 'number' && typeof y === 'number')
    return `${Math.round(x / PLACE)},${Math.round(y / PLACE)}`;
  return coordinates.map(roundedOf).join(';');
}
