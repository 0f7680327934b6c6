import { type BoundingBox, type Geometry, type Position, positionsOf } from '../../src/contract/index.ts';

const METRES_PER_DEGREE = 111_320;

export function overlap(a: BoundingBox, b: BoundingBox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** Metres from a position to a geometry, flat around the position: right for a town. */
export function distanceTo([x, y]: Position, geometry: Geometry | null | undefined): number {
  if (!geometry) return Number.POSITIVE_INFINITY;
  const scale = Math.cos((y * Math.PI) / 180);
  const local = ([px, py]: Position): Position => [
    (px - x) * METRES_PER_DEGREE * scale,
    (py - y) * METRES_PER_DEGREE,
  ];
  const lines = linesOf(geometry.coordinates).map((line) => line.map(local));
  // Plugins give more types than ours.
  const type: string = geometry.type;
  const isArea = type === 'Polygon' || type === 'MultiPolygon';
  if (isArea && lines.filter(surroundsOrigin).length % 2 === 1) return 0;
  return Math.min(...lines.map(distanceToLine));
}

/** The coordinates as lines: a point is a line of one. */
function linesOf(coordinates: unknown): Position[][] {
  if (!Array.isArray(coordinates)) return [];
  const [first] = coordinates;
  if (typeof first === 'number') return [positionsOf(coordinates)];
  if (Array.isArray(first) && typeof first[0] === 'number') return [positionsOf(coordinates)];
  return coordinates.flatMap(linesOf);
}

function distanceToLine(line: Position[]): number {
  const [first] = line;
  if (!first) return Number.POSITIVE_INFINITY;
  let nearest = Math.hypot(first[0], first[1]);
  for (const [index, to] of line.slice(1).entries()) {
    const from = line[index] ?? to;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = dx * dx + dy * dy;
    const at = length === 0 ? 0 : Math.min(1, Math.max(0, -(from[0] * dx + from[1] * dy) / length));
    nearest = Math.min(nearest, Math.hypot(from[0] + at * dx, from[1] + at * dy));
  }
  return nearest;
}

/** Finds out whether a ring goes around 0, 0: a line from there to the east crosses it an odd number of times. */
function surroundsOrigin(ring: Position[]): boolean {
  let inside = false;
  for (const [index, to] of ring.slice(1).entries()) {
    const from = ring[index] ?? to;
    if (from[1] > 0 === to[1] > 0) continue;
    const crossing = from[0] + ((0 - from[1]) * (to[0] - from[0])) / (to[1] - from[1]);
    if (crossing > 0) inside = !inside;
  }
  return inside;
}
