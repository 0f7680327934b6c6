import { describe, expect, it } from 'vitest';
import { describePriceProblem, readPriceList } from '../../../src/contract/priceList.ts';

const pricesOf = (text: string) => readPriceList(text).prices.map(({ item, price }) => [item, price]);
const problemsOf = (text: string) =>
  readPriceList(text).problems.map((problem) => describePriceProblem(problem, 'prices.csv'));

describe('a price list is', () => {
  it.each([
    [
      'item;price;unit;currency\ncable-12;0,85;m;EUR\nsplice;12,50;Stück;EUR',
      { 'cable-12': 0.85, splice: 12.5 },
    ],
    [
      'item,price,unit\ncable-12,850,km\ndrop-cable,"1,000.50",100 m',
      { 'cable-12': 0.85, 'drop-cable': 10.005 },
    ],
    ['Einheit\tPreis\tArtikel\nm\t0,85 €\tCable 12', { 'cable-12': 0.85 }],
    ['cable-12,0,85\nsplice,1.250,50', { 'cable-12': 0.85, splice: 1_250.5 }],
    ['cable-12;1.250\nsplice;2,5', { 'cable-12': 1_250, splice: 2.5 }],
    ['"splice, fusion";3\nsplice;4', { 'splice, fusion': 3, splice: 4 }],
    [
      '[{"item":"cable-12","price":0.85,"unit":"m"},{"name":"splice","cost":"12.5"}]',
      { 'cable-12': 0.85, splice: 12.5 },
    ],
    ['{"currency":"EUR","prices":[{"item":"splice","price":1.25}]}', { splice: 1.25 }],
    ['{"cable-12":0.85,"splice":null,"currency":"EUR"}', { 'cable-12': 0.85 }],
    ['\ufeff\r\nsplice;1.250.000\r\n\r\n', { splice: 1_250_000 }],
  ])('%j', (text, prices) => {
    expect(problemsOf(text)).toEqual([]);
    expect(Object.fromEntries(pricesOf(text))).toEqual(prices);
  });
});

it.each([
  ['cable-12;1\nsplice;free', "row 2: 'free' is no price of 0 or more: write a number such as 1.25"],
  ['cable-12;1\nsplice;-5', "row 2: '-5' is no price"],
  ['cable-12;1\nsplice;#N/A', "row 2: '#N/A' is no price"],
  ['item;price\nsplice;1\nSPLICE;2', "row 3: 'splice' is in the list already: name each item once"],
  ['item;price\n;1', 'row 2: the item is missing: write it as item; price'],
  ['cable-12;1\nsplice', "row 2: 'splice' has no price: write it as item; price"],
  ['item;price;unit\nsplice;1;m', "row 2: 'm' cannot be the unit of splice"],
  ['item;price;unit\ncable-12;1;drum', "row 2: 'drum' cannot be the unit of cable-12: write m, km or ft"],
  [
    'splice;1 EUR\nont;2 USD',
    'row 2: the currency is USD, and that of the rows before is EUR: use one currency',
  ],
  ['[{"item":"splice","price":"two"}]', "row 1: 'two' is no price"],
  ['[{"item":"splice"}]', "row 1: 'splice' has no price"],
  ['[1, null]', "row 1: '' has no price"],
  ['{"item":', 'the JSON cannot be read: write it as [{ "item": "cable-12", "price": 0.85 }]'],
  ['PK\u0003\u0004\u0014\0', 'the file is no text: save the table as CSV'],
])('%j is refused with its row and the fix', (text, message) => {
  expect(problemsOf(text).join('\n')).toContain(
    `prices.csv${message.startsWith('row') ? ', ' : ': '}${message}`,
  );
});

it('names items that no bill has, and takes those of a long list that one has', () => {
  const goods = Array.from({ length: 10_000 }, (_, i) => `good-${i};1`);
  const list = readPriceList(['cabel-12;1', ...goods, 'cable-12;2'].join('\n'));
  expect(list.problems).toEqual([]);
  expect(list.prices).toEqual([{ item: 'cable-12', price: 2 }]);
  expect(list.unknown).toHaveLength(10_001);
  expect(list.unknown[0]).toBe('cabel-12');
});
