import type { Position } from '../../src/contract/index.ts';
import type { PlanRules } from './rules.ts';

/** An address or a pole. Its id is unique among those of its kind, for example the URN of its record. */
export interface PlacedPoint {
  id: string;
  position: Position;
}

/**
 * A street as data have it: the coordinates of a LineString or of a MultiLineString. The plan leaves out
 * whatever is no line, and says so in its remarks.
 */
export interface StreetLine {
  id: string;
  coordinates: readonly Position[] | readonly (readonly Position[])[];
}

/** A splitter that is there already and has free ports. It is used before a new one is planned. */
export interface ExistingSplitter {
  id: string;
  position: Position;
  /** The pole that it hangs on. A splitter that is not fed is used only where its pole or its position is on a way to the feed. */
  pole?: string;
  /** All ports that it has, which its loss depends on. Default: as a new splitter. */
  ports?: number;
  /** If it is fed, it is so many metres from the feed. Left out: nobody knows. */
  wayMetres?: number;
  /** The numbers of its free ports. */
  freePorts: readonly number[];
  /** False: its input has no fibre from the feed yet, so the plan brings one. */
  fed: boolean;
}

/** A terminal that is there already and has free ports, to which free fibres lead from splitters that have free ports. */
export interface ExistingTerminal {
  id: string;
  position: Position;
  freePorts: readonly number[];
  /** The splitters that can feed it, the nearest first, each with the cables on the way and their metres. */
  lines: readonly { splitter: string; cables: readonly string[]; metres: number }[];
}

export interface PlanInput {
  /** The addresses to serve: without those that have a connection already. */
  addresses: readonly PlacedPoint[];
  poles: readonly PlacedPoint[];
  streets: readonly StreetLine[];
  /** All fibres come from here. Left out: the point of the network that is nearest to the middle of the addresses. */
  feed?: Position;
  splitters?: readonly ExistingSplitter[];
  terminals?: readonly ExistingTerminal[];
  /** By cable of the lines of `terminals`: how many of its fibres are free. */
  freeFibres?: ReadonlyMap<string, number>;
  rules?: Partial<PlanRules>;
}
