import type { PlanPrice } from '../contract/planArea.ts';
import { type PriceProblem, readPriceList } from '../contract/priceList.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';

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
const JSON_EXAMPLE = '[{ "item": "cable-12", "price": 0.85 }]';
/** So many names of items that no bill has are shown. */
const SHOWN = 5;

export interface ReadPrices {
  prices: PlanPrice[];
  /** That of the list; undefined where it names none. */
  currency: string | undefined;
  problems: string[];
  /** Says which items no bill has. */
  note: string | undefined;
}

/** The form is read with each key, and a list may have thousands of rows. */
const lastRead = new WeakMap<Translator, { text: string; read: ReadPrices }>();

/** Reads a price list as the user's language writes numbers, and says what is wrong with it. */
export function readPrices(text: string, translator: Translator): ReadPrices {
  const last = lastRead.get(translator);
  if (last?.text === text) return last.read;
  const read = readAnew(text, translator);
  lastRead.set(translator, { text, read });
  return read;
}

function readAnew(text: string, translator: Translator): ReadPrices {
  const { msg, language } = translator;
  if (text.trim() === '') return { prices: [], currency: undefined, problems: [], note: undefined };
  const decimal = numberFormat(language)
    .formatToParts(0.5)
    .find(({ type }) => type === 'decimal')?.value;
  // An Arabic decimal sign was made a point.
  const { prices, currency, problems, unknown } = readPriceList(text, decimal === ',' ? ',' : '.');
  const count = unknown.length;
  return {
    prices,
    currency,
    problems: problems.map((problem) => problemText(problem, translator)),
    note:
      count === 0 ? undefined : msg('prices_unknown', { count, items: unknown.slice(0, SHOWN).join(', ') }),
  };
}

function problemText({ code, row: line, text, other }: PriceProblem, translator: Translator): string {
  const { msg, language } = translator;
  switch (code) {
    case 'no-item':
      return msg('price_no_item', { line });
    case 'no-price':
      return msg('price_no_price', { line });
    case 'not-number':
      return msg('price_not_number', { line, text, example: numberFormat(language).format(1.25) });
    case 'twice':
      return msg('price_twice', { line, text });
    case 'unit':
      return msg('price_unit', { line, text, item: other });
    case 'currency':
      return msg('price_currency', { line, text, other });
    case 'too-many':
      return msg('prices_too_many', { most: Number(text) });
    case 'not-json':
      return msg('prices_not_json', { example: JSON_EXAMPLE });
    case 'empty':
      return msg('prices_empty');
    case 'not-text':
      return msg('prices_not_text');
  }
}
