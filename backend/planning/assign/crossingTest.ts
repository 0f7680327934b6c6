import type { Position } from '../../../src/contract/index.ts';
import type { Ground } from '../ground/Ground.ts';

/** A drop that begins on the street, or ends on it, does not cross it there. */
const TOUCH = 1e-3;

/** Makes a function that says whether the straight line between two positions crosses the centre line of a street. */
export function crossingTest({ grid, nodes: { plane } }: Ground): (a: Position, b: Position) => boolean {
  return (a, b) => {
    const [ax, ay] = plane.toPlane(a);
    const [bx, by] = plane.toPlane(b);
    let crosses = false;
    grid.box(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (segment) => {
      crosses ||= doCross(ax, ay, bx, by, grid.ends(segment));
    });
    return crosses;
  };
}

function doCross(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  ends: ReturnType<Ground['grid']['ends']>,
): boolean {
  const [cx, cy, dx, dy] = ends;
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const cross = ux * vy - uy * vx;
  if (cross === 0) return false;
  const t = ((cx - ax) * vy - (cy - ay) * vx) / cross;
  const s = ((cx - ax) * uy - (cy - ay) * ux) / cross;
  return t > TOUCH && t < 1 - TOUCH && s >= 0 && s <= 1;
}
