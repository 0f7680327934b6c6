/** Writes tables as CSV (RFC 4180) for spreadsheets, so that no cell of a server becomes a formula there. */

import type { CsvSeparator } from './handover.ts';

/** Spreadsheets read a cell that begins with one of these as a formula, also in their full-width forms. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Some spreadsheets leave out control and format characters at the beginning, so that the next sign would come first. */
const CONTROL = /^[\p{Cc}\p{Cf}]/u;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** Excel reads a file as UTF-8 only where this stands first. */
export const CSV_START = '\ufeff';

/**
 * One line of a CSV file. A text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets
 * take as "this is a text". Numbers stay numbers, negative ones too.
 *
 * @example
 * csvLine(['address/12', '=HYPERLINK("http://x")', -0.12]); // address/12,"'=HYPERLINK(""http://x"")",-0.12\r\n
 */
export function csvLine(
  cells: readonly (string | number | undefined)[],
  separator: CsvSeparator = 'comma',
): string {
  const isComma = separator === 'comma';
  return `${cells.map((cell) => csvCell(cell, isComma ? '.' : ',')).join(isComma ? ',' : ';')}\r\n`;
}

function csvCell(value: string | number | undefined, decimalSign: '.' | ','): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).replace('.', decimalSign) : '';
  const text = FORMULA.test(value) || CONTROL.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
