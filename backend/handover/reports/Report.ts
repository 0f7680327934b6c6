import type { NetworkPlace } from '../../../src/contract/index.ts';

export type Cell = string | number | boolean | undefined;

/** A table of a report, read row by row. */
export interface Report {
  /** Names of columns, with their unit. */
  columns: readonly string[];
  rows: AsyncIterable<readonly Cell[]>;
}

/** The name, or the URN where there is no name. */
export const nameOf = (place: NetworkPlace | undefined): string | undefined =>
  place && (place.name ?? place.urn);

/** Metres to the millimetre, and money or dB to a thousandth: nobody measures finer, and a cell stays readable. */
export const rounded = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value * 1000) / 1000;
