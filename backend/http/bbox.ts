import type { BoundingBox } from '../../src/contract/index.ts';
import { fieldProblem, invalidRequest } from './problem.ts';

const DEGREES = 'in degrees of WGS 84 (longitude -180 to 180, latitude -90 to 90)';

/**
 * A box in a query, 'west,south,east,north'; undefined where it is absent. West may be greater than east: the box then
 * crosses the antimeridian. Refuses, by the parameter's name, what is no box.
 */
export function parseBboxText(text: string | undefined, parameter = 'bbox'): BoundingBox | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return boxOf(numbers, parameter, `west,south,east,north ${DEGREES}`);
}

/** A box in a body, [west, south, east, north], by the same rules. */
export function parseBbox(value: unknown, parameter: string): BoundingBox | undefined {
  if (value === undefined) return undefined;
  const expected = `[west, south, east, north] ${DEGREES}`;
  if (!Array.isArray(value)) throw invalidRequest(fieldProblem(parameter, 'wrong-type', expected));
  return boxOf(value, parameter, expected);
}

function boxOf(values: readonly unknown[], parameter: string, expected: string): BoundingBox {
  const [west, south, east, north] = values;
  if (values.length !== 4 || !isNumber(west) || !isNumber(south) || !isNumber(east) || !isNumber(north)) {
    throw invalidRequest(fieldProblem(parameter, 'wrong-type', expected));
  }
  if (Math.abs(west) > 180 || Math.abs(east) > 180 || Math.abs(south) > 90 || Math.abs(north) > 90) {
    throw invalidRequest(fieldProblem(parameter, 'out-of-range', expected));
  }
  if (south > north) {
    throw invalidRequest(fieldProblem(parameter, 'out-of-range', `${expected}, south before north`));
  }
  return [west, south, east, north];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
