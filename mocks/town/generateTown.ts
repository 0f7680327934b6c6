import type { TownData } from '../../backend/network/TownData.ts';
import { type PlanPoint, toLonLat } from './plane.ts';
import { planTown } from './planTown.ts';

export interface TownOptions {
  /** Same seed, same town. An integer; default 1. */
  seed?: number;
  /** The exact number of addresses: 1 to 50,000; default 4,000. The town is as large as they need. */
  addresses?: number;
  /** Longitude, latitude of the town's centre; default in the hills of southern Germany. */
  centre?: [longitude: number, latitude: number];
}

/**
 * Makes up a small European town: streets with names, numbered addresses on both sides of them, utility poles, and
 * four designs with planned poles. No two addresses are nearer than 7 m; streets carry `major` (1 for through roads).
 *
 * @example
 * const backend = await createMockBackend({ town: generateTown({ addresses: 500, seed: 7 }) });
 */
export function generateTown(options: TownOptions = {}): TownData {
  const { seed = 1, addresses = 4_000, centre = [10.183, 48.847] } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`generateTown({ seed }): must be an integer, not ${seed}`);
  }
  if (!Number.isInteger(addresses) || addresses < 1 || addresses > 50_000) {
    throw new RangeError(
      `generateTown({ addresses }): must be an integer from 1 to 50,000, not ${addresses}`,
    );
  }
  if (!(Math.abs(centre[0]) <= 179.5 && Math.abs(centre[1]) <= 80)) {
    throw new RangeError(
      `generateTown({ centre }): must be [longitude, latitude] in degrees, at most 179.5 and 80, not [${centre}]`,
    );
  }
  const plan = planTown(seed, addresses);
  const place = (point: PlanPoint) => toLonLat(centre, point);
  const point = <P>(at: PlanPoint, properties: P) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: place(at) },
    properties,
  });
  return {
    addresses: {
      type: 'FeatureCollection',
      features: plan.addresses.map(({ at, ...properties }) => point(at, properties)),
    },
    poles: {
      type: 'FeatureCollection',
      features: plan.poles.map(({ at, name }) => point(at, { name })),
    },
    streets: {
      type: 'FeatureCollection',
      features: plan.streets.map(({ name, major, line }) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: line.map(place) },
        properties: { name, major: major ? 1 : 0 },
      })),
    },
    designs: plan.designs.map(({ name, ring }) => ({
      name,
      geometry: { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)].map(place)] },
    })),
    designPoles: {
      type: 'FeatureCollection',
      features: plan.designs.flatMap((design) =>
        design.poles.map(({ at, name }) => point(at, { name, design: design.name })),
      ),
    },
  };
}
