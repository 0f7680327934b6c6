// Estimates, for both engines, when a task that waits may start.

/** Fewer durations than this say nothing. Only the newest of them count. */
const LEAST_DURATIONS = 5;
const MOST_DURATIONS = 50;

/** Says how long tasks took: 8 of 10 took a time between these. */
export interface DurationRange {
  lowSeconds: number;
  highSeconds: number;
}

/**
 * The range of these durations, newest first, in seconds. Undefined where they are too few.
 *
 * @example
 * rangeOf([9, 10, 10, 11, 12]); // { lowSeconds: 9, highSeconds: 12 }
 */
export function rangeOf(durations: readonly number[]): DurationRange | undefined {
  const sorted = durations.slice(0, MOST_DURATIONS).sort((a, b) => a - b);
  if (sorted.length < LEAST_DURATIONS) return undefined;
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? 0;
  return { lowSeconds: at(0.1), highSeconds: at(0.9) };
}

/**
 * When the task at this place starts, if `slots` tasks run side by side, each for as long as the range says: at the earliest
 * when those that run are about to end, at the latest when all of them have just begun. Undefined without a range.
 *
 * @example
 * startsIn({ place: 3, slots: 2, range: { lowSeconds: 10, highSeconds: 20 } }); // [10, 40]
 */
export function startsIn({
  place,
  slots,
  range,
}: {
  place: number;
  slots: number;
  range: DurationRange | undefined;
}): [low: number, high: number] | undefined {
  if (!range || slots < 1) return undefined;
  const low = Math.floor((place - 1) / slots) * range.lowSeconds;
  const high = Math.ceil(place / slots) * range.highSeconds;
  return [Math.floor(low), Math.ceil(high)];
}

/**
 * When the task at this place starts after another one, which has run for `elapsedSeconds`; undefined: it has not begun.
 * Undefined where that one takes longer than others did: then nobody knows.
 *
 * @example
 * startsAfter({ place: 1, elapsedSeconds: 5, range: { lowSeconds: 10, highSeconds: 20 } }); // [5, 15]
 */
export function startsAfter({
  place,
  elapsedSeconds,
  range,
}: {
  place: number;
  elapsedSeconds: number | undefined;
  range: DurationRange | undefined;
}): [low: number, high: number] | undefined {
  if (!range || elapsedSeconds === undefined || elapsedSeconds > range.highSeconds) return undefined;
  const low = Math.max(0, place * range.lowSeconds - elapsedSeconds);
  return [Math.floor(low), Math.ceil(place * range.highSeconds - elapsedSeconds)];
}
