import KDBush from 'kdbush';
import type { PlacedPoint } from '../PlanInput.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Remarks } from '../Remarks.ts';
import type { PlanRules } from '../rules.ts';
import { isPlace } from './isPlace.ts';
import { normalLongitude } from './LocalPlane.ts';
import { leaveOutPosts } from './leaveOutPosts.ts';
import { isWithin, searchRadius } from './metres.ts';
import type { Nodes } from './Nodes.ts';
import type { Foot, SegmentGrid } from './SegmentGrid.ts';
import { FARTHEST, type StreetNet } from './streetNet.ts';

/** Metres: poles that are nearer to each other than this are one. */
const SAME_PLACE = 0.02;
/** Metres: poles with a neighbour nearer than this look like posts of a fence or a park. */
const POST_GAP = 10;

export interface Pole {
  /** Its number in the input. */
  of: number;
  node: number;
  /** The point at which its lateral meets the nearest street. */
  foot: Foot | undefined;
}

export interface PoleNet {
  poles: Pole[];
  /** Pairs of places in `poles`. */
  spans: [a: number, b: number][];
}

/** Joins poles to the nearest street and to their Gabriel neighbours within the rules. */
export async function joinPoles(
  given: readonly PlacedPoint[],
  nodes: Nodes,
  streets: StreetNet,
  grid: SegmentGrid,
  rules: PlanRules,
  remarks: Remarks,
  work: PlanWork,
): Promise<PoleNet> {
  if (rules.ways === 'street') return { poles: [], spans: [] };
  const placed = readPoles(given, nodes, remarks);
  const { poles, index } = await usablePoles(placed, given, nodes, rules, remarks, work);
  if (rules.ways === 'any') {
    const taken = new Set<number>();
    for (const [i, pole] of poles.entries()) {
      if (work.isDue(40)) await work.pause(i, poles.length * 2);
      pole.foot = grid.nearest(nodes.x(pole.node), nodes.y(pole.node), rules.longestLateral);
      standOnVertex(pole, streets, nodes, taken);
    }
  }
  return { poles, spans: await findSpans(poles, index, nodes, grid, rules, work) };
}

/** A pole on a vertex of a street is that vertex, so that no lateral is without a length. */
function standOnVertex(pole: Pole, { from, to }: StreetNet, nodes: Nodes, taken: Set<number>): void {
  if (!pole.foot || pole.foot.metres >= SAME_PLACE / 2) return;
  const [x, y] = [nodes.x(pole.node), nodes.y(pole.node)];
  for (const node of [from[pole.foot.segment], to[pole.foot.segment]]) {
    if (node === undefined || taken.has(node)) continue;
    if (Math.hypot(nodes.x(node) - x, nodes.y(node) - y) >= SAME_PLACE / 2) continue;
    taken.add(node);
    pole.node = node;
    return;
  }
}

function readPoles(given: readonly PlacedPoint[], nodes: Nodes, remarks: Remarks): Pole[] {
  const poles: Pole[] = [];
  for (const [of, { id, position }] of given.entries()) {
    if (!isPlace(position)) {
      remarks.gather('pole-without-place', 'poles have no position in degrees and are left out', id);
      continue;
    }
    const [x, y] = nodes.plane.toPlane(position);
    if (Math.hypot(x, y) > FARTHEST) {
      remarks.gather('far-from-feed', 'poles lie more than 100 km from the feed and are left out', id);
      continue;
    }
    const node = nodes.addPoint([normalLongitude(position[0]), position[1]], x, y);
    poles.push({ of, node, foot: undefined });
  }
  return poles;
}

function indexOf(poles: readonly Pole[], nodes: Nodes): KDBush | undefined {
  if (poles.length === 0) return undefined;
  const index = new KDBush(poles.length);
  for (const { node } of poles) index.add(nodes.x(node), nodes.y(node));
  return index.finish();
}

