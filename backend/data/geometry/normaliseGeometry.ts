import type { Position } from '../../../src/contract/index.ts';
import { isRecord } from '../../common/json.ts';
import { positionProblem } from '../../network/coordinates.ts';
import { parseNumber } from '../columns/parseNumber.ts';
import type { Projection } from '../crs/Projection.ts';
import type { DataReason } from '../dataTypes.ts';
import type { RawGeometry } from '../layers/LayerSource.ts';
import { LIMITS } from '../limits.ts';
import { type ReasonCode, type ReasonValues, reason, shown } from '../reasons.ts';

/** A geometry that was taken apart, in WGS 84. */
export interface Shapes {
  points: Position[];
  lines: Position[][];
  /** Each with its outer ring first. All rings are closed. */
  areas: Position[][][];
  /** Positions that were brought back over the 180th meridian. */
  wrapped: number;
}

/** A geometry that cannot be used. */
class Unusable extends Error {
  readonly reason: DataReason;

  constructor(why: DataReason) {
    super(why.text);
    this.reason = why;
  }
}

const NESTING = 8;

/**
 * Takes any geometry apart into points, lines and areas, and brings them into WGS 84. A geometry from a file may be anything, so
 * each number is looked at. Gives the reason where it cannot be used.
 */
export function normaliseGeometry(
  raw: RawGeometry,
  projection: Projection,
  swapAxes: boolean,
): { shapes: Shapes } | { problem: DataReason } {
  const normaliser = new Normaliser(projection, swapAxes);
  try {
    normaliser.take(raw, 0);
    const { points, lines, areas } = normaliser.shapes;
    if (points.length + lines.length + areas.length === 0) return { problem: reason('no-geometry') };
    return { shapes: normaliser.shapes };
  } catch (error) {
    if (error instanceof Unusable) return { problem: error.reason };
    throw error;
  }
}

class Normaliser {
  readonly shapes: Shapes = { points: [], lines: [], areas: [], wrapped: 0 };
  readonly #projection: Projection;
  readonly #swapAxes: boolean;
  #positions = 0;

  constructor(projection: Projection, swapAxes: boolean) {
    this.#projection = projection;
    this.#swapAxes = swapAxes;
  }

  take({ type, coordinates, geometries }: RawGeometry, depth: number): void {
    const { points, lines, areas } = this.shapes;
    switch (type) {
      case 'Point':
        // An empty point.
        if (Array.isArray(coordinates) && coordinates.length === 0) return;
        points.push(this.#position(coordinates));
        return;
      case 'MultiPoint':
        for (const point of list(coordinates)) points.push(this.#position(point));
        return;
      case 'LineString':
        lines.push(this.#line(coordinates));
        return;
      case 'MultiLineString':
        for (const line of list(coordinates)) lines.push(this.#line(line));
        return;
      case 'Polygon':
        if (Array.isArray(coordinates) && coordinates.length === 0) return;
        areas.push(this.#area(coordinates));
        return;
      case 'MultiPolygon':
        for (const area of list(coordinates)) areas.push(this.#area(area));
        return;
      case 'GeometryCollection':
        if (depth >= NESTING) throw unusable('nested-geometry');
        for (const part of list(geometries)) {
          if (part === null) continue;
          if (!isRecord(part) || typeof part.type !== 'string') throw unusable('part-no-geometry');
          this.take({ ...part, type: part.type }, depth + 1);
        }
        return;
      default:
        throw unusable('unknown-geometry', { type: shown(type) });
    }
  }

  #line(input: unknown): Position[] {
    const line = list(input).map((position) => this.#position(position));
    if (line.length < 2) throw unusable('short-line');
    return line;
  }

  #area(input: unknown): Position[][] {
    const rings = list(input).map((ring) => this.#ring(ring));
    if (rings.length === 0) throw unusable('no-outline');
    return rings;
  }

  #ring(input: unknown): Position[] {
    const ring = list(input).map((position) => this.#position(position));
    const [first, last] = [ring[0], ring.at(-1)];
    if (first && last && (first[0] !== last[0] || first[1] !== last[1])) ring.push(first);
    if (ring.length < 4) throw unusable('short-outline');
    return ring;
  }

  #position(input: unknown): Position {
    if (++this.#positions > LIMITS.positions) {
      throw unusable('too-many-positions', { limit: LIMITS.positions });
    }
    const [a, b, c]: unknown[] = Array.isArray(input) ? input : [];
    const [first, second] = [parseNumber(a), parseNumber(b)];
    if (first === undefined || second === undefined) {
      throw unusable('bad-position', { found: shown(input) });
    }
    const [x, y] = this.#swapAxes ? [second, first] : [first, second];
    const place = this.#projection.convert(x, y);
    if (!place) throw unusable('outside-crs', { position: shown([x, y]), crs: this.#projection.name });
    const longitude = this.#wrap(place[0]);
    const problem = positionProblem(longitude, place[1]);
    if (problem) throw unusable(problem.code, { position: `[${longitude}, ${place[1]}]` });
    return typeof c === 'number' && Number.isFinite(c)
      ? [longitude, place[1], c * this.#projection.unit]
      : [longitude, place[1]];
  }

  /** A map that goes on over the 180th meridian has 180.002 where the globe has -179.998. */
  #wrap(longitude: number): number {
    if (Math.abs(longitude) <= 180 || Math.abs(longitude) > 360) return longitude;
    this.shapes.wrapped++;
    const back = longitude > 0 ? longitude - 360 : longitude + 360;
    return Math.round(back * 1e9) / 1e9;
  }
}

function list(input: unknown): unknown[] {
  if (Array.isArray(input)) return input;
  throw unusable('no-coordinates', { found: shown(input) });
}

function unusable<Code extends ReasonCode>(code: Code, ...values: ReasonValues<Code>): Unusable {
  return new Unusable(reason(code, ...values));
}
