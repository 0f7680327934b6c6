import type { ParameterProblem } from '../../src/contract/index.ts';
import {
  PLAN_CABLE_SIZES,
  PLAN_RULES,
  PLAN_SPLITTER_LOSS_DB,
  PLAN_WAYS,
  type PlanRuleName,
  type PlanRuleRange,
} from '../../src/contract/planArea.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';

/** A plan keeps these rules. Lengths are metres, losses are dB. */
export interface PlanRules {
  /** The longest drop: from a terminal to an address. */
  longestDrop: number;
  /** The longest span between two poles. */
  longestSpan: number;
  /** A pole joins the nearest street that is not farther than this. */
  longestLateral: number;
  /** A span stays this near to a street, where there are streets. */
  corridor: number;
  /** Three poles or more in a row that are nearer to each other are posts, and none counts; of two the first one counts. 0: all count. */
  poleGap: number;
  /** 'any': along streets and pole lines; 'street': along streets alone, from street-side terminals; 'aerial': along pole lines alone. */
  ways: 'any' | 'street' | 'aerial';
  /** False: no drop crosses the centre line of a street. */
  crossStreets: boolean;
  splitterPorts: number;
  /** The share of a splitter's ports that stays free, from 0 to 0.9. */
  sparePorts: number;
  splitterLoss: number;
  terminalPorts: number;
  /** Fibres of the cables that can be bought, from small to large. */
  cableSizes: readonly number[];
  /** The spare fibres as a share of the used ones, from 0 to 2. */
  spareFibres: number;
  /** A share of the length of each cable along a route, for its sag. */
  routeSlack: number;
  /** At each end of a cable. */
  closureSlack: number;
  dropSlack: number;
  /** No way to the feed is longer than this many times the shortest one. */
  detour: number;
  lossLimit: number;
  lossMargin: number;
  /** The price of a new terminal in metres of drop: a higher one makes fewer terminals and longer drops. */
  terminalMetres: number;
}

type NumberRule = { [K in keyof PlanRules]: PlanRules[K] extends number ? K : never }[keyof PlanRules];

/** By rule: its param, which has the range and the default, and how many of the param's units are one of the rule's. */
export const RULE_PARAMS: Record<NumberRule, readonly [param: PlanRuleName, units: number]> = {
  longestDrop: ['longestDropMetres', 1],
  longestSpan: ['longestSpanMetres', 1],
  longestLateral: ['longestLateralMetres', 1],
  corridor: ['corridorMetres', 1],
  poleGap: ['leastPoleGapMetres', 1],
  splitterPorts: ['splitterPorts', 1],
  sparePorts: ['sparePortsPercent', 100],
  splitterLoss: ['splitterLossDb', 1],
  terminalPorts: ['terminalPorts', 1],
  spareFibres: ['spareFibresPercent', 100],
  routeSlack: ['routeSlackPercent', 100],
  closureSlack: ['closureSlackMetres', 1],
  dropSlack: ['dropSlackMetres', 1],
  detour: ['longestDetour', 1],
  lossLimit: ['lossLimitDb', 1],
  lossMargin: ['lossMarginDb', 1],
  terminalMetres: ['newTerminalMetres', 1],
};

const usual = (name: NumberRule): number => {
  const [param, units] = RULE_PARAMS[name];
  return PLAN_RULES[param].default / units;
};

/**
 * The longest drop and span are those of an installer's guide (Actiontec V2000H) and of IEC TR 62901. The limit of the loss is class
 * B+ of ITU-T G.984.2, and the loss of a splitter is that of data sheets of planar splitters. Cable sizes and slack are what makers
 * of cables recommend. The other values are our choice.
 */
export const DEFAULT_RULES: PlanRules = {
  longestDrop: usual('longestDrop'),
  longestSpan: usual('longestSpan'),
  longestLateral: usual('longestLateral'),
  corridor: usual('corridor'),
  poleGap: usual('poleGap'),
  ways: 'any',
  crossStreets: true,
  splitterPorts: usual('splitterPorts'),
  sparePorts: usual('sparePorts'),
  splitterLoss: usual('splitterLoss'),
  terminalPorts: usual('terminalPorts'),
  cableSizes: PLAN_CABLE_SIZES,
  spareFibres: usual('spareFibres'),
  routeSlack: usual('routeSlack'),
  closureSlack: usual('closureSlack'),
  dropSlack: usual('dropSlack'),
  detour: usual('detour'),
  lossLimit: usual('lossLimit'),
  lossMargin: usual('lossMargin'),
  terminalMetres: usual('terminalMetres'),
};

