/** Reads what a task gave back, or was started with, as fields that a page can show: any task's, so anything may come. */
import { isRecord } from '../../contract/index.ts';
import { formatDuration, formatLength, numberFormat } from '../../locales/intl.ts';
import { readable } from './itemWords.ts';
import type { RunWords } from './useRunWords.ts';

/** One field of a result or of parameters. */
export interface ShownField {
  key: string;
  label: string;
  /** For the page. Undefined where the value is an object or a list: `json` has it. */
  text: string | undefined;
  json: string;
  /** The value, if it is a number: then it can be compared. */
  number: number | undefined;
}

type Words = Pick<RunWords, 'find' | 'language'>;

/** The unit at the end of a name, as this project writes names, and how values in it are written. */
const UNITS: readonly [ending: RegExp, format: (value: number, language: string) => string][] = [
  [/Metres$|_metres$/, formatLength],
  [/Seconds$|_seconds$/, formatDuration],
];
/** A number with such a name is an identifier: digits to compare, and nothing to count with. */
const IDENTIFIER = /^(id|seed)$|_id$|Id$/;
/** A list of so many plain values is one line. */
const SHORT_LIST = 8;
/** So many fields are shown, and so many characters of one of them. */
const MOST_FIELDS = 200;
const MOST_TEXT = 10_000;

/**
 * The fields of a value, in its own order. A pack names a field by `PREFIX_KEY`; else its own name is made readable. A value
 * that is no object is one field without a name.
 *
 * @example
 * fieldsOf({ connections: 1963, cableLengthMetres: 58_400 }, 'result', words);
 * // Connections 1,963; Cable length 58.4 km
 */
export function fieldsOf(value: unknown, prefix: 'result' | 'parameter', words: Words): ShownField[] {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) return [fieldOf('', value, prefix, words)];
  return Object.entries(value)
    .slice(0, MOST_FIELDS)
    .map(([key, each]) => fieldOf(key, each, prefix, words));
}

function fieldOf(key: string, value: unknown, prefix: string, words: Words): ShownField {
  const unit = UNITS.find(([ending]) => ending.test(key));
  return {
    key,
    label: words.find(`${prefix}_${key}`) ?? readable(unit ? key.replace(unit[0], '') : key),
    text:
      IDENTIFIER.test(key) && typeof value === 'number'
        ? String(value)
        : textOf(value, unit?.[1], words.language),
    json: jsonOf(value),
    number: typeof value === 'number' && !IDENTIFIER.test(key) ? value : undefined,
  };
}

function textOf(
  value: unknown,
  inUnit: ((value: number, language: string) => string) | undefined,
  language: string,
): string | undefined {
  if (typeof value === 'number') {
    return inUnit
      ? inUnit(value, language)
      : numberFormat(language, { maximumFractionDigits: 6 }).format(value);
  }
  if (typeof value === 'string') return value.slice(0, MOST_TEXT);
  if (Array.isArray(value) && value.length <= SHORT_LIST) {
    const parts = value.map((each: unknown) =>
      isRecord(each) || Array.isArray(each) ? undefined : String(each),
    );
    return parts.includes(undefined) ? undefined : parts.join(', ');
  }
  return value === null || typeof value === 'boolean' ? String(value) : undefined;
}

/** The value as JSON in lines, for whoever reads it. */
export function jsonOf(value: unknown): string {
  return (JSON.stringify(value, undefined, 2) ?? '').slice(0, MOST_TEXT);
}

/** A change between two numbers with its sign, in the unit of the field's name: '+3.5 km'. Empty where there is none. */
export function changeText(key: string, change: number, language: string): string {
  if (change === 0) return '';
  const inUnit = UNITS.find(([ending]) => ending.test(key))?.[1];
  const sign = change > 0 ? '+' : '\u2212';
  if (inUnit) return sign + inUnit(Math.abs(change), language);
  return sign + numberFormat(language, { maximumFractionDigits: 6 }).format(Math.abs(change));
}

/** The numbers of a result that the page's header shows: the named fields, or the first ones. At most three. */
export function figuresOf(fields: readonly ShownField[], keys: readonly string[] | undefined): ShownField[] {
  const numbers = fields.filter(({ number }) => number !== undefined);
  const wanted = keys?.flatMap((key) => numbers.filter((field) => field.key === key)) ?? numbers;
  return wanted.slice(0, 3);
}
