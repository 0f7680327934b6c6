import type { Position } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';

interface CoordinateProblem {
  wrong: string;
  fix: string;
}

interface PositionProblem extends CoordinateProblem {
  code: 'not-degrees' | 'latitude-too-large' | 'not-on-earth';
}

/** Beyond this no mistake with degrees is left to suspect: the numbers are metres or feet of a projection. */
const SURELY_PROJECTED = 360;

const SWAP_FIX = 'GeoJSON wants longitude first, then latitude: swap the two';
const REPROJECT_FIX = 'reproject to EPSG:4326 (WGS 84 longitude and latitude in degrees)';

/** Says what is wrong with a position that is not a longitude and a latitude in degrees. */
export function positionProblem(longitude: number, latitude: number): PositionProblem | undefined {
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return undefined;
  const here = `[${longitude}, ${latitude}]`;
  if (Math.abs(longitude) > SURELY_PROJECTED || Math.abs(latitude) > SURELY_PROJECTED) {
    return {
      code: 'not-degrees',
      wrong: `${here} is in projected coordinates, not in degrees`,
      fix: REPROJECT_FIX,
    };
  }
  if (Math.abs(latitude) > 90 && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90) {
    return {
      code: 'latitude-too-large',
      wrong: `${here} has a latitude beyond 90 degrees`,
      fix: SWAP_FIX,
    };
  }
  return {
    code: 'not-on-earth',
    wrong: `${here} is not on Earth: longitude goes from -180 to 180, latitude from -90 to 90`,
    fix: REPROJECT_FIX,
  };
}

/**
 * As `positionProblem`, for a ring. One that crosses the antimeridian may go on beyond 180 degrees, as most programs draw
 * it: some of it is within.
 */
export function ringProblem(ring: readonly Position[]): CoordinateProblem | undefined {
  const crosses = ring.some(([longitude]) => Math.abs(longitude) <= 180);
  for (const [longitude, latitude] of ring) {
    const goesOn = crosses && Math.abs(longitude) <= 360;
    const problem = positionProblem(goesOn ? normalLongitude(longitude) : longitude, latitude);
    if (problem) return problem;
  }
  return undefined;
}

/** No street address lies beyond these latitudes; the northernmost is in Svalbard, the southernmost in Chile. */
const INHABITED = { south: -57, north: 80 };

/** Says what is wrong with a layer if most of its points lie where nobody lives, but would not if they were swapped. */
export function swappedLayerProblem(points: readonly Position[]): CoordinateProblem | undefined {
  let swapped = 0;
  for (const [longitude, latitude] of points) {
    if (!isInhabited(latitude) && isInhabited(longitude)) swapped++;
  }
  if (swapped * 2 <= points.length) return undefined;
  return {
    wrong: `has ${swapped} of ${points.length} positions in the Arctic or the Antarctic, as if latitude came first`,
    fix: SWAP_FIX,
  };
}

function isInhabited(latitude: number): boolean {
  return latitude >= INHABITED.south && latitude <= INHABITED.north;
}

/** A town is smaller than this; two layers of one town are no farther apart. */
const TOWN_DEGREES = 3;

/** A layer that lies far from another. The places are texts: '[13.405, 52.517]'. */
interface DisjointLayer {
  layer: string;
  at: string;
  otherLayer: string;
  otherAt: string;
  /** It would be near if the axes were swapped. */
  swapped: boolean;
}

/** Refuses layers that do not lie in one place. */
export function refuseDisjointLayers(layers: ReadonlyMap<string, readonly Position[]>): void {
  const found = disjointLayer(layers);
  if (!found) return;
  const { layer, at, otherLayer, otherAt } = found;
  const fix = found.swapped
    ? `one of the two has latitude first. ${SWAP_FIX} in that layer`
    : 'give layers of one and the same town';
  throw new TaskRefusal({
    code: 'invalid-request',
    message: `${layer}: lies at ${at}, but ${otherLayer} at ${otherAt}; ${fix}.`,
    details: { layer, otherLayer, fix },
  });
}

/**
 * The first layer that does not lie where the first one does. A swapped layer may still be made of valid coordinates (Berlin
 * becomes a place in the Indian Ocean); it then shows only beside the other layers.
 */
export function disjointLayer(layers: ReadonlyMap<string, readonly Position[]>): DisjointLayer | undefined {
  let reference: { layer: string; at: Position } | undefined;
  for (const [layer, points] of layers) {
    const at = middle(points);
    if (!at) continue;
    if (!reference) {
      reference = { layer, at };
      continue;
    }
    if (isNear(at, reference.at)) continue;
    return {
      layer,
      at: format(at),
      otherLayer: reference.layer,
      otherAt: format(reference.at),
      swapped: isNear([at[1], at[0]], reference.at),
    };
  }
  return undefined;
}

function middle(points: readonly Position[]): Position | undefined {
  if (points.length === 0) return undefined;
  const median = (axis: 0 | 1) =>
    points.map((point) => point[axis]).sort((a, b) => a - b)[points.length >> 1];
  return [median(0) ?? 0, median(1) ?? 0];
}

function isNear(a: Position, b: Position): boolean {
  return Math.abs(normalLongitude(a[0] - b[0])) < TOWN_DEGREES && Math.abs(a[1] - b[1]) < TOWN_DEGREES;
}

/** The same longitude from -180 to 180: what goes on over the antimeridian comes back. */
export function normalLongitude(longitude: number): number {
  if (longitude >= -180 && longitude <= 180) return longitude;
  return longitude - 360 * Math.round(longitude / 360);
}

function format([longitude, latitude]: Position): string {
  return `[${longitude.toFixed(3)}, ${latitude.toFixed(3)}]`;
}
