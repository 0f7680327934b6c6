import type { Position } from '../../../src/contract/index.ts';
import type { Nodes } from './Nodes.ts';
import type { Pole } from './poleNet.ts';
import type { Foot, SegmentGrid } from './SegmentGrid.ts';
import type { StreetNet } from './streetNet.ts';

/** The point of the network that the feed joins: a foot on a street, or the place of a pole in `poles`. */
export type FeedJoin = { foot: Foot } | { pole: number };

/** The point that all fibres come from. */
export interface Feed {
  join: FeedJoin;
  /** The feed itself, where a lateral leads from it to the network. Left out: the feed is at the point that it joins. */
  position?: Position;
}

/** The streets and poles that a network can be built on, and which of them the feed reaches. */
export interface Ground {
  nodes: Nodes;
  streets: StreetNet;
  grid: SegmentGrid;
  poles: readonly Pole[];
  spans: readonly (readonly [a: number, b: number])[];
  feed: Feed;
  /** Says whether the segment is on a way to the feed. */
  isReachedSegment(segment: number): boolean;
  isReachedPole(pole: number): boolean;
}
