import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { apart, Cells, footOn, isPosition, toVector, type Vector } from '../verify/space.ts';

const CELL = 50;
const ON = 0.05;

/** Finds the street that two points lie on. */
export class StreetFinder {
  readonly #cells = new Cells<{ street: string; a: Vector; b: Vector }>(CELL);

  constructor({ streets }: PlanInput) {
    for (const { id, coordinates } of streets) {
      for (const line of linesOf(coordinates)) {
        for (const [i, to] of line.slice(1).entries()) {
          const [a, b] = [toVector(line[i] ?? to), toVector(to)];
          const steps = Math.ceil(apart(a, b) / CELL);
          for (let step = 0; step <= steps; step++) {
            const t = steps === 0 ? 0 : step / steps;
            const at: Vector = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
            this.#cells.add(at, { street: id, a, b });
          }
        }
      }
    }
  }

  /** The street with a segment that both points are on. */
  find(one: Position, other: Position): string | undefined {
    const [p, q] = [toVector(one), toVector(other)];
    return this.#cells.near(p).find(({ a, b }) => footOn(p, a, b).metres < ON && footOn(q, a, b).metres < ON)
      ?.street;
  }
}

function linesOf(coordinates: PlanInput['streets'][number]['coordinates']): Position[][] {
  const list: readonly unknown[] = coordinates;
  if (isPosition(list[0])) return [list.filter(isPosition)];
  return list.flatMap((line) => (Array.isArray(line) ? [line.filter(isPosition)] : []));
}
