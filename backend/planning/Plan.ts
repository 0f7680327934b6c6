import type { Position } from '../../src/contract/index.ts';
import type { PlanAreaFigures } from '../../src/contract/planArea.ts';
import type { PlanRemark } from './Remarks.ts';
import type { RouteKind } from './routes/RouteNet.ts';
import type { PlanRules } from './rules.ts';

/** Numbers in a plan are places in its lists, from 0; ports and fibres are numbered from 1, as on the equipment. */
export interface Plan {
  rules: PlanRules;
  /** The node that all fibres come from; undefined where nothing is built. */
  feed: number | undefined;
  nodes: PlanNode[];
  /** One tree, seen from the feed: `from` is nearer to it than `to`, and comes earlier in the list. */
  routes: PlanRoute[];
  terminals: PlanTerminal[];
  splitters: PlanSplitter[];
  cables: PlanCable[];
  splices: PlanSplice[];
  served: ServedAddress[];
  unserved: Unserved[];
  remarks: PlanRemark[];
  bill: BillLine[];
  summary: PlanSummary;
}

export interface PlanNode {
  position: Position;
  /** The id of the pole that it is; left out: a point of a street, or the feed. */
  pole?: string;
}

export interface PlanRoute {
  from: number;
  to: number;
  kind: RouteKind;
  /** The id of the street that it is a piece of. */
  street?: string;
  /** Along the geodesic. */
  metres: number;
}

export interface PlanTerminal {
  node: number;
  ports: number;
  used: number;
}

/** One fibre of a cable. */
export interface Fibre {
  cable: number;
  fibre: number;
}

export interface PlanSplitter {
  /** Left out where a splitter that is there already is fed already. */
  node?: number;
  ports: number;
  /** The ports that the plan uses; of a splitter that is there already, only those. */
  used: number;
  /** The id of a splitter that is there already. */
  existing?: string;
  /** The fibres from the feed to its input, in order. Empty: it is at the feed, or fed already. */
  way: Fibre[];
}

export interface PlanCable {
  /** A feeder goes from the feed to splitters, a distribution cable from splitters to terminals. */
  kind: 'feeder' | 'distribution';
  size: number;
  /** Fibres in use are 1 to `used`. */
  used: number;
  /** From the end that is nearer to the feed. */
  nodes: number[];
  routes: number[];
  /** Along the routes. */
  metres: number;
  /** The plan adds this for sag and for closures. */
  slackMetres: number;
}

/** Two fibres that are one at a node. */
export interface PlanSplice {
  node: number;
  from: Fibre;
  to: Fibre;
}

/** A way from a splitter to a terminal over free fibres, all of which are there already. */
export interface ExistingWay {
  /** The ids of the terminal and of the cables, from the splitter on. */
  terminal: string;
  port: number;
  cables: readonly string[];
}

export interface ServedAddress {
  address: string;
  /** Null: its drop begins at a splitter that was there already, or at a terminal that was, see `over`. */
  terminal: number | null;
  over?: ExistingWay;
  terminalPort: number | null;
  splitter: number;
  splitterPort: number;
  /** The fibres from the splitter to the terminal, in order. Empty: the two are at one node. */
  way: Fibre[];
  dropMetres: number;
  crossesStreet: boolean;
  /** From the feed over the splitter to the terminal, and the shortest that there is. Null: the way of a splitter that is there is not known. */
  wayMetres: number | null;
  shortestMetres: number | null;
  lossDb: number | null;
}

export interface Unserved {
  address: string;
  reason: 'no-position' | 'out-of-reach' | 'piece-not-reached' | 'far-from-feed' | 'no-network';
  /** To the nearest point that the feed reaches; null where there is none. */
  metres: number | null;
}

/** A line of the bill of materials. */
export interface BillLine {
  /** A price list calls it by this name: 'cable-48', 'drop-cable', 'splitter-32', 'terminal-16', 'closure', 'splice', 'pole-span' ... */
  item: string;
  unit: 'piece' | 'metre';
  /** The quantity to buy: metres have their slack. */
  quantity: number;
}

export interface PlanSummary extends PlanAreaFigures {
  served: number;
}
