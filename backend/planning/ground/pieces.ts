import type { PlacedPoint } from '../PlanInput.ts';
import type { Remarks } from '../Remarks.ts';
import type { Nodes } from './Nodes.ts';
import type { PoleNet } from './poleNet.ts';
import type { StreetNet } from './streetNet.ts';
import { UnionFind } from './UnionFind.ts';

/** The network in pieces: what is joined has the same piece. */
export interface Pieces {
  ofNode(node: number): number;
  ofSegment(segment: number): number;
  ofPole(pole: number): number;
  /** By piece: its metres of streets and spans, and a node of it. A pole that nothing joins is no piece. */
  sizes: ReadonlyMap<number, { metres: number; node: number }>;
}

export function findPieces(streets: StreetNet, net: PoleNet, nodes: Nodes, hasStreets: boolean): Pieces {
  const joined = new UnionFind(nodes.count);
  const nodeOfPole = (pole: number) => net.poles[pole]?.node ?? -1;
  if (hasStreets)
    for (const [segment, from] of streets.from.entries()) joined.join(from, streets.to[segment] ?? from);
  for (const { node, foot } of net.poles) {
    if (hasStreets && foot) joined.join(node, streets.from[foot.segment] ?? node);
  }
  for (const [a, b] of net.spans) joined.join(nodeOfPole(a), nodeOfPole(b));

  const sizes = new Map<number, { metres: number; node: number }>();
  const add = (a: number, b: number) => {
    const piece = joined.find(a);
    const metres = Math.hypot(nodes.x(a) - nodes.x(b), nodes.y(a) - nodes.y(b));
    const size = sizes.get(piece);
    if (size) size.metres += metres;
    else sizes.set(piece, { metres, node: a });
  };
  if (hasStreets)
    for (const [segment, from] of streets.from.entries()) add(from, streets.to[segment] ?? from);
  for (const [a, b] of net.spans) add(nodeOfPole(a), nodeOfPole(b));
  return {
    ofNode: (node) => joined.find(node),
    ofSegment: (segment) => joined.find(streets.from[segment] ?? 0),
    ofPole: (pole) => joined.find(nodeOfPole(pole)),
    sizes,
  };
}

/** Reports each piece that the feed does not reach, the longest first, and the poles that nothing joins. */
export function tellPieces(
  pieces: Pieces,
  reached: number,
  poles: PoleNet['poles'],
  given: readonly PlacedPoint[],
  nodes: Nodes,
  remarks: Remarks,
): void {
  const idsOf = new Map<number, string[]>();
  for (const [i, { of }] of poles.entries()) {
    const piece = pieces.ofPole(i);
    const id = given[of]?.id ?? '';
    if (!pieces.sizes.has(piece)) {
      remarks.gather('pole-not-joined', 'poles are joined by no street and no span and take no address', id);
    } else if (piece !== reached) {
      const ids = idsOf.get(piece);
      if (ids) ids.push(id);
      else idsOf.set(piece, [id]);
    }
  }
  const apart = [...pieces.sizes].filter(([piece]) => piece !== reached);
  apart.sort(([a, { metres: one }], [b, { metres: other }]) => other - one || a - b);
  for (const [piece, { metres, node }] of apart) {
    const ids = idsOf.get(piece) ?? [];
    remarks.add({
      code: 'piece-not-reached',
      message: `a piece of the network, ${Math.round(metres)} m with ${ids.length} poles, is not joined to the feed: nothing is planned in it`,
      count: apart.length,
      ids,
      metres,
      at: nodes.position(node),
    });
  }
}
