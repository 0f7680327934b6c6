import type { DurationEstimate } from '../../../src/contract/index.ts';

/** An earlier run of the same definition, as far as an estimate needs it. */
export interface PastRun {
  seconds: number;
  /** Its `progress.total`: how large the work was. */
  size?: number | undefined;
}

/** One of five runs may end outside the interval. It aims at a little less, because it learns from misses alone. */
const MISSES = 0.15;
/** The newest runs, by which the width of the interval is set. */
const NEWEST = 100;
/** The runs that say where the interval is: fewer follow a drift sooner, and more know rare runs better. */
const WINDOW = 40;
/** The width follows what was missed at this rate (adaptive conformal inference, Gibbs and Candès 2021). */
const STEP = 0.06;
/** The spread that is assumed of a task that few runs are known of, as a logarithm: half or twice as long. */
const ASSUMED_SPREAD = 0.9;
const ASSUMED_RUNS = 3;
/** Runs on the same host differ by some per cent at least, and no run is shorter than a clock can measure. */
const LEAST_SPREAD = 0.03;
const LEAST_SECONDS = 0.001;
/** An interval that is wider than this says nothing more. */
const WIDEST = Math.log(1_000);

interface Point {
  time: number;
  size: number | undefined;
}

/**
 * Gives the interval in which a run of this size probably ends, from the runs before it, oldest first. It assumes no
 * distribution: it takes quantiles of the runs, scaled by size, and sets their level by replaying the history. Where more
 * than one of five runs ended outside the interval that would have been shown to it, as in a drift, the interval is wider.
 *
 * @example
 * estimateDuration([{ seconds: 9, size: 2_000 }, { seconds: 11, size: 2_000 }], 1_000); // about 2 to 11 s
 */
export function estimateDuration(runs: readonly PastRun[], size?: number): DurationEstimate | undefined {
  const points = runs.filter(({ seconds }) => Number.isFinite(seconds) && seconds >= 0).map(pointOf);
  const newest = points.slice(-NEWEST);
  if (newest.length === 0) return undefined;
  const growth = growthOf(newest.slice(-WINDOW));
  let misses = MISSES;
  for (let at = 1; at < newest.length; at += 1) {
    const point = newest[at];
    if (!point) continue;
    const [low, high] = intervalOf(newest.slice(Math.max(0, at - WINDOW), at), growth, point.size, misses);
    const missed = point.time < low || point.time > high ? 1 : 0;
    misses += STEP * (MISSES - missed);
  }
  const [low, high] = intervalOf(newest.slice(-WINDOW), growth, sizeOf(size), misses);
  return { lowSeconds: rounded(Math.exp(low)), highSeconds: rounded(Math.exp(high)), runs: newest.length };
}

function pointOf({ seconds, size }: PastRun): Point {
  return { time: Math.log(Math.max(seconds, LEAST_SECONDS)), size: sizeOf(size) };
}

/** As a logarithm. */
function sizeOf(size: number | undefined): number | undefined {
  return size !== undefined && Number.isFinite(size) && size > 0 ? Math.log(size) : undefined;
}

/** The logarithms of the seconds between which a run of the size ends, with this share of misses. */
function intervalOf(
  points: readonly Point[],
  growth: number,
  size: number | undefined,
  misses: number,
): [number, number] {
  const rests = points
    .map(
      (point) =>
        point.time + (size === undefined || point.size === undefined ? 0 : growth * (size - point.size)),
    )
    .sort((a, b) => a - b);
  const count = rests.length;
  const middle = quantile(rests, (count + 1) / 2);
  const deviations = rests.map((rest) => Math.abs(rest - middle)).sort((a, b) => a - b);
  const known = 1.48 * quantile(deviations, (count + 1) / 2);
  const spread = Math.max(
    (count * known + ASSUMED_RUNS * ASSUMED_SPREAD) / (count + ASSUMED_RUNS) / (count > WINDOW / 4 ? 2 : 1),
    LEAST_SPREAD,
  );
  // The rank below which a new run falls with this chance, where all runs are alike.
  const rank = ((count + 1) * Math.max(misses, 0)) / 2;
  // Beyond the shortest and the longest run that is known the interval goes on by the spread.
  const beyond = Math.max(0, 1 - rank) * 2 * spread + Math.max(0, -misses) * 20 * spread;
  const low = quantile(rests, rank) - beyond - LEAST_SPREAD;
  const high = quantile(rests, count + 1 - rank) + beyond + LEAST_SPREAD;
  return [Math.max(low, middle - WIDEST), Math.min(high, middle + WIDEST)];
}

/**
 * By which power of its size the time of a run grows: the middle of the slopes between runs of different sizes, which a few
 * strange runs do not move. Where all have one size, the time is taken to grow with it.
 */
function growthOf(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(0, i)) {
      if (a.size === undefined || b.size === undefined || Math.abs(a.size - b.size) < 0.3) continue;
      slopes.push((a.time - b.time) / (a.size - b.size));
    }
  }
  if (slopes.length === 0) return 1;
  slopes.sort((a, b) => a - b);
  return Math.min(2, Math.max(0, quantile(slopes, (slopes.length + 1) / 2)));
}

/** The value at a rank from 1 on, between two values where the rank is. */
function quantile(sorted: readonly number[], rank: number): number {
  const at = Math.min(sorted.length, Math.max(1, rank)) - 1;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** Two digits: more would promise too much. */
function rounded(seconds: number): number {
  return Number(seconds.toPrecision(2));
}
