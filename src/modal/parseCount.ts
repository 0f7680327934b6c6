import { parseNumber } from '../parts/parseNumber.ts';

export const MIN_COUNT = 1;
export const MAX_COUNT = 100_000;
/** The number of connections that the modal offers at first, where nobody says otherwise. */
export const DEFAULT_COUNT = 2000;

/** Reads a whole number as people of that language write it. Undefined where it is anything else, or out of range. */
export function parseCount(text: string, language: string): number | undefined {
  const value = parseNumber(text, language, true);
  return value !== undefined && value >= MIN_COUNT && value <= MAX_COUNT ? value : undefined;
}
