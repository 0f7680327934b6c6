import * as z from 'zod';
import type { Position } from '../../../src/contract/index.ts';
import {
  PLAN_RULES,
  PLAN_WAYS,
  type PlanAreaParams,
  type PlanRuleRange,
} from '../../../src/contract/planArea.ts';
import { describePriceProblem, MOST_PRICES, readPriceList } from '../../../src/contract/priceList.ts';
import { designParam } from '../design.ts';
import { ruleProblems } from './rulesOf.ts';

const MAX_POSITIONS = 20_000;
const MAX_LIST = 1_000_000;
const MAX_PRICE = 1e9;
const MAX_SIZES = 50;
const MAX_VALUES = 100;
const MOST_SHOWN = 60;

const DESCRIPTIONS: Record<keyof typeof PLAN_RULES, string> = {
  longestDropMetres: 'The longest drop, from a terminal to an address, in metres',
  longestSpanMetres: 'The longest span between two poles, in metres',
  longestLateralMetres: 'A pole joins the nearest street that is not farther than this, in metres',
  corridorMetres: 'A span stays this near to a street, in metres',
  leastPoleGapMetres:
    'Three poles or more in a row that are nearer to each other than this, in metres, are posts and left out; of two the first is taken',
  splitterPorts: 'The ports of a splitter',
  sparePortsPercent: 'The share of the ports of each new splitter that stays free, in percent',
  splitterLossDb: 'The loss of a splitter in dB; known for 32 and 64 ports',
  terminalPorts: 'The ports of a terminal',
  spareFibresPercent: 'Spare fibres, in percent of those in use',
  routeSlackPercent: 'Cable that is bought for its sag, in percent of its length',
  closureSlackMetres: 'Cable that is bought for each of its ends, in metres',
  dropSlackMetres: 'Cable that is bought for each drop beside its length, in metres',
  longestDetour: 'No way to the feed is longer than this many times the shortest one',
  lossLimitDb: 'The loss that the equipment bears, in dB',
  lossMarginDb: 'The part of that limit which stays free, in dB',
  newTerminalMetres:
    'The price of a new terminal in metres of drop: a higher one makes fewer terminals and longer drops',
};

/** The start of what was given in place of a number: it may be a megabyte. */
function shown(input: unknown): string {
  const text = JSON.stringify(input) ?? 'missing';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
}

function numberRule(name: keyof typeof PLAN_RULES) {
  const { least, most, default: usual, isWhole }: PlanRuleRange = PLAN_RULES[name];
  const error = ({ input }: { input?: unknown }) =>
    `must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not ${shown(input)}`;
  return (isWhole ? z.int({ error }) : z.number({ error }))
    .min(least, { error })
    .max(most, { error })
    .optional()
    .describe(`${DESCRIPTIONS[name]}; default ${usual}`);
}

const rules = z
  .strictObject({
    longestDropMetres: numberRule('longestDropMetres'),
    longestSpanMetres: numberRule('longestSpanMetres'),
    longestLateralMetres: numberRule('longestLateralMetres'),
    corridorMetres: numberRule('corridorMetres'),
    leastPoleGapMetres: numberRule('leastPoleGapMetres'),
    splitterPorts: numberRule('splitterPorts'),
    sparePortsPercent: numberRule('sparePortsPercent'),
    splitterLossDb: numberRule('splitterLossDb'),
    terminalPorts: numberRule('terminalPorts'),
    spareFibresPercent: numberRule('spareFibresPercent'),
    routeSlackPercent: numberRule('routeSlackPercent'),
    closureSlackMetres: numberRule('closureSlackMetres'),
    dropSlackMetres: numberRule('dropSlackMetres'),
    longestDetour: numberRule('longestDetour'),
    lossLimitDb: numberRule('lossLimitDb'),
    lossMarginDb: numberRule('lossMarginDb'),
    newTerminalMetres: numberRule('newTerminalMetres'),
    ways: z
      .enum(PLAN_WAYS)
      .optional()
      .describe(
        "'any': along streets and pole lines; 'street': along streets alone; 'aerial': along pole lines alone",
      ),
    crossStreets: z.boolean().optional().describe('False: no drop crosses the centre line of a street'),
    cableSizes: z
      .array(z.int().min(1).max(6_912))
      .min(1)
      .max(MAX_SIZES)
      .optional()
      .describe('Fibres of the cables that can be bought'),
    leaveOutPoles: z
      .strictObject({
        property: z.string().trim().min(1).max(100),
        values: z
          .array(z.union([z.string().trim().max(200), z.number(), z.boolean()]))
          .min(1)
          .max(MAX_VALUES),
      })
      .optional()
      .describe('Poles with one of these values are not used'),
  })
  .superRefine((given, context) => {
    // A rule that is out of its range was said already.
    if (context.issues.length > 0) return;
    for (const { parameter, message } of ruleProblems(given))
      context.addIssue({ code: 'custom', path: [parameter], message });
  });

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number())
  .transform((given): Position => given);
