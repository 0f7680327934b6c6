import { describe, expect, it } from 'vitest';
import { planAreaParams } from '../../../../../backend/definitions/planArea/planAreaParams.ts';
import { rulesOf } from '../../../../../backend/definitions/planArea/rulesOf.ts';
import { completeRules, DEFAULT_RULES } from '../../../../../backend/planning/rules.ts';
import { PLAN_CABLE_SIZES, PLAN_RULES } from '../../../../../src/contract/planArea.ts';

const design = 'design/North';
const square = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];

function problemsOf(params: object): string[] {
  const read = planAreaParams.safeParse({ design, ...params });
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it('says the same defaults as the planner has', () => {
  const usual = Object.fromEntries(Object.entries(PLAN_RULES).map(([name, rule]) => [name, rule.default]));
  expect(completeRules(rulesOf(usual))).toEqual(DEFAULT_RULES);
  expect(PLAN_CABLE_SIZES).toEqual(DEFAULT_RULES.cableSizes);
  expect(planAreaParams.parse({ design })).toEqual({ design, area: 'design', rules: {} });
});

it('takes a drawn area, a feed with an altitude, rules and prices', () => {
  const params = {
    design,
    area: { type: 'MultiPolygon', coordinates: [[square]] },
    feed: [0.5, 0.5, 12],
    rules: { splitterPorts: 64, sparePortsPercent: 10, ways: 'street', cableSizes: [48, 12] },
    prices: [{ item: ' splice ', price: 2.5 }],
    currency: 'EUR',
  };
  expect(planAreaParams.parse(params)).toEqual({ ...params, prices: [{ item: 'splice', price: 2.5 }] });
});

it('takes a polygon as another program writes it, with a box', () => {
  const area = { type: 'Polygon', bbox: [0, 0, 1, 1], coordinates: [square] };
  expect(planAreaParams.parse({ design, area }).area).toEqual({ type: 'Polygon', coordinates: [square] });
});

describe('it refuses, and names the place and the fix:', () => {
  it.each([
    [{ rules: { longestDropMetres: '60' } }, /^rules.longestDropMetres: must be a number.* not "60"/],
    [{ rules: { longestDropMetres: 0 } }, /^rules.longestDropMetres: must be a number from 1 to 500, not 0/],
    [{ rules: { longestDrop: 60 } }, /^rules: .*longestDrop/],
    [
      { rules: { splitterPorts: 2.5 } },
      /^rules.splitterPorts: must be a whole number from 2 to 256, not 2.5/,
    ],
    [{ rules: { splitterPorts: 16 } }, /^rules.splitterLossDb: is not known for 16 ports: give it in dB/],
    [
      { rules: { splitterPorts: 2, sparePortsPercent: 90, splitterLossDb: 4 } },
      /^rules.sparePortsPercent: leaves no port/,
    ],
    [
      { rules: { lossLimitDb: 18, lossMarginDb: 3 } },
      /^rules.lossLimitDb: a splitter alone loses 17.5 dB.*raise the limit/,
    ],
    [{ rules: { cableSizes: [12, 12] } }, /^rules.cableSizes: has a size twice/],
    [
      { prices: [{ item: 'splice', price: '2,50 EUR' }] },
      /^prices.0.price: must be a number without a currency.*"2,50 EUR"/,
    ],
    [{ prices: [{ item: 'splice' }] }, /^prices.0.price: must be a number/],
    [
      {
        prices: [
          { item: 'a', price: 1 },
          { item: 'a', price: 2 },
        ],
      },
      /^prices.1.item: 'a' is in the list already, as entry 1/,
    ],
    [{ prices: [{ item: 'a', price: -1 }] }, /^prices.0.price/],
    [
      { rules: { sparePortsPercent: 100 } },
      /^rules.sparePortsPercent: must be a number from 0 to 90, not 100$/,
    ],
    [{ rules: { leaveOutPoles: { property: 'kind', values: [] } } }, /^rules.leaveOutPoles.values/],
    [
      { priceList: { name: 'prices.csv', text: 'item;price\nsplice;two' } },
      /^priceList.text: prices.csv, row 2: 'two' is no price of 0 or more: write a number/,
    ],
    [
      { prices: [], priceList: { text: 'splice;1' } },
      /^priceList: there are prices as well: give one of the two/,
    ],
    [{ priceList: { text: 'a'.repeat(1_000_001) } }, /^priceList.text: has more than 1,000,000 characters/],
    [{ area: 'everything' }, /^area: expected 'design', 'all', or a Polygon/],
    [
      { area: { type: 'Polygon', coordinates: [square.slice(0, 3)] } },
      /^area.coordinates.0: a ring has 4 positions at least/,
    ],
    [{ feed: [42.37, -171.1] }, /^feed.1/],
  ])('%j', (params, message) => {
    expect(problemsOf(params).join('\n')).toMatch(message);
  });
});
