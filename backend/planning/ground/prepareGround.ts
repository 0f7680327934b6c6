import type { Position } from '../../../src/contract/index.ts';
import type { PlanInput } from '../PlanInput.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Remarks } from '../Remarks.ts';
import type { PlanRules } from '../rules.ts';
import type { FeedJoin, Ground } from './Ground.ts';
import { isPlace } from './isPlace.ts';
import { LocalPlane } from './LocalPlane.ts';
import { Nodes } from './Nodes.ts';
import { findPieces, type Pieces, tellPieces } from './pieces.ts';
import { joinPoles, type PoleNet } from './poleNet.ts';
import { SegmentGrid } from './SegmentGrid.ts';
import { layStreets, type StreetNet } from './streetNet.ts';

/** Reads streets and poles, joins them, and finds what the feed reaches. Undefined: there is nothing to build on. */
export async function prepareGround(
  input: PlanInput,
  rules: PlanRules,
  remarks: Remarks,
  work: PlanWork,
): Promise<Ground | undefined> {
  const given = readFeed(input.feed, remarks);
  const middle = given ?? middleOf(input.addresses.map(({ position }) => position));
  if (!middle) return undefined;
  const nodes = new Nodes(new LocalPlane(middle));
  const streets = await layStreets(input.streets, nodes, remarks, work);
  await work.pause(1, 10);
  const grid = new SegmentGrid(endsOf(streets, nodes));
  if (grid.count === 0) {
    const message = 'there are no streets: spans between poles were not held to a distance from a street';
    remarks.add({ code: 'no-streets', message, count: 0, ids: [] });
  }
  await work.pause(2, 10);
  const poleNet = await joinPoles(input.poles, nodes, streets, grid, rules, remarks, work);
  const pieces = findPieces(streets, poleNet, nodes, rules.ways !== 'aerial');
  const nearest = nearestJoin(grid, nodes, poleNet, pieces, rules, given ? undefined : largest(pieces));
  if (!nearest) {
    const message = 'there is nothing to build on: no street, and no pole that a span or a street joins';
    remarks.add({ code: 'no-feed', message, count: 1, ids: [] });
    return undefined;
  }
  const { join, metres } = nearest;
  const isLateral = given !== undefined && metres <= rules.longestLateral && metres > 0.01;
  if (given && metres > rules.longestLateral) {
    const message = `the feed is ${Math.round(metres)} m from the network, farther than ${rules.longestLateral} m: the plan begins at the nearest point of the network`;
    remarks.add({ code: 'feed-moved', message, count: 1, ids: [], metres, at: given });
  }
  const reached = 'pole' in join ? pieces.ofPole(join.pole) : pieces.ofSegment(join.foot.segment);
  tellPieces(pieces, reached, poleNet.poles, input.poles, nodes, remarks);
  return {
    nodes,
    streets,
    grid,
    ...poleNet,
    feed: { join, ...(isLateral && { position: given }) },
    isReachedSegment: (segment) => rules.ways !== 'aerial' && pieces.ofSegment(segment) === reached,
    isReachedPole: (pole) => pieces.ofPole(pole) === reached,
  };
}

function readFeed(feed: Position | undefined, remarks: Remarks): Position | undefined {
  if (feed === undefined || isPlace(feed)) return feed;
  const message = `the feed [${feed}] is no position in degrees: the plan takes the middle of the addresses`;
  remarks.add({ code: 'no-feed', message, count: 1, ids: [] });
  return undefined;
}

/** The middle one of the positions in both directions, on a plane, so that it works over the antimeridian. */
function middleOf(all: readonly Position[]): Position | undefined {
  const positions = all.filter(isPlace);
  const [first] = positions;
  if (!first) return undefined;
  const plane = new LocalPlane(first);
  const points = positions.map((position) => plane.toPlane(position));
  const median = (axis: 0 | 1) =>
    points.map((point) => point[axis]).sort((a, b) => a - b)[points.length >> 1] ?? 0;
  return plane.toPosition([median(0), median(1)], first);
}

function endsOf({ from, to }: StreetNet, nodes: Nodes): Float64Array {
  const ends = new Float64Array(from.length * 4);
  from.forEach((node, segment) => {
    const other = to[segment] ?? node;
    ends.set([nodes.x(node), nodes.y(node), nodes.x(other), nodes.y(other)], segment * 4);
  });
  return ends;
}

function largest({ sizes }: Pieces): number | undefined {
  let best: { piece: number; metres: number } | undefined;
  for (const [piece, { metres }] of sizes) if (!best || metres > best.metres) best = { piece, metres };
  return best?.piece;
}

/**
 * Finds where the feed, in the middle of the plane, joins the network; only on the piece, where one is given. A row of posts or
 * a short end of a street may be nearer than the network: of the pieces within a lateral the longest is taken.
 */
function nearestJoin(
  grid: SegmentGrid,
  nodes: Nodes,
  { poles }: PoleNet,
  pieces: Pieces,
  rules: PlanRules,
  piece: number | undefined,
): { join: FeedJoin; metres: number } | undefined {
  const nearest = new Map<number, { join: FeedJoin; metres: number }>();
  const isWanted = (of: number) => pieces.sizes.has(of) && (piece === undefined || of === piece);
  const offer = (of: number, join: FeedJoin, metres: number) => {
    if (metres < (nearest.get(of)?.metres ?? Number.POSITIVE_INFINITY)) nearest.set(of, { join, metres });
  };
  if (rules.ways !== 'aerial') {
    for (let segment = 0; segment < grid.count; segment++) {
      const of = pieces.ofSegment(segment);
      if (!isWanted(of)) continue;
      const foot = grid.foot(segment, 0, 0);
      offer(of, { foot }, foot.metres);
    }
  }
  // Poles without a street count only where no piece has one.
  const hasStreets = nearest.size > 0;
  for (const [pole, { node }] of poles.entries()) {
    const of = pieces.ofPole(pole);
    if (!isWanted(of) || (hasStreets && !nearest.has(of))) continue;
    offer(of, { pole }, Math.hypot(nodes.x(node), nodes.y(node)));
  }
  const length = (of: number) => pieces.sizes.get(of)?.metres ?? 0;
  const joins = [...nearest].sort(([, a], [, b]) => a.metres - b.metres);
  const near = joins.filter(([, { metres }]) => metres <= rules.longestLateral);
  near.sort(([a], [b]) => length(b) - length(a));
  return (near[0] ?? joins[0])?.[1];
}