const ring = z
  .array(position)
  .min(4, { error: 'a ring has 4 positions at least, the last one as the first' });
// GeoJSON may have a box and members of others beside these.
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) });
const multiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ring).min(1)).min(1),
});
const shape = z
  .discriminatedUnion('type', [polygon, multiPolygon])
  .superRefine(({ coordinates }, context) => {
    const positions = coordinates.flat(2).length;
    if (positions <= MAX_POSITIONS) return;
    const message = `has ${positions} positions and may have ${MAX_POSITIONS}: simplify the shape`;
    context.addIssue({ code: 'custom', path: ['coordinates'], message });
  });

const price = z.number({
  error: ({ input }) => `must be a number without a currency, such as 1.25, not ${shown(input)}`,
});
const prices = z
  .array(
    z.strictObject({
      item: z.string().trim().min(1).max(100),
      price: price.min(0).max(MAX_PRICE),
    }),
  )
  .max(MOST_PRICES, { error: `has more than ${MOST_PRICES} prices: leave out what no bill has` })
  .superRefine((list, context) => {
    const rows = new Map<string, number>();
    for (const [row, { item }] of list.entries()) {
      const before = rows.get(item);
      if (before === undefined) rows.set(item, row);
      else {
        const message = `'${item}' is in the list already, as entry ${before + 1}: name each item once`;
        context.addIssue({ code: 'custom', path: [row, 'item'], message });
      }
    }
  });

const priceList = z
  .strictObject({
    name: z.string().trim().min(1).max(200).default('the price list'),
    text: z.string().max(MAX_LIST, {
      error: `has more than ${MAX_LIST.toLocaleString('en')} characters: leave out what no bill has`,
    }),
  })
  .superRefine(({ name, text }, context) => {
    if (text.length > MAX_LIST) return;
    for (const problem of readPriceList(text).problems)
      context.addIssue({ code: 'custom', path: ['text'], message: describePriceProblem(problem, name) });
  });

const fields = z.strictObject({
  design: designParam,
  area: z
    .union([z.enum(['design', 'all']), shape], {
      error:
        "expected 'design', 'all', or a Polygon or MultiPolygon of GeoJSON in degrees, whose rings have 4 positions or more",
    })
    .default('design')
    .describe("The addresses to serve: 'design': those in the design's area; 'all'; or those in a shape"),
  feed: position.optional().describe('All fibres come from here: longitude and latitude in degrees'),
  rules: rules.default({}).describe('Those that are not the default'),
  prices: prices.optional().describe('What a unit of each item costs; the bill names those that are missing'),
  priceList: priceList.optional().describe('In place of prices: the text of a file of CSV or JSON'),
  currency: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .optional()
    .describe("A word for the sums, such as 'EUR'; default: that of the price list"),
});

/** Reads the params of plan_area_task as they come from outside. */
export const planAreaParams = fields.superRefine((given, context) => {
  if (given.prices && given.priceList) {
    const message = 'there are prices as well: give one of the two';
    context.addIssue({ code: 'custom', path: ['priceList'], message });
  }
}) satisfies z.ZodType<unknown, PlanAreaParams>;

export type PlanParams = z.output<typeof planAreaParams>;
