import type { PlanPrice } from './planArea.ts';
import { type PriceRow, rowsOfJson, rowsOfTable } from './priceCells.ts';
import { itemName, unitFactor, unitOfItem } from './priceItems.ts';

/** A plan takes so many prices. A longer list may be sent where no more of its items can be in a bill. */
export const MOST_PRICES = 1_000;
const MOST_ROWS = 50_000;
const MOST_PROBLEMS = 5;
const LONGEST = 40;
const HIGHEST = 1e9;

/** Something in a price list that keeps it from being used. */
export interface PriceProblem {
  code:
    | 'no-item'
    | 'no-price'
    | 'not-number'
    | 'twice'
    | 'unit'
    | 'currency'
    | 'too-many'
    | 'not-json'
    | 'not-text'
    | 'empty';
  /** The line of the file, or the place in a list of JSON; 0: the whole list. */
  row: number;
  /** The cell, as the list has it. */
  text: string;
  /** The item of a unit that cannot be, or the currency of the rows before. */
  other: string;
}

export interface PriceList {
  prices: PlanPrice[];
  currency?: string;
  /** The first ones. */
  problems: PriceProblem[];
  /** Items that no bill has: other goods of the list, or names that are misspelt. */
  unknown: string[];
}

/**
 * Reads a price list: CSV, or text with a tab, a semicolon or a comma between item, price, unit and currency, with or without a
 * heading; or JSON. A row with an item alone is left out as not yet priced. `decimal`: what a comma or a point means where no
 * price of the list shows it.
 */
export function readPriceList(text: string, decimal = '.'): PriceList {
  const list: PriceList = { prices: [], problems: [], unknown: [] };
  const say = (code: PriceProblem['code'], row = 0, text = '', other = '') => {
    if (list.problems.length < MOST_PROBLEMS)
      list.problems.push({ code, row, text: shortened(text), other: shortened(other) });
  };
  const plain = text.replace(/^\ufeff/, '');
  const isJson = /^\s*[[{]/.test(plain);
  const rows = isJson ? rowsOfJson(plain) : rowsOfTable(plain);
  if (isBinary(plain)) say('not-text');
  else if (!rows) say('not-json');
  else if (rows.length === 0) say('empty');
  else if (rows.length > MOST_ROWS) say('too-many', 0, String(MOST_ROWS));
  else readRows(rows, isJson ? '.' : (decimalOf(rows) ?? decimal), list, say);
  if (list.prices.length > MOST_PRICES)
    list.prices = list.prices.filter(({ item }) => unitOfItem(item) !== undefined);
  if (list.prices.length > MOST_PRICES) say('too-many', 0, String(MOST_PRICES));
  return list;
}

/** A workbook of an office program, a picture, or text that was decoded wrongly. */
function isBinary(text: string): boolean {
  return text.startsWith('PK\u0003\u0004') || text.slice(0, 1_000).includes('\0');
}

function readRows(
  rows: readonly PriceRow[],
  decimal: string,
  list: PriceList,
  say: (code: PriceProblem['code'], row: number, text?: string, other?: string) => void,
): void {
  const known = new Set<string>();
  for (const { row, item: written, price: cell, unit, currency } of rows) {
    const item = itemName(written);
    if (cell === undefined) {
      say('no-price', row, written);
      continue;
    }
    if (item === '') {
      say('no-item', row, cell);
      continue;
    }
    if (cell === '') continue;
    const [price, sign = currency] = priceOf(cell, decimal);
    const factor = unitFactor(item, unit);
    if (price === undefined) say('not-number', row, cell);
    else if (known.has(item)) say('twice', row, item);
    else if (factor === undefined) say('unit', row, unit, item);
    else if (sign && list.currency && sign !== list.currency) say('currency', row, sign, list.currency);
    else {
      list.prices.push({ item, price: price / factor });
      if (sign) list.currency = sign;
      if (unitOfItem(item) === undefined) list.unknown.push(item);
    }
    known.add(item);
  }
}

/** A comma or a point that two digits follow, or one, or more than three, is the sign of the decimals in the whole list. */
function decimalOf(rows: readonly PriceRow[]): string | undefined {
  for (const { price = '' } of rows) {
    const [, sign] = /\d([.,])(?:\d{1,2}|\d{4,})(?!\d|[.,])/.exec(digitsOf(price)) ?? [];
    if (sign) return sign;
  }
  return undefined;
}

/** '1.25', '1,25', '1.250,50', '1,250.50', '€ 3', '3 EUR': the price, and the currency around it. */
function priceOf(written: string, decimal: string): [price: number | undefined, currency?: string] {
  const [, before = '', plain = '', after = ''] =
    /^(\p{Sc}|\p{Lu}{3})?(\d[\d.,]*)(\p{Sc}|\p{Lu}{3})?$/u.exec(digitsOf(written)) ?? [];
  if (plain === '' || (before !== '' && after !== '')) return [undefined];
  const currency = before || after;
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const sign = plain[last];
  const isAlone = plain.split(/[.,]/).length === 2;
  // '1.250' is a thousand and more where the list groups by that sign, and a little more than one where it does not.
  const isGroup = isAlone && plain.length - last === 4 && sign !== decimal;
  const isGrouped = last >= 0 && plain.split(sign ?? '').length > 2;
  const value =
    last < 0 || isGroup || isGrouped
      ? Number(plain.replace(/[.,]/g, ''))
      : Number(`${plain.slice(0, last).replace(/[.,]/g, '')}.${plain.slice(last + 1)}`);
  const price = Number.isFinite(value) && value <= HIGHEST ? value : undefined;
  return currency === '' ? [price] : [price, currency];
}

/** With the digits of Arabic and Persian as ours, and without the signs that group them. */
function digitsOf(written: string): string {
  return written
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\u066b/g, '.')
    .replace(/[\s'\u2019\u066c]/g, '');
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Says in English what is wrong, with the name of the file and the fix. */
export function describePriceProblem({ code, row, text, other }: PriceProblem, file: string): string {
  const place = row > 0 ? `${file}, row ${row}: ` : `${file}: `;
  const said: Record<PriceProblem['code'], string> = {
    'no-item': 'the item is missing: write it as item; price',
    'no-price': `'${text}' has no price: write it as item; price`,
    'not-number': `'${text}' is no price of 0 or more: write a number such as 1.25`,
    twice: `'${text}' is in the list already: name each item once`,
    unit: `'${text}' cannot be the unit of ${other}: write m, km or ft for a length, and piece for all else`,
    currency: `the currency is ${text}, and that of the rows before is ${other}: use one currency`,
    'too-many': `the list has more than ${text} prices: leave out what no bill has`,
    'not-json': 'the JSON cannot be read: write it as [{ "item": "cable-12", "price": 0.85 }]',
    empty: 'the list has no price: write a row for each item, as item; price',
    'not-text': 'the file is no text: save the table as CSV',
  };
  return place + said[code];
}
