import { expect, test } from 'vitest';
import type { Position } from '../../../src/contract/index.ts';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { planLocalesWith } from '../../../src/locales/plan/planLocales.ts';
import { crosses, shapeOf } from '../../../src/plan/drawnArea.ts';
import { EMPTY_FORM, type PlanForm, readForm } from '../../../src/plan/planForm.ts';
import { readPrices } from '../../../src/plan/readPrices.ts';

const DESIGN = 'design/Mill Road';
const SQUARE: Position[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
];

async function translatorOf(language: string) {
  const locales = planLocalesWith(undefined);
  await locales.load(language);
  return createTranslator({ locale: locales.of(language) });
}
const reading = async (form: Partial<PlanForm>, language = 'en') =>
  readForm({ ...EMPTY_FORM, ...form }, DESIGN, undefined, await translatorOf(language));

test('an untouched form asks for the design alone, by the rules of the server', async () => {
  expect((await reading({})).params).toEqual({ design: DESIGN });
});

test('what was changed goes out in the units of the rules, however the user writes numbers', async () => {
  const { params } = await reading(
    {
      area: 'drawn',
      drawn: SQUARE,
      feed: 'map',
      picked: [0.5, 0.5],
      rules: {
        longestDropMetres: '62,5',
        splitterPorts: '64',
        cableSizes: '12, 48;96',
        crossStreets: 'false',
        leaveOutPoles: 'kind = post, lamp',
      },
      pricesText: 'Posten;Preis\ncable-12;0,85\nsplitter-64;1.250,50',
      currency: ' EUR ',
    },
    'de',
  );
  expect(params).toEqual({
    design: DESIGN,
    area: { type: 'Polygon', coordinates: [SQUARE] },
    feed: [0.5, 0.5],
    rules: {
      longestDropMetres: 62.5,
      splitterPorts: 64,
      cableSizes: [12, 48, 96],
      crossStreets: false,
      leaveOutPoles: { property: 'kind', values: ['post', 'lamp'] },
    },
    prices: [
      { item: 'cable-12', price: 0.85 },
      { item: 'splitter-64', price: 1_250.5 },
    ],
    currency: 'EUR',
  });
});

test.each([
  [{ longestDropMetres: '0' }, 'longestDropMetres'],
  [{ longestDropMetres: 'abc' }, 'longestDropMetres'],
  [{ splitterPorts: '32.5' }, 'splitterPorts'],
  [{ splitterPorts: '48' }, 'splitterLossDb'],
  [{ splitterPorts: '2', sparePortsPercent: '90' }, 'sparePortsPercent'],
  [{ lossLimitDb: '20' }, 'lossLimitDb'],
  [{ cableSizes: '12 12' }, 'cableSizes'],
  [{ leaveOutPoles: 'kind' }, 'leaveOutPoles'],
  [{ cableSizes: '' }, 'cableSizes'],
  [{ cableSizes: '12 many' }, 'cableSizes'],
] as const)('the rules %j cannot be kept, which %s says', async (rules, field) => {
  const { params, ruleProblems } = await reading({ rules });
  expect(params).toBeUndefined();
  expect(ruleProblems[field]).toEqual(expect.any(String));
});

test('what is missing is said in the order of the form', async () => {
  const translator = await translatorOf('en');
  const form: PlanForm = { ...EMPTY_FORM, area: 'drawn', feed: 'pole' };
  expect(readForm(form, undefined, undefined, translator).reasons).toEqual([
    'Select a design, or something in it, on the map.',
    'Draw the area on the map.',
    'Select the pole of the feed on the map.',
  ]);
  const bowTie: Position[] = [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
    [0, 0],
  ];
  expect((await reading({ area: 'drawn', drawn: bowTie })).reasons).toEqual([
    'The sides of the area cross. Draw it again.',
  ]);
  expect(crosses(SQUARE)).toBe(false);
});

test('an area over the antimeridian becomes a polygon on each side of it', () => {
  const ring: Position[] = [
    [179, 0],
    [182, 0],
    [182, 2],
    [179, 2],
    [179, 0],
  ];
  const shape = shapeOf(ring);
  expect(shape.type).toBe('MultiPolygon');
  const longitudes = shape.coordinates.flat(2).flatMap((at) => (Array.isArray(at) ? at[0] : []));
  expect(Math.max(...longitudes)).toBe(180);
  expect(Math.min(...longitudes)).toBe(-180);
  expect(longitudes.filter((longitude) => longitude === -178).length).toBeGreaterThan(1);
  expect(shapeOf(SQUARE)).toEqual({ type: 'Polygon', coordinates: [SQUARE] });
});

test.each([
  ['cable-12,0.85', 'en', [0.85]],
  ['cable-12\t1,250.50', 'en', [1_250.5]],
  ['item;price\r\ncable-12;0.85\r\nsplice;\r\n', 'en', [0.85]],
  ['\ufeff"Kabel 12";"1 250,5"', 'fr', [1_250.5]],
  ['cable-12;1.250', 'de', [1_250]],
  ['cable-12;1.250', 'en', [1.25]],
  ['cable-12؛ ٠٫٨٥', 'ar', [0.85]],
] as const)('%j is a price list in %s', async (text, language, prices) => {
  const read = readPrices(text, await translatorOf(language));
  expect(read.problems).toEqual([]);
  expect(read.prices.map(({ price }) => price)).toEqual(prices);
});

test('a price that is text, an item twice and a line without a price are named with their lines', async () => {
  const { problems } = readPrices(
    'cable-12;1\nsplice;free 1\ncable-12;2\nclosure\n;3',
    await translatorOf('en'),
  );
  expect(problems).toEqual([
    'Line 2: “free 1” is no price of 0 or more. Write a number such as 1.25.',
    'Line 3: “cable-12” is in the list already.',
    'Line 4: the price is missing. Write it as “item; price”.',
    'Line 5: the item is missing.',
  ]);
});

test('a list of 40,000 goods is read, and says that no bill has them', async () => {
  const text = Array.from({ length: 40_000 }, (_, i) => `item-${i};1`).join('\n');
  const read = readPrices(`${text}\nsplice;2`, await translatorOf('en'));
  expect(read.problems).toEqual([]);
  expect(read.prices).toEqual([{ item: 'splice', price: 2 }]);
  expect(read.note).toMatch(/^40,000 items are in no bill: item-0, item-1/);
});

test('the currency of a price list counts as long as the user enters none', async () => {
  const pricesText = 'item,price (EUR),unit\nCable 12,850,km\nsplice,12.5,piece';
  expect((await reading({ pricesText })).params).toMatchObject({
    prices: [
      { item: 'cable-12', price: 0.85 },
      { item: 'splice', price: 12.5 },
    ],
    currency: 'EUR',
  });
  expect((await reading({ pricesText, currency: 'CHF' })).params).toMatchObject({ currency: 'CHF' });
});
