/** Draws the ways of links as SVG paths, and finds places for their counts. */
import type { IndexedLink } from './graphIndex.ts';
import { GAP, type GraphLayout, NODE, type Point } from './graphLayout.ts';

export interface LinkPath {
  /** The path of the line. */
  d: string;
  /** The path of the arrow at its end. */
  arrow: string;
  /** The middle of the count's pill. */
  pill: Point;
}

type Curve = readonly [Point, Point, Point, Point];

const ARROW = 6;
/** A pill has about this size, with a little room around it. */
const PILL = { width: 44, height: 20 };
/** The pill stands at the first of these parts of its curve where no other one is. */
const PLACES = [0.5, 0.36, 0.64, 0.24, 0.76];
/** With more links, pills may lie on each other. */
const MOST_PLACED = 400;

/**
 * The curve of a link goes level out of one node and level into the other; where it passes other ranks, it passes through its bends.
 * A layout goes from left to right; `isRtl` mirrors it.
 */
export function linkPaths(
  layout: GraphLayout,
  links: readonly IndexedLink[],
  isRtl: boolean,
): ReadonlyMap<number, LinkPath> {
  const paths = new Map<number, LinkPath>();
  const taken: Point[] = [];
  const mirror = ({ x, y }: Point): Point => ({ x: isRtl ? layout.width - x : x, y });
  for (const link of links) {
    const curves = curvesOf(layout, link);
    const first = curves[0];
    const last = curves.at(-1);
    if (!first || !last) continue;
    const at = (point: Point) => `${round(mirror(point).x)} ${round(point.y)}`;
    const d = `M${at(first[0])}${curves.map(([, b, c, end]) => `C${at(b)} ${at(c)} ${at(end)}`).join('')}`;
    const [, , , end] = last;
    const arrow = `M${at({ x: end.x, y: end.y - 4 })}L${at({ x: end.x + ARROW, y: end.y })}L${at({ x: end.x, y: end.y + 4 })}z`;
    const pill = links.length > MOST_PLACED ? pointAt(last, 0.5) : freePlace(last, taken);
    taken.push(pill);
    paths.set(link.id, { d, arrow, pill: mirror(pill) });
  }
  return paths;
}

function curvesOf(layout: GraphLayout, { id, from, to }: IndexedLink): Curve[] {
  const source = layout.nodes.get(from);
  const target = layout.nodes.get(to);
  if (!source || !target) return [];
  const points: Point[] = [{ x: source.x + NODE.width, y: source.y + NODE.height / 2 }];
  for (const { x, y } of layout.bends.get(id) ?? []) {
    points.push({ x: x - NODE.width / 2, y }, { x: x + NODE.width / 2, y });
  }
  points.push({ x: target.x - ARROW, y: target.y + NODE.height / 2 });
  return points.slice(1).flatMap((point, index): Curve[] => {
    const before = points[index];
    if (!before) return [];
    const bow = Math.max(GAP.rank / 2, Math.abs(point.x - before.x) / 2);
    return [[before, { x: before.x + bow, y: before.y }, { x: point.x - bow, y: point.y }, point]];
  });
}

function freePlace(curve: Curve, taken: readonly Point[]): Point {
  const places = PLACES.map((part) => pointAt(curve, part));
  const isFree = ({ x, y }: Point) =>
    !taken.some((one) => Math.abs(one.x - x) < PILL.width && Math.abs(one.y - y) < PILL.height);
  return places.find(isFree) ?? pointAt(curve, 0.5);
}

function pointAt([a, b, c, d]: Curve, t: number): Point {
  const u = 1 - t;
  const mix = (axis: 'x' | 'y') =>
    u ** 3 * a[axis] + 3 * u ** 2 * t * b[axis] + 3 * u * t ** 2 * c[axis] + t ** 3 * d[axis];
  return { x: mix('x'), y: mix('y') };
}

const round = (value: number): number => Math.round(value * 10) / 10;
