import type { ParameterProblem } from '../../src/contract/index.ts';
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

/**
 * The longest drop and span are those of an installer's guide (Actiontec V2000H) and of IEC TR 62901. The limit of the loss is class
 * B+ of ITU-T G.984.2, and the loss of a splitter is that of data sheets of planar splitters. Cable sizes and slack are what makers
 * of cables recommend. The other values are our choice.
 */
export const DEFAULT_RULES: PlanRules = {
  longestDrop: 60,
  longestSpan: 60,
  longestLateral: 30,
  corridor: 25,
  ways: 'any',
  crossStreets: true,
  splitterPorts: 32,
  sparePorts: 0.2,
  splitterLoss: 17.5,
  terminalPorts: 16,
  cableSizes: [12, 24, 48, 96, 144, 288],
  spareFibres: 0.2,
  routeSlack: 0.05,
  closureSlack: 6,
  dropSlack: 5,
  detour: 2,
  lossLimit: 28,
  lossMargin: 3,
  terminalMetres: 30,
};

/** The loss of the splitters that data sheets have; another number of ports needs its loss as a rule. */
export const SPLITTER_LOSS: Readonly<Record<number, number>> = { 32: 17.5, 64: 21.5 };

type NumberRule = { [K in keyof PlanRules]: PlanRules[K] extends number ? K : never }[keyof PlanRules];

/** The least and the largest value that is not a mistake. */
const RANGES: Record<NumberRule, readonly [least: number, most: number]> = {
  longestDrop: [1, 500],
  longestSpan: [1, 500],
  longestLateral: [0, 200],
  corridor: [0, 500],
  splitterPorts: [2, 256],
  sparePorts: [0, 0.9],
  splitterLoss: [0, 40],
  terminalPorts: [1, 96],
  spareFibres: [0, 2],
  routeSlack: [0, 1],
  closureSlack: [0, 100],
  dropSlack: [0, 100],
  detour: [1, 100],
  lossLimit: [1, 60],
  lossMargin: [0, 30],
  terminalMetres: [0, 10_000],
};
const WHOLE: readonly NumberRule[] = ['splitterPorts', 'terminalPorts'];
const WAYS: readonly unknown[] = ['any', 'street', 'aerial'];
const MAX_SIZES = 50;
const LARGEST_CABLE = 6_912;

/** Completes the rules by the defaults. Throws a TaskRefusal 'invalid-params' that names each rule that cannot be kept. */
export function completeRules(given: Partial<PlanRules> = {}): PlanRules {
  const rules: PlanRules = { ...DEFAULT_RULES };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && name in DEFAULT_RULES) Object.assign(rules, { [name]: value });
  }
  if (given.splitterLoss === undefined) rules.splitterLoss = SPLITTER_LOSS[rules.splitterPorts] ?? Number.NaN;
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
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value: unknown = Reflect.get(rules, name);
    if (name === 'splitterLoss' && Number.isNaN(value)) {
      const known = Object.keys(SPLITTER_LOSS).join(' and ');
      const message = `is not known for ${rules.splitterPorts} ports: give it in dB (it is known for ${known})`;
      problems.push({ parameter: name, code: 'missing', message });
    } else if (typeof value !== 'number' || !(value >= least && value <= most)) {
      problems.push({
        parameter: name,
        code: 'out-of-range',
        message: `must be a number from ${least} to ${most}, not ${value}`,
      });
    } else if (WHOLE.some((whole) => whole === name) && !Number.isInteger(value)) {
      problems.push({ parameter: name, code: 'wrong-type', message: `must be a whole number, not ${value}` });
    }
  }
  if (typeof rules.crossStreets !== 'boolean') {
    const message = `must be true or false, not ${rules.crossStreets}`;
    problems.push({ parameter: 'crossStreets', code: 'wrong-type', message });
  }
  if (!WAYS.includes(rules.ways)) {
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
    problems.push({ parameter: 'sparePorts', code: 'contradiction', message });
  }
  if (rules.lossLimit - rules.lossMargin <= rules.splitterLoss) {
    const message = `a splitter alone loses ${rules.splitterLoss} dB, and ${rules.lossLimit} less ${rules.lossMargin} dB of margin does not exceed that`;
    problems.push({
      parameter: 'lossLimit',
      code: 'contradiction',
      message: `${message}: raise the limit or lower the margin`,
    });
  }
  return problems;
}
