import type { PlanPrice } from '../contract/planArea.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';

/** The server takes no more. */
const MOST_PRICES = 1_000;
const MOST_PROBLEMS = 5;
const LONGEST = 40;
const HIGHEST = 1e9;

/** The items that a bill may have. */
export const PRICE_ITEMS = [
  'cable-12',
  'cable-24',
  'cable-48',
  'cable-96',
  'cable-144',
  'cable-288',
  'drop-cable',
  'splitter-32',
  'terminal-16',
  'handhole',
  'closure',
  'splice',
  'wall-box',
  'ont',
  'odf-48',
  'route-street',
  'route-span',
  'route-lateral',
] as const;

/**
 * Reads a price list: a line for each item, with a tab, a semicolon or a comma between item and price. A first line that has no
 * price is taken for the heading, and a line that has an item alone is left out as not yet priced.
 */
export function readPrices(
  text: string,
  translator: Translator,
): { prices: PlanPrice[]; problems: string[] } {
  const { msg, language } = translator;
  const prices: PlanPrice[] = [];
  const problems: string[] = [];
  const known = new Set<string>();
  let isFirst = true;
  for (const [index, row] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (row.trim() === '') continue;
    const line = index + 1;
    const cells = cellsOf(row);
    const [item = '', written = ''] = cells;
    const isHeading = isFirst && written !== '' && !/\p{Nd}/u.test(written);
    isFirst = false;
    if (isHeading) continue;
    if (problems.length >= MOST_PROBLEMS) break;
    if (cells.length < 2) problems.push(msg('price_no_price', { line }));
    else if (item === '') problems.push(msg('price_no_item', { line }));
    else if (written !== '') {
      const price = priceOf(written, language);
      if (price === undefined) problems.push(msg('price_not_number', { line, text: shortened(written) }));
      else if (known.has(item)) problems.push(msg('price_twice', { line, text: shortened(item) }));
      else prices.push({ item, price });
      known.add(item);
    }
    if (prices.length > MOST_PRICES) {
      problems.push(msg('prices_too_many', { most: MOST_PRICES }));
      break;
    }
  }
  return { prices, problems };
}

/** A comma separates only where there is no semicolon and no tab: in many languages it is in the price. */
function cellsOf(row: string): string[] {
  const separator = ['\t', ';', '\u061b', ','].find((sign) => row.includes(sign));
  if (separator === undefined) return [row.trim()];
  const at = row.startsWith('"') ? row.indexOf(separator, row.indexOf('"', 1)) : row.indexOf(separator);
  if (at < 0) return [row.trim()];
  const [first, second] = [row.slice(0, at), row.slice(at + 1)];
  const end = separator === ',' ? second : (second.split(separator)[0] ?? '');
  return [first, end].map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

/** '1.25', '1,25', '1.250,50', '1,250.50', and what the user's language has besides. A currency around it is no part of it. */
function priceOf(written: string, language: string): number | undefined {
  const decimal = numberFormat(language)
    .formatToParts(0.5)
    .find(({ type }) => type === 'decimal')?.value;
  const plain = written
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\u066b/g, '.')
    .replace(/[\s'\u2019\u066c]/g, '');
  if (!/^\d[\d.,]*$/.test(plain)) return undefined;
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const sign = plain[last];
  const isAlone = plain.split(/[.,]/).length === 2;
  // '1.250' is a thousand and more where the language groups by that sign, and a little more than one where it does not.
  const isGroup = isAlone && plain.length - last === 4 && sign !== decimal;
  const value =
    last < 0 || isGroup
      ? Number(plain.replace(/[.,]/g, ''))
      : Number(`${plain.slice(0, last).replace(/[.,]/g, '')}.${plain.slice(last + 1)}`);
  return Number.isFinite(value) && value <= HIGHEST ? value : undefined;
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
