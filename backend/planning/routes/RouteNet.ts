import type { Position } from '../../../src/contract/index.ts';

export type RouteKind = 'street' | 'lateral' | 'span';

/** Everything that the feed reaches, as a graph: nodes are joined by straight edges. */
export interface RouteNet {
  positions: readonly Position[];
  /** The pole of a node as its number in the input; -1: the node is no pole. */
  poleOf: Int32Array;
  /** Edges. */
  from: Int32Array;
  to: Int32Array;
  kind: readonly RouteKind[];
  /** The street of an edge as its number in the input; -1: a lateral or a span. */
  streetOf: Int32Array;
  /** Along the geodesic. */
  metres: Float64Array;
  feed: number;
}

/** A place that a terminal can have: a pole of the ground, or a foot on a street. */
export type Place = { pole: number } | { segment: number; t: number };
