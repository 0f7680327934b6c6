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
  return projectedByValues(columns, rows);
}

/** Two columns side by side whose numbers are large and near each other, as those of a town in metres are. */
function projectedByValues(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): PlaceColumns | undefined {
  const ranges = columns.map((column) => townRange(rows.slice(0, 200).map((row) => row[column])));
  let best: { at: number; score: number } | undefined;
  for (let at = 0; at + 1 < columns.length; at++) {
    const [a, b] = [ranges[at], ranges[at + 1]];
    if (!a || !b) continue;
    // Numbers of registers go up by one, and have no decimals.
    const score =
      (a.hasDecimals ? 1 : 0) + (b.hasDecimals ? 1 : 0) - (a.isCount ? 2 : 0) - (b.isCount ? 2 : 0);
    if (score >= 0 && (!best || score >= best.score)) best = { at, score };
  }
  if (!best) return undefined;
  const [x = '', y = ''] = [columns[best.at], columns[best.at + 1]];
  return { type: 'xy', x, y };
}

/** It describes numbers of at least 10,000 that differ, and of which the largest is not much more than the smallest. */
function townRange(values: readonly unknown[]): { hasDecimals: boolean; isCount: boolean } | undefined {
  const texts = values.map((value) => String(value ?? '').trim()).filter((text) => text !== '');
  const numbers = texts.map(parseNumber).filter((number) => number !== undefined);
  if (numbers.length < 2 || numbers.length < texts.length) return undefined;
  const sizes = numbers.map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least < 10_000 || most > 40_000_000 || most > least * 2 + 300_000) return undefined;
  if (new Set(numbers).size < 2) return undefined;
  // A register's number or a postcode begins with 0 now and then.
  if (texts.some((text) => /^0\d/.test(text))) return undefined;
  const steps = numbers.slice(1).map((number, i) => number - (numbers[i] ?? 0));
  return {
    hasDecimals: texts.some((text) => /[.,]\d/.test(text)),
    isCount: steps.every((step) => step === 1),
  };
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
