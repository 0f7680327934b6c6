// The answers of `GET /features/{table}/{id}/trace` and of `GET /features/{table}/{id}/related` have these types: they say
// where the fibres of a feature go, and what it is connected to.
import type { Position } from './geometry.ts';

/** A port of equipment, or a fibre at one end of a cable segment. */
export interface TracePin {
  side: 'in' | 'out';
  /** From 1. */
  pin: number;
}

/** A record as a list shows it. */
export interface NetworkPlace {
  /** 'table/number'. */
  urn: string;
  table: string;
  /** An address has its street and number here. Left out where the record has no name. */
  name?: string;
  /** Left out where the record is no point. */
  position?: Position;
}

/** Equipment that a line passes: an ONT, a terminal, a splitter, the feed. */
export interface TraceEquipment extends NetworkPlace {
  kind: 'equipment';
  /** The pole, handhole or wall box that it is in. */
  at?: NetworkPlace;
  /** The pin on the side of the address; left out where the line begins. */
  enters?: TracePin;
  /** The pin on the side of the feed; left out where the line ends. */
  leaves?: TracePin;
  /** As its record has it (`loss_db`). */
  lossDb?: number;
}

/** One fibre of a cable, over the segments that the line passes. */
export interface TraceCable extends Omit<NetworkPlace, 'position'> {
  kind: 'cable';
  /** 'feeder', 'distribution' or 'drop', where the record says it. */
  cableKind?: string;
  fibre: number;
  fibreCount?: number;
  /** The URNs of the segments, from the address towards the feed. */
  segments: string[];
  lengthMetres: number;
  /** From the address towards the feed: the lines of the routes, one where they follow one another. */
  path: Position[][];
}

/** A connection: a splice where it joins two cables, otherwise a patch at a port. */
export interface TraceJoint {
  kind: 'joint';
  urn: string;
  splice: boolean;
  at?: NetworkPlace;
  lossDb?: number;
}

export type TraceStep = TraceEquipment | TraceCable | TraceJoint;

/**
 * Why a line ends where it does. 'feed': at a feed. 'splitter': at a splitter whose input has no fibre yet. 'open': at a
 * fibre or port that nothing is connected to, or that is connected to what is not there. 'loop': the line comes back to where it
 * was. 'limit': it has more steps than are followed.
 */
export type TraceEnd = 'feed' | 'splitter' | 'open' | 'loop' | 'limit';

/** One fibre's way from the feature to the feed. */
export interface TraceLine {
  /** The wall box's address; left out where the line does not begin at one. */
  address?: NetworkPlace;
  /** From the address to the feed. */
  steps: TraceStep[];
  ends: TraceEnd;
  /** The cables together. */
  lengthMetres: number;
  /** From the feed to the address in dB, as its wall box has it. */
  lossDb?: number;
}

export interface NetworkTrace {
  urn: string;
  /** 'design/NAME', or null: master. */
  design: string | null;
  /** Empty where nothing is connected. */
  lines: TraceLine[];
  /** There are more than are listed. */
  truncated: boolean;
}

/** A pin at the other end of a connection. */
export interface PortPeer extends NetworkPlace, TracePin {}

export interface PortUse extends TracePin {
  /** Left out where the port is free. */
  peer?: PortPeer;
  /** Where the fibre ends: the ONT of a customer, the next splitter, the feed. Left out where it ends open. */
  end?: NetworkPlace;
  /** The customer's. */
  address?: NetworkPlace;
  /** The way from the port to where the fibre ends. */
  lengthMetres?: number;
}

export interface FibreUse {
  fibre: number;
  /** Where something is connected to the fibre, from the cable's start to its end. Empty: it is free. */
  joints: { at?: NetworkPlace; peer: PortPeer }[];
}

export interface CableUse extends Omit<NetworkPlace, 'position'> {
  cableKind?: string;
  fibreCount: number;
  fibresUsed: number;
  lengthMetres: number;
  /** Left out where the record does not say it. */
  slackMetres?: number;
}

export interface CableDetails extends CableUse {
  /** From the cable's start to its end. */
  path: Position[][];
  segments: { urn: string; route?: string; lengthMetres: number }[];
  /** The structures at its start and at its end. */
  from?: NetworkPlace;
  to?: NetworkPlace;
  fibres: FibreUse[];
}

export interface NetworkRelations {
  urn: string;
  /** 'design/NAME', or null: master. */
  design: string | null;
  /** Its housings, the nearest first. */
  housedIn: NetworkPlace[];
  /** The equipment in it, at any depth. */
  houses: (NetworkPlace & { housing: string })[];
  /** A splitter, a terminal, an ONT and a feed have ports. */
  ports: PortUse[];
  /** Those that end or pass at a structure, or lie in a route. */
  cables: CableUse[];
  /** The routes at a structure. */
  routes: { urn: string; table: string; kind?: string; lengthMetres: number; to?: NetworkPlace }[];
  /** A cable has this, and a segment has its cable's. */
  cable?: CableDetails;
  /** The addresses whose lines go through it, or through what is in it. */
  addresses: NetworkPlace[];
  /** There is more than is listed. */
  truncated: boolean;
}
