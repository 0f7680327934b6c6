import { type BoundingBox, type Geometry, type Position, positionsOf } from '../../../src/contract/index.ts';
import type { PlanAreaShape } from '../../../src/contract/planArea.ts';

/** Metres of a degree of latitude: the least that there are, so that a box never becomes too small. */
const DEGREE = 110_500;
/** Nearer to a pole than this a box goes all around the Earth. */
const POLAR = 89;

/** An area of polygons in degrees, which may cross the antimeridian where it is less than half of the Earth wide. */
export class AreaShape {
  readonly #polygons: readonly (readonly (readonly Position[])[])[];
  /** Longitudes are taken within 180 degrees of this one. */
  readonly #middle: number;
  readonly #bounds: BoundingBox;

  /** The shape has a position. */
  constructor(shape: PlanAreaShape | Geometry) {
    this.#middle = middleOf(positionsOf(shape.coordinates).map(([x]) => x));
    const polygons =
      shape.type === 'MultiPolygon' ? shape.coordinates : shape.type === 'Polygon' ? [shape.coordinates] : [];
    this.#polygons = polygons.map((rings) =>
      rings.map((ring) => ring.map(([x, y]): Position => [this.#near(x), y])),
    );
    const bounds: BoundingBox = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of this.#polygons.flat(2)) grow(bounds, x, y);
    this.#bounds = bounds;
  }

  /** The box around the area and the other positions, larger by so many metres on each side. */
  boxAround(metres: number, others: readonly Position[] = []): BoundingBox {
    const box: BoundingBox = [...this.#bounds];
    for (const [x, y] of others) grow(box, this.#near(x), y);
    return widen(box, metres);
  }

  /** Says whether the position lies in the area, holes taken out. */
  has([longitude, latitude]: Position): boolean {
    const x = this.#near(longitude);
    const [west, south, east, north] = this.#bounds;
    if (x < west || x > east || latitude < south || latitude > north) return false;
    return this.#polygons.some((rings) => isInside(rings, x, latitude));
  }

  #near(longitude: number): number {
    if (longitude - this.#middle > 180) return longitude - 360;
    return longitude - this.#middle < -180 ? longitude + 360 : longitude;
  }
}

/**
 * An area that goes on over the antimeridian has its first longitude in the middle. One that is as wide as the Earth would be a line
 * then, so it is taken as it is written.
 */
function middleOf(longitudes: readonly number[]): number {
  const [first = 0] = longitudes;
  const isLine = longitudes.every((x) => Math.abs(x - first) % 360 === 0);
  return isLine && longitudes.some((x) => x !== first) ? 0 : first;
}

function grow(box: BoundingBox, x: number, y: number): void {
  box[0] = Math.min(box[0], x);
  box[1] = Math.min(box[1], y);
  box[2] = Math.max(box[2], x);
  box[3] = Math.max(box[3], y);
}

function widen([west, south, east, north]: BoundingBox, metres: number): BoundingBox {
  const up = metres / DEGREE;
  const [bottom, top] = [Math.max(-90, south - up), Math.min(90, north + up)];
  const farthest = Math.max(Math.abs(bottom), Math.abs(top));
  const aside = up / Math.cos((Math.min(farthest, POLAR) * Math.PI) / 180);
  const [left, right] = [west - aside, east + aside];
  if (farthest > POLAR || right - left >= 360) return [-180, bottom, 180, top];
  return [normal(left), bottom, normal(right), top];
}

function normal(longitude: number): number {
  if (longitude < -180) return longitude + 360;
  return longitude > 180 ? longitude - 360 : longitude;
}

/** By the even-odd rule, over all rings: a hole is a ring within a ring. */
function isInside(rings: readonly (readonly Position[])[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    let before = ring.at(-1);
    for (const at of ring) {
      if (before && at[1] > y !== before[1] > y) {
        const cut = at[0] + ((y - at[1]) / (before[1] - at[1])) * (before[0] - at[0]);
        if (x < cut) inside = !inside;
      }
      before = at;
    }
  }
  return inside;
}
