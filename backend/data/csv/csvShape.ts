import { parseNumber } from '../columns/parseNumber.ts';
import { csvParser } from './CsvRows.ts';

export interface CsvShape {
  delimiter: string;
  columns: string[];
  /** The column that says the coordinate system of each row. */
  system?: string;
  /** The rows before the data: a title, and the heading. */
  skip: number;
  /** Each separator has a space after it, also before a quote: '1, "Wrench set, 18 pieces"'. */
  spaced: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Finds the separator, the heading and the columns in the beginning of a CSV file; undefined for a text that is none. */
export async function csvShape(start: string, isWhole: boolean): Promise<CsvShape | undefined> {
  const plain = start.replace(/\r\n?/g, '\n');
  const normal = isSpaced(plain, ',') ? withoutSpaces(plain, ',') : plain;
  // Excel's own way to name the separator.
  const said = /^sep=(.)\n/i.exec(normal)?.[1];
  let best: { delimiter: string; rows: string[][]; width: number; score: number } | undefined;
  for (const delimiter of said === undefined ? DELIMITERS : [said]) {
    const parse = await csvParser(delimiter);
    let rows = parse(normal, !isWhole).data.slice(0, 200);
    // One long first row, or a quote that is not closed.
    if (rows.length === 0) rows = parse(normal, false).data.slice(0, 1);
    const widths = rows
      .filter((row) => row.length > 1 || (row[0] ?? '').trim() !== '')
      .map((row) => row.length);
    const width = commonest(widths);
    if (width < 2) continue;
    const even = widths.filter((one) => one === width).length / widths.length;
    // Commas of decimals are in the rows, and not in the heading.
    const heading = rows.slice(0, 12).some((row) => row.length >= width && row.every(isText));
    const score = even * (1 + Math.log(width) / 10) * (heading ? 1 : 0.6);
    if (!best || score > best.score) best = { delimiter, rows, width, score };
  }
  if (!best) return undefined;
  const { delimiter, rows, width } = best;
  const first = headingRow(rows, width);
  const heading = rows[first] ?? [];
  const spaced = delimiter === ',' && isSpaced(plain, ',');
  const hasHeading = !heading.some((field) => parseNumber(field) !== undefined && field.trim().length > 0);
  if (!hasHeading) {
    const columns = Array.from({ length: width }, (_, index) => `column ${index + 1}`);
    return { delimiter, columns, skip: first, spaced };
  }
  return { delimiter, columns: distinct(heading), skip: first + 1, spaced };
}

/** The row of the heading, after a title; or the first row, where there is no heading. */
function headingRow(rows: readonly (readonly string[])[], width: number): number {
  const filled = rows.map((row) => row.filter((field) => field.trim() !== '').length);
  const usual = commonest(filled.filter((count) => count > 1));
  const whole = rows.findIndex((row, i) => row.length >= width && (filled[i] ?? 0) >= usual);
  const any = rows.findIndex((row, i) => row.length >= width && (filled[i] ?? 0) > 0);
  // A heading may lack a name, and rows may lack values: a title has few fields.
  const heading = rows.findIndex(
    (row, i) => row.length >= width && (filled[i] ?? 0) > Math.max(1, usual * 0.5) && row.every(isText),
  );
  return heading >= 0 && (whole < 0 || heading <= whole) ? heading : Math.max(any, whole < 0 ? any : whole);
}

function isText(field: string): boolean {
  return field.trim() === '' || parseNumber(field) === undefined;
}

/** The text with each quote right after its separator, where CSV wants it. */
export function withoutSpaces(text: string, delimiter: string): string {
  return text.replaceAll(new RegExp(`${delimiter} +"`, 'g'), `${delimiter}"`);
}

function isSpaced(text: string, delimiter: string): boolean {
  return text.includes(`${delimiter} "`) && !text.includes(`${delimiter}"`);
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** A name for each column, also where a heading is empty or comes twice. */
function distinct(heading: readonly string[]): string[] {
  const taken = new Set<string>();
  return heading.map((field, index) => {
    const base =
      field
        .replace(/[\0\p{Surrogate}]/gu, '')
        .trim()
        .slice(0, 200) || `column ${index + 1}`;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} ${n}`;
    taken.add(name);
    return name;
  });
}
