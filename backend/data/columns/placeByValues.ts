import type { PlaceColumns } from '../dataTypes.ts';
import { parseNumber } from './parseNumber.ts';

/** Finds a longitude beside a latitude by their values alone, for files without a heading. */
export function placeByValues(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): PlaceColumns | undefined {
  const ranges = columns.map((column) => rangeOf(rows.slice(0, 50).map((row) => row[column])));
  for (let i = 0; i + 1 < columns.length; i++) {
    const [a, b] = [ranges[i], ranges[i + 1]];
    const [first = '', second = ''] = [columns[i], columns[i + 1]];
    if (!a || !b) continue;
    if (Math.max(a.size, b.size) > 180) continue;
    // A latitude is never beyond 90; where both could be either, the longitude is expected first.
    if (a.size > 90) return { type: 'xy', x: first, y: second };
    return b.size > 90 ? { type: 'xy', x: second, y: first } : { type: 'xy', x: first, y: second };
  }
  return undefined;
}

/** The largest size of numbers with at least three decimals each; undefined for anything else. */
function rangeOf(values: readonly unknown[]): { size: number } | undefined {
  let size = 0;
  let filled = 0;
  for (const value of values) {
    if (value === '' || value === null || value === undefined) continue;
    const number = parseNumber(value);
    if (number === undefined || !/[.,]\d{3,}/.test(String(value))) return undefined;
    size = Math.max(size, Math.abs(number));
    filled++;
  }
  return filled > 0 ? { size } : undefined;
}