const MAX_SIZES = 50;
const LARGEST_CABLE = 6_912;

/** Completes the rules by the defaults. Throws a TaskRefusal 'invalid-params' that names the param of each rule that cannot be kept. */
export function completeRules(given: Partial<PlanRules> = {}): PlanRules {
  const rules: PlanRules = { ...DEFAULT_RULES };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && name in DEFAULT_RULES) Object.assign(rules, { [name]: value });
  }
  if (given.splitterLoss === undefined)
    rules.splitterLoss = PLAN_SPLITTER_LOSS_DB[rules.splitterPorts] ?? Number.NaN;
  const problems = [...rangeProblems(rules), ...sizeProblems(rules), ...contradictions(rules)];
  if (problems.length > 0) {
    const message = problems.map(({ parameter, message }) => `${parameter}: ${message}`).join('; ');
    throw new TaskRefusal({ code: 'invalid-params', message: `${message}.`, parameters: problems });
  }
  return { ...rules, cableSizes: [...rules.cableSizes].sort((a, b) => a - b) };
}

/** Returns how many ports of a splitter a plan may use. */
export function usablePorts({ splitterPorts, sparePorts }: PlanRules): number {
  // 32 less 20 % is 25.6, which a double may hold as a little less than a whole number elsewhere.
  return Math.floor(splitterPorts * (1 - sparePorts) + 1e-9);
}

function rangeProblems(rules: PlanRules): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  for (const [name, [parameter, units]] of Object.entries(RULE_PARAMS)) {
    const { least, most, isWhole }: PlanRuleRange = PLAN_RULES[parameter];
    const value: unknown = Reflect.get(rules, name);
    if (name === 'splitterLoss' && Number.isNaN(value)) {
      const known = Object.keys(PLAN_SPLITTER_LOSS_DB).join(' and ');
      const message = `is not known for ${rules.splitterPorts} ports: give it in dB (it is known for ${known})`;
      problems.push({ parameter, code: 'missing', message });
      continue;
    }
    const given = typeof value === 'number' ? value * units : value;
    // 90 % is 0.9 to the planner, and 100 times that may be a little more.
    const isInRange = typeof given === 'number' && given >= least - 1e-9 && given <= most + 1e-9;
    if (isInRange && (!isWhole || Number.isInteger(given))) continue;
    const message = `must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not ${given}`;
    problems.push({ parameter, code: isInRange ? 'wrong-type' : 'out-of-range', message });
  }
  if (typeof rules.crossStreets !== 'boolean') {
    const message = `must be true or false, not ${rules.crossStreets}`;
    problems.push({ parameter: 'crossStreets', code: 'wrong-type', message });
  }
  if (!PLAN_WAYS.includes(rules.ways)) {
    problems.push({
      parameter: 'ways',
      code: 'out-of-range',
      message: `must be 'any', 'street' or 'aerial', not ${rules.ways}`,
    });
  }
  return problems;
}

function sizeProblems({ cableSizes }: PlanRules): ParameterProblem[] {
  const sizes: unknown = cableSizes;
  const isSize = (size: unknown) =>
    typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= LARGEST_CABLE;
  if (Array.isArray(sizes) && sizes.length > 0 && sizes.length <= MAX_SIZES && sizes.every(isSize)) {
    if (new Set(sizes).size === sizes.length) return [];
    return [{ parameter: 'cableSizes', code: 'out-of-range', message: 'has a size twice: name each once' }];
  }
  const message = `must be 1 to ${MAX_SIZES} whole numbers of fibres, each from 1 to ${LARGEST_CABLE}`;
  return [{ parameter: 'cableSizes', code: 'out-of-range', message }];
}

function contradictions(rules: PlanRules): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  if (usablePorts(rules) < 1) {
    const message = `leaves no port of ${rules.splitterPorts} to use: lower it or take a larger splitter`;
    problems.push({ parameter: 'sparePortsPercent', code: 'contradiction', message });
  }
  if (rules.lossLimit - rules.lossMargin <= rules.splitterLoss) {
    const message = `a splitter alone loses ${rules.splitterLoss} dB, and ${rules.lossLimit} less ${rules.lossMargin} dB of margin does not exceed that`;
    problems.push({
      parameter: 'lossLimitDb',
      code: 'contradiction',
      message: `${message}: raise the limit or lower the margin`,
    });
  }
  return problems;
}
