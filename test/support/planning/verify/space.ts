import geographiclib from 'geographiclib-geodesic';
import type { Position } from '../../../../src/contract/index.ts';

/** A point in metres from the middle of the Earth. The verifier measures in space; the planner does on a plane. */
export type Vector = readonly [x: number, y: number, z: number];

export function toVector([longitude, latitude]: Position): Vector {
  const [lambda, phi] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  const e2 = 0.00669437999014;
  const n = 6_378_137 / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  const flat = n * Math.cos(phi);
  return [flat * Math.cos(lambda), flat * Math.sin(lambda), n * (1 - e2) * Math.sin(phi)];
}

export function geodesic(a: Position, b: Position): number {
  const { s12 } = geographiclib.Geodesic.WGS84.Inverse(
    a[1],
    a[0],
    b[1],
    b[0],
    geographiclib.Geodesic.DISTANCE,
  );
  return s12 ?? Number.NaN;
}

export function between(a: Vector, b: Vector, t: number): Vector {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

export function apart(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** The nearest point of the segment: how far along it is, and how far away. */
export function footOn(p: Vector, a: Vector, b: Vector): { t: number; metres: number } {
  const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const square = dx * dx + dy * dy + dz * dz;
  const along = square > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy + (p[2] - a[2]) * dz) / square : 0;
  const t = Math.min(1, Math.max(0, along));
  const at = between(a, b, t);
  // A chord runs below the ground: what counts is how far the foot is away on the ground.
  const depth = (square * t * (1 - t)) / 2 / 6_371_000;
  const chord = apart(p, at);
  return { t, metres: Math.sqrt(Math.max(0, chord * chord - depth * depth)) };
}

/** Points by cells of space, to find those that are near. */
export class Cells<T> {
  readonly #cells = new Map<string, T[]>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  add(at: Vector, value: T): void {
    const key = this.#at(at).join(' ');
    const there = this.#cells.get(key);
    if (there) there.push(value);
    else this.#cells.set(key, [value]);
  }

  /** All that may be within one cell's size of the point. */
  near(at: Vector): T[] {
    const [x = 0, y = 0, z = 0] = this.#at(at);
    const found: T[] = [];
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        for (let k = -1; k <= 1; k++) found.push(...(this.#cells.get(`${x + i} ${y + j} ${z + k}`) ?? []));
      }
    }
    return found;
  }

  #at(at: Vector): number[] {
    return at.map((value) => Math.floor(value / this.#size));
  }
}

export function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value)) return false;
  const [longitude, latitude]: unknown[] = value;
  return (
    typeof longitude === 'number' &&
    typeof latitude === 'number' &&
    Number.isFinite(longitude + latitude) &&
    Math.abs(latitude) <= 90
  );
}
