import type { Position } from '../../../src/contract/index.ts';
import type { Ground } from '../ground/Ground.ts';
import type { Foot } from '../ground/SegmentGrid.ts';

/** Metres: up to here the nearest street is found by the grid. */
const GRID_REACH = 2_000;

/** Finds the position on a way to the feed that is nearest to a point of the plane, however far away it is. */
export function nearestReached(
  ground: Ground,
): (x: number, y: number, near: Position) => Position | undefined {
  const { grid, nodes, poles } = ground;
  const joined = poles.flatMap(({ node }, i) => (ground.isReachedPole(i) ? [node] : []));
  const footOf = (x: number, y: number): Foot | undefined => {
    const foot = grid.nearest(x, y, GRID_REACH, ground.isReachedSegment);
    if (foot) return foot;
    let best: Foot | undefined;
    for (let segment = 0; segment < grid.count; segment++) {
      if (!ground.isReachedSegment(segment)) continue;
      const other = grid.foot(segment, x, y);
      if (!best || other.metres < best.metres) best = other;
    }
    return best;
  };
  return (x, y, near) => {
    const foot = footOf(x, y);
    let best = foot?.metres ?? Number.POSITIVE_INFINITY;
    let pole: number | undefined;
    for (const node of joined) {
      const metres = Math.hypot(nodes.x(node) - x, nodes.y(node) - y);
      if (metres >= best) continue;
      best = metres;
      pole = node;
    }
    if (pole !== undefined) return nodes.position(pole);
    if (!foot) return undefined;
    const [ax, ay, bx, by] = grid.ends(foot.segment);
    return nodes.plane.toPosition([ax + foot.t * (bx - ax), ay + foot.t * (by - ay)], near);
  };
}
