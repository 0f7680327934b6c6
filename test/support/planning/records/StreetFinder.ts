import type { Position } from '../../../../src/contract/index.ts';
import type { OwnGround } from '../verify/OwnGround.ts';
import { apart, between, Cells, footOn, toVector, type Vector } from '../verify/space.ts';

const CELL = 50;
const ON = 0.05;

/** Finds the street that two points lie on. */
export class StreetFinder {
  readonly #cells = new Cells<{ street: string; a: Vector; b: Vector }>(CELL);

  constructor({ segments }: Pick<OwnGround, 'segments'>) {
    for (const { street, a: start, b: end } of segments) {
      const [a, b] = [start.at, end.at];
      const steps = Math.max(1, Math.ceil(apart(a, b) / CELL));
      for (let step = 0; step <= steps; step++)
        this.#cells.add(between(a, b, step / steps), { street, a, b });
    }
  }

  /** The street with a segment that both points are on. */
  find(one: Position, other: Position): string | undefined {
    const [p, q] = [toVector(one), toVector(other)];
    return this.#cells.near(p).find(({ a, b }) => footOn(p, a, b).metres < ON && footOn(q, a, b).metres < ON)
      ?.street;
  }
}
