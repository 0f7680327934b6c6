import type { Position } from '../../../src/contract/index.ts';
import type { LocalPlane } from './LocalPlane.ts';

/** The points that a network can have, numbered from 0. */
export class Nodes {
  readonly plane: LocalPlane;
  readonly positions: Position[] = [];
  readonly xs: number[] = [];
  readonly ys: number[] = [];

  constructor(plane: LocalPlane) {
    this.plane = plane;
  }

  get count(): number {
    return this.positions.length;
  }

  add(position: Position): number {
    const [x, y] = this.plane.toPlane(position);
    return this.addPoint(position, x, y);
  }

  addPoint(position: Position, x: number, y: number): number {
    this.xs.push(x);
    this.ys.push(y);
    return this.positions.push(position) - 1;
  }

  position(node: number): Position {
    const position = this.positions[node];
    if (!position) throw new RangeError(`there is no node ${node}`);
    return position;
  }

  x(node: number): number {
    return this.xs[node] ?? Number.NaN;
  }

  y(node: number): number {
    return this.ys[node] ?? Number.NaN;
  }
}
