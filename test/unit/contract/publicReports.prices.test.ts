import { expect, it } from 'vitest';
import { describePriceProblem, readPriceList } from '../../../src/contract/priceList.ts';

/** Bug reports of other programs that read price lists, tried here. docs/tried.md has the list. */

const read = (text: string) => {
  const list = readPriceList(text);
  expect(list.problems).toEqual([]);
  return list.prices.map(({ price }) => price);
};

it('openfoodfoundation/openfoodnetwork#10461, buckets/application#184, litecart/litecart#107: 4,20 is not 420', () => {
  expect(read('splice;4,20')).toEqual([4.2]);
  expect(read('splice;4,20\nclosure;4.204,23\nont;4.204')).toEqual([4.2, 4_204.23, 4_204]);
  expect(read('splice;4.20\nclosure;4,204.23\nont;4,204')).toEqual([4.2, 4_204.23, 4_204]);
  expect(read("splice;1'234'567.89\nclosure;1 234,56")).toEqual([1_234_567.89, 1_234.56]);
});

it('madbob/GASdottoNG#141, odoo/odoo#14572: a comma in one column and a unit in the next', () => {
  expect(read('item;description;price;unit of measure;\nsplice;fusion;5,6;pieces;')).toEqual([5.6]);
});

it('akeneo/pim-community-dev#19108: a number of JSON has a point in a list with commas', () => {
  expect(read('[{"item":"splice","price":1.25},{"item":"ont","price":"2,5"}]')).toEqual([1.25, 2.5]);
});

it('commercetools/nodejs#1534, herrerad85/tallybook#184, solgenomics/sgn#5700: a byte order mark is no part of a name', () => {
  expect(readPriceList('\ufeffitem;price\nsplice;1').prices).toEqual([{ item: 'splice', price: 1 }]);
  const [problem] = readPriceList('\ufeff').problems;
  expect(problem && describePriceProblem(problem, 'p.csv')).toMatch(
    /^p.csv: the list has no price: write a row/,
  );
});

it('modmore/importX#33, #34: empty lines at the end and quotes around text are no fault', () => {
  expect(read('"item";"price"\r\n"splice";"1.5"\r\n\r\n\r\n')).toEqual([1.5]);
});

it('nophead/NopSCADlib#187: commas in a description, and goods that are priced by length', () => {
  const list = readPriceList('item,price,unit\n"belt, GT2, 500 mm",3,piece\ndrop-cable,420,km');
  expect(list.prices).toEqual([
    { item: 'belt, GT2, 500 mm', price: 3 },
    { item: 'drop-cable', price: 0.42 },
  ]);
});

it('third-culture-software/bhima#4183: a list of which nothing is taken does not count as read', () => {
  expect(readPriceList('splice|1\nont|2').problems).toMatchObject([
    { code: 'no-price', row: 1 },
    { code: 'no-price', row: 2 },
  ]);
});
