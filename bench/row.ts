/** One figure of a bench: the measured value beside its limit, in one run. */
export interface Row {
  name: string;
  measured: number;
  unit: string;
  /**
   * The figure must be at or below (`max`) or at or above (`min`) this. Without a limit it is only reported, as for a
   * peer.
   */
  max?: number;
  min?: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function isMet(row: Row): boolean | undefined {
  if (row.max !== undefined) return row.measured <= row.max;
  if (row.min !== undefined) return row.measured >= row.min;
  return undefined;
}

/** Prints rows as a table; returns whether every limit was met. */
export function printRows(rows: readonly Row[]): boolean {
  console.table(
    rows.map((row) => ({
      figure: row.name,
      measured: `${Number(row.measured.toPrecision(4))} ${row.unit}`,
      limit: row.max !== undefined ? `<= ${row.max}` : row.min !== undefined ? `>= ${row.min}` : '',
      met: isMet(row) ?? '',
    })),
  );
  return rows.every((row) => isMet(row) !== false);
}

/** Runs one bench if its file is the one that was started. */
export async function main(run: () => Promise<Row[]>): Promise<void> {
  if (!printRows(await run())) process.exitCode = 1;
}
