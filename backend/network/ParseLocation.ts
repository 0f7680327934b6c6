import type { Geometry, Position } from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { positionProblem, ringProblem } from './coordinates.ts';

/** Where in a town a parser is: reads what stands there, and words the refusal of what does not belong there. */
export class ParseLocation {
  readonly #layer: string;
  readonly #feature: number | undefined;
  readonly #property: string | undefined;

  constructor(layer: string, feature?: number, property?: string) {
    this.#layer = layer;
    this.#feature = feature;
    this.#property = property;
  }

  feature(index: number): ParseLocation {
    return new ParseLocation(this.#layer, index);
  }

  property(name: string): ParseLocation {
    return new ParseLocation(this.#layer, this.#feature, name);
  }

  refusal(wrong: string, fix: string): TaskRefusal {
    const feature = this.#feature === undefined ? '' : `: feature ${this.#feature}`;
    const property = this.#property === undefined ? '' : `: ${this.#property}`;
    return new TaskRefusal({
      code: 'invalid-request',
      message: `${this.#layer}${feature}${property} ${wrong}; ${fix}.`,
      details: {
        layer: this.#layer,
        ...(this.#feature === undefined ? {} : { feature: this.#feature }),
        ...(this.#property === undefined ? {} : { property: this.#property }),
        fix,
      },
    });
  }

  point(input: unknown): Extract<Geometry, { type: 'Point' }> {
    return { type: 'Point', coordinates: this.#position(this.#coordinates(input, 'Point')) };
  }

  /** One line, or the parts of a MultiLineString. */
  lineStrings(input: unknown): Extract<Geometry, { type: 'LineString' }>[] {
    const isMulti = isRecord(input) && input.type === 'MultiLineString';
    const parts = isMulti ? input.coordinates : [this.#coordinates(input, 'LineString')];
    if (!Array.isArray(parts)) throw this.refusal('has no parts', 'give an array of lines');
    return parts.map((part: unknown) => ({ type: 'LineString', coordinates: this.#positions(part, 2) }));
  }

  polygon(input: unknown): Extract<Geometry, { type: 'Polygon' }> {
    const rings = this.#coordinates(input, 'Polygon');
    if (!Array.isArray(rings) || rings.length === 0) {
      throw this.refusal('has no ring', 'give an array of rings, the outer one first');
    }
    const coordinates = rings.map((ring: unknown) => {
      const positions = this.#positions(ring, 4, { checked: false });
      const problem = ringProblem(positions);
      if (problem) throw this.refusal(problem.wrong, problem.fix);
      const first = positions[0];
      const last = positions.at(-1);
      if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
        throw this.refusal('has a ring that is not closed', 'end each ring with its first position');
      }
      return positions;
    });
    return { type: 'Polygon', coordinates };
  }

  #coordinates(input: unknown, expected: Geometry['type']): unknown {
    if (!isRecord(input)) {
      throw this.refusal('is missing', `give each feature a ${expected}, or leave it out`);
    }
    if (input.type !== expected) {
      const multi = input.type === `Multi${expected}`;
      const fix = multi ? `split multi-part geometries into one ${expected} each` : `give a ${expected}`;
      throw this.refusal(`is of type ${describe(input.type)}`, fix);
    }
    return input.coordinates;
  }

  #positions(input: unknown, atLeast: number, { checked = true } = {}): Position[] {
    if (!Array.isArray(input) || input.length < atLeast) {
      throw this.refusal('is too short', `give at least ${atLeast} positions`);
    }
    return input.map((position: unknown) => this.#position(position, checked));
  }

  #position(input: unknown, checked = true): Position {
    const [longitude, latitude]: unknown[] = Array.isArray(input) ? input : [];
    if (!isFiniteNumber(longitude) || !isFiniteNumber(latitude)) {
      throw this.refusal('has no position', 'give [longitude, latitude], both numbers');
    }
    const problem = checked ? positionProblem(longitude, latitude) : undefined;
    if (problem) throw this.refusal(problem.wrong, problem.fix);
    return [longitude, latitude];
  }
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A value from outside, short enough for a message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return Array.isArray(value) ? 'an array' : typeof value;
}