function dropRepeated(poles: readonly Pole[], given: readonly PlacedPoint[], nodes: Nodes, remarks: Remarks) {
  const index = indexOf(poles, nodes);
  const dropped = new Set<number>();
  let posts = 0;
  for (const [i, { of, node }] of poles.entries()) {
    const [x, y] = [nodes.x(node), nodes.y(node)];
    const near = index?.within(x, y, POST_GAP) ?? [];
    const isRepeated = near.some((j) => {
      const other = poles[j];
      if (!other || j >= i || dropped.has(j)) return false;
      return Math.hypot(nodes.x(other.node) - x, nodes.y(other.node) - y) < SAME_PLACE;
    });
    if (isRepeated) {
      dropped.add(i);
      const message = 'poles stand where another does; the first of them is taken';
      remarks.gather('poles-at-one-place', message, given[of]?.id ?? '');
    } else if (near.length > 1) posts += 1;
  }
  const kept = poles.filter((_, i) => !dropped.has(i));
  return { poles: kept, index: indexOf(kept, nodes), posts };
}

function tellPosts({ poles, posts }: { poles: readonly Pole[]; posts: number }, remarks: Remarks): void {
  if (posts * 5 <= poles.length || poles.length <= 20) return;
  const message = `${posts} of ${poles.length} poles stand within ${POST_GAP} m of another: they may be posts, which the rule 'leastPoleGapMetres' or the param 'leaveOutPoles' leaves out`;
  remarks.add({ code: 'posts-not-poles', message, count: posts, ids: [] });
}

/** The poles that can be used: each place once, and none that the least gap takes for a post. */
async function usablePoles(
  placed: readonly Pole[],
  given: readonly PlacedPoint[],
  nodes: Nodes,
  { poleGap }: PlanRules,
  remarks: Remarks,
  work: PlanWork,
): Promise<ReturnType<typeof dropRepeated>> {
  const all = dropRepeated(placed, given, nodes, remarks);
  if (!all.index || poleGap === 0) {
    tellPosts(all, remarks);
    return all;
  }
  const poles = await leaveOutPosts(all.poles, all.index, poleGap, given, nodes, remarks, work);
  return { poles, index: indexOf(poles, nodes), posts: 0 };
}

async function findSpans(
  poles: readonly Pole[],
  index: KDBush | undefined,
  nodes: Nodes,
  grid: SegmentGrid,
  rules: PlanRules,
  work: PlanWork,
): Promise<[number, number][]> {
  const spans: [number, number][] = [];
  const hasStreets = grid.count > 0;
  for (const [i, { node }] of poles.entries()) {
    const [x, y] = [nodes.x(node), nodes.y(node)];
    const near: { j: number; x: number; y: number; metres: number }[] = [];
    for (const j of index?.within(x, y, searchRadius(rules.longestSpan)) ?? []) {
      const other = poles[j]?.node;
      if (j === i || other === undefined) continue;
      const [otherX, otherY] = [nodes.x(other), nodes.y(other)];
      near.push({ j, x: otherX, y: otherY, metres: Math.hypot(otherX - x, otherY - y) });
    }
    near.sort((a, b) => a.metres - b.metres || a.j - b.j);
    if (work.isDue(near.length)) await work.pause(poles.length + i, poles.length * 2);
    for (const [at, { j, metres, x: farX, y: farY }] of near.entries()) {
      if (work.isDue(1 + (at >> 3))) await work.pause(poles.length + i, poles.length * 2);
      const far = poles[j];
      if (j < i || !far) continue;
      if (!isWithin(metres, rules.longestSpan, nodes.position(node), nodes.position(far.node))) continue;
      const [midX, midY, radius] = [(x + farX) / 2, (y + farY) / 2, metres / 2 - 1e-6];
      const isBetween = (k: number) => {
        const third = near[k];
        return third !== undefined && Math.hypot(third.x - midX, third.y - midY) < radius;
      };
      let isBlocked = false;
      for (let k = 0; k < at && !isBlocked; k++) isBlocked = isBetween(k);
      if (isBlocked) continue;
      if (hasStreets && !staysNear(grid, x, y, farX, farY, rules.corridor)) continue;
      spans.push([i, j]);
    }
  }
  return spans;
}

/** Five points of the span, its ends included. */
const PROBES = [0, 0.25, 0.5, 0.75, 1];

function staysNear(grid: SegmentGrid, ax: number, ay: number, bx: number, by: number, corridor: number) {
  return PROBES.every((t) => grid.nearest(ax + (bx - ax) * t, ay + (by - ay) * t, corridor) !== undefined);
}
