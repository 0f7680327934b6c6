import type { Position } from '../../../src/contract/index.ts';

const EQUATOR = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const RADIANS = Math.PI / 180;

type Triple = readonly [x: number, y: number, z: number];
/** Metres to the east and to the north of the middle of the plane. */
export type PlanePoint = readonly [x: number, y: number];

/** More turns than any place on Earth needs. */
const MAX_TURNS = 30;
/** Metres. */
const EXACT = 1e-8;

/**
 * A plane that touches the ellipsoid in the middle of an area: the stereographic projection, which keeps angles. Lengths at
 * d km from the middle are too long by (d / 12,742)², so by 1 mm in a kilometre at 13 km. It has no seam at the
 * antimeridian and none at a pole.
 */
export class LocalPlane {
  readonly #origin: Triple;
  readonly #east: Triple;
  readonly #north: Triple;
  readonly #up: Triple;
  /** The diameter of the sphere that fits the ellipsoid in the middle. */
  readonly #diameter: number;

  constructor([longitude, latitude]: Position) {
    const [sinLon, cosLon] = [Math.sin(longitude * RADIANS), Math.cos(longitude * RADIANS)];
    const [sinLat, cosLat] = [Math.sin(latitude * RADIANS), Math.cos(latitude * RADIANS)];
    this.#origin = toSpace(longitude, latitude);
    this.#east = [-sinLon, cosLon, 0];
    this.#north = [-sinLat * cosLon, -sinLat * sinLon, cosLat];
    this.#up = [cosLat * cosLon, cosLat * sinLon, sinLat];
    this.#diameter = (2 * EQUATOR * Math.sqrt(1 - E2)) / (1 - E2 * sinLat ** 2);
  }

  toPlane([longitude, latitude]: Position): PlanePoint {
    const [x, y, z] = toSpace(longitude, latitude);
    const away: Triple = [x - this.#origin[0], y - this.#origin[1], z - this.#origin[2]];
    const up = dot(this.#up, away);
    // The other side of the Earth is infinitely far away.
    const scale = this.#diameter / Math.max(this.#diameter + up, 1e-3);
    return [dot(this.#east, away) * scale, dot(this.#north, away) * scale];
  }

  /** The position of a point of the plane, found from a position near it. */
  toPosition([x, y]: PlanePoint, near: Position): Position {
    let [longitude, latitude] = near;
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const [atX, atY] = this.toPlane([longitude, latitude]);
      const [dx, dy] = [x - atX, y - atY];
      if (Math.abs(dx) + Math.abs(dy) < EXACT) break;
      const sin = Math.sin(latitude * RADIANS);
      const root = Math.sqrt(1 - E2 * sin * sin);
      longitude += dx / ((EQUATOR / root) * Math.max(Math.cos(latitude * RADIANS), 1e-6)) / RADIANS;
      latitude += dy / ((EQUATOR * (1 - E2)) / root ** 3) / RADIANS;
      latitude = Math.min(90, Math.max(-90, latitude));
    }
    return [normalLongitude(longitude), latitude];
  }
}

/** The longitude from -180 to 180. */
export function normalLongitude(longitude: number): number {
  if (longitude >= -180 && longitude <= 180) return longitude;
  return longitude - 360 * Math.round(longitude / 360);
}

/** The point of the ellipsoid in metres from the middle of the Earth. */
function toSpace(longitude: number, latitude: number): Triple {
  const sin = Math.sin(latitude * RADIANS);
  const cos = Math.cos(latitude * RADIANS);
  const radius = EQUATOR / Math.sqrt(1 - E2 * sin * sin);
  return [
    radius * cos * Math.cos(longitude * RADIANS),
    radius * cos * Math.sin(longitude * RADIANS),
    radius * (1 - E2) * sin,
  ];
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
