import type { BoundingBox, Position } from './geometry.ts';

/** A rule of a plan that is a number. */
export interface PlanRuleRange {
  least: number;
  most: number;
  default: number;
  /** Only whole numbers. */
  isWhole?: true;
}

/**
 * The rules of a plan that are numbers, by name, with what they may be. A name ends with the unit. `splitterLossDb` has the default
 * of 32 ports; it may be left out for 32 and for 64. With `leastPoleGapMetres`, three poles or more in a row that are nearer to each
 * other are posts and left out, and of two the first is taken.
 */
export const PLAN_RULES = {
  longestDropMetres: { least: 1, most: 500, default: 60 },
  longestSpanMetres: { least: 1, most: 500, default: 60 },
  longestLateralMetres: { least: 0, most: 200, default: 30 },
  corridorMetres: { least: 0, most: 500, default: 25 },
  leastPoleGapMetres: { least: 0, most: 50, default: 0 },
  splitterPorts: { least: 2, most: 256, default: 32, isWhole: true },
  sparePortsPercent: { least: 0, most: 90, default: 20 },
  splitterLossDb: { least: 0, most: 40, default: 17.5 },
  terminalPorts: { least: 1, most: 96, default: 16, isWhole: true },
  spareFibresPercent: { least: 0, most: 200, default: 20 },
  routeSlackPercent: { least: 0, most: 100, default: 5 },
  closureSlackMetres: { least: 0, most: 100, default: 6 },
  dropSlackMetres: { least: 0, most: 100, default: 5 },
  longestDetour: { least: 1, most: 100, default: 2 },
  lossLimitDb: { least: 1, most: 60, default: 28 },
  lossMarginDb: { least: 0, most: 30, default: 3 },
  newTerminalMetres: { least: 0, most: 10_000, default: 30 },
} as const satisfies Record<string, PlanRuleRange>;
export type PlanRuleName = keyof typeof PLAN_RULES;

/** The loss of splitters by their ports, as data sheets have it. That of others must be given. */
export const PLAN_SPLITTER_LOSS_DB: Readonly<Record<number, number>> = { 32: 17.5, 64: 21.5 };

/** The ways that cables may take: along streets and pole lines, along streets alone, or along pole lines alone. */
export const PLAN_WAYS = ['any', 'street', 'aerial'] as const;
/** Fibres of the cables that can be bought. */
export const PLAN_CABLE_SIZES: readonly number[] = [12, 24, 48, 96, 144, 288];

export type PlanAreaRules = { [Name in PlanRuleName]?: number } & {
  ways?: (typeof PLAN_WAYS)[number];
  /** False: no drop crosses the centre line of a street. Default true. */
  crossStreets?: boolean;
  cableSizes?: number[];
  /** Poles with one of these values are not used: posts, lamps, poles of another owner. */
  leaveOutPoles?: PolesToLeaveOut;
};

export interface PolesToLeaveOut {
  property: string;
  values: (string | number | boolean)[];
}

/** A drawn area, as GeoJSON. */
export type PlanAreaShape =
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] };

/** The price of one unit of an item. The bill of a plan has the names of the items. */
export interface PlanPrice {
  item: string;
  price: number;
}

export interface PlanAreaParams {
  /** 'design/NAME': the design to plan in. */
  design: string;
  /** The addresses to serve: those in the area of the design (default), all, or those in a shape. */
  area?: 'design' | 'all' | PlanAreaShape;
  /** All fibres come from here. Left out: a frame that is there already, or the middle of the addresses. */
  feed?: Position;
  rules?: PlanAreaRules;
  prices?: PlanPrice[];
  /** In place of `prices`: the text of a file of CSV or JSON, with items, prices, and units and currencies where it has them. */
  priceList?: PriceListFile;
  /** A word for the sums, such as 'EUR'. Left out: that of the price list. */
  currency?: string;
}

export interface PriceListFile {
  /** Messages call the list by this name. */
  name?: string;
  text: string;
}

export interface PlanBillLine {
  /** 'cable-48', 'drop-cable', 'splitter-32', 'terminal-16', 'handhole', 'closure', 'splice' ... */
  item: string;
  unit: 'piece' | 'metre';
  /** The quantity to buy: metres have their slack. */
  quantity: number;
  /** The price of one unit; left out where the price list has none. */
  price?: number;
  cost?: number;
}

export interface PlanBill {
  lines: PlanBillLine[];
  /** The sum of what has a price; left out where no price list was given. */
  total?: number;
  currency?: string;
  /** Items that the price list does not have. */
  missing: string[];
}

/** Something about the data that the user should know. */
export interface PlanAreaRemark {
  code: string;
  /** English: what was found, and what the plan did about it. */
  message: string;
  /** The number of them. */
  count: number;
  /** URNs of the first of them. */
  ids: string[];
  metres?: number;
  at?: Position;
}

export interface PlanAreaFigures {
  /** That were to be served. */
  addresses: number;
  /** On ports of splitters that were there already. */
  reused: number;
  terminals: number;
  poleTerminals: number;
  splitters: number;
  routeMetres: number;
  distributionMetres: number;
  feederMetres: number;
  dropMetres: number;
  medianDropMetres: number;
  longestDropMetres: number;
  /** Drops that cross the centre line of a street. */
  crossings: number;
  /** All cable for each served address, without slack. */
  metresPerAddress: number;
  /** The lightest tree of routes that was found without the rule of detours, and what no tree can be lighter than. */
  leastRouteMetres: number;
  boundMetres: number;
  longestDetour: number;
  largestLossDb: number;
  /** Addresses whose loss is within the limit less the margin. */
  withinBudget: number;
}

export interface PlanAreaResult {
  design: string;
  /** Encloses everything that the task built; null where it built nothing. */
  bbox: BoundingBox | null;
  served: number;
  unserved: number;
  figures: PlanAreaFigures;
  bill: PlanBill;
  remarks: PlanAreaRemark[];
}
