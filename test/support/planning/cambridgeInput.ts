import { existsSync, readFileSync } from 'node:fs';
import type { PlanInput } from '../../../backend/planning/PlanInput.ts';
import type { Position } from '../../../src/contract/index.ts';
import { isRecord } from '../../../src/contract/index.ts';
import { geodesic, isPosition } from './verify/space.ts';

const FOLDER = new URL('../../../../shared/data/cambridge/', import.meta.url);
/** The middle of the city. */
const MIDDLE: Position = [-71.1097, 42.3736];

/** False where the data are not beside the project: nothing in it may need them to run. */
export const hasCambridge = existsSync(FOLDER);

/** The addresses of Cambridge that are nearest to its middle, with all its poles and streets. */
export function cambridgeInput(count = Number.POSITIVE_INFINITY): PlanInput {
  const points = (layer: string, table: string) =>
    coordinatesOf(layer).map((position, i) => {
      if (!isPosition(position)) throw new TypeError(`${layer}: feature ${i} is no point`);
      return { id: `${table}/${i + 1}`, position };
    });
  const away = new Map(
    points('addresses', 'address').map((address) => [address, geodesic(MIDDLE, address.position)]),
  );
  const nearest = [...away.keys()].sort((a, b) => (away.get(a) ?? 0) - (away.get(b) ?? 0)).slice(0, count);
  return {
    addresses: nearest,
    poles: points('poles', 'pole'),
    streets: coordinatesOf('streets').map((coordinates, i) => ({
      id: `street/${i + 1}`,
      coordinates: linesOf(coordinates),
    })),
    feed: MIDDLE,
  };
}

/** Gives the lines of a LineString or of a MultiLineString. */
function linesOf(coordinates: unknown): Position[][] {
  if (!Array.isArray(coordinates)) return [];
  const list: unknown[] = coordinates;
  return isPosition(list[0]) ? [list.filter(isPosition)] : list.flatMap(linesOf);
}

function coordinatesOf(layer: string): unknown[] {
  const file: unknown = JSON.parse(readFileSync(new URL(`${layer}.geojson`, FOLDER), 'utf8'));
  if (!isRecord(file) || !Array.isArray(file.features)) throw new TypeError(`${layer} has no features`);
  const features: unknown[] = file.features;
  return features.map((feature) =>
    isRecord(feature) && isRecord(feature.geometry) ? feature.geometry.coordinates : undefined,
  );
}
