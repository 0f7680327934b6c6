import type { Position } from '../contract/index.ts';
import type { PlanAreaShape } from '../contract/planArea.ts';

/** Returns true where two sides of a ring cross. The ring is closed. */
export function crosses(ring: readonly Position[]): boolean {
  for (let i = 0; i + 1 < ring.length; i++) {
    for (let j = i + 2; j + 1 < ring.length; j++) {
      // The last side ends where the first one begins.
      if (i === 0 && j + 2 === ring.length) continue;
      if (sidesCross(ring[i], ring[i + 1], ring[j], ring[j + 1])) return true;
    }
  }
  return false;
}

type Corner = Position | undefined;

function sidesCross(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
  if (!a || !b || !c || !d) return false;
  const turn = (p: Position, q: Position, r: Position) =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

/**
 * Returns a ring as GeoJSON has it. A ring whose longitudes go on beyond 180 degrees is cut at the antimeridian into one polygon
 * on each side (RFC 7946, section 3.1.9).
 */
export function shapeOf(ring: readonly Position[]): PlanAreaShape {
  const parts = [-360, 0, 360].flatMap((shift) => {
    const moved = ring.map(([longitude, latitude]): Position => [longitude + shift, latitude]);
    const part = clipped(clipped(moved, -180, 1), 180, -1);
    return part.length >= 4 ? [part] : [];
  });
  const [first = [...ring], ...others] = parts;
  return others.length === 0
    ? { type: 'Polygon', coordinates: [first] }
    : { type: 'MultiPolygon', coordinates: parts.map((part) => [part]) };
}

/** Returns the part of a ring on one side of a meridian: in the east for 1, in the west for -1. */
function clipped(ring: readonly Position[], meridian: number, side: 1 | -1): Position[] {
  const isIn = ([longitude]: Position) => side * (longitude - meridian) >= 0;
  if (ring.every(isIn)) return [...ring];
  const kept: Position[] = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [from, to] = [ring[i], ring[i + 1]];
    if (!from || !to) continue;
    if (isIn(from)) kept.push(from);
    if (isIn(from) !== isIn(to)) {
      const share = (meridian - from[0]) / (to[0] - from[0]);
      kept.push([meridian, from[1] + share * (to[1] - from[1])]);
    }
  }
  const [first] = kept;
  return first ? [...kept, first] : [];
}
