/** The axis of a run's timeline: stretches in which nothing begins or ends are folded. */

/** Part of the axis, in seconds from the start of the run. */
export interface Stretch {
  from: number;
  to: number;
  isFolded: boolean;
}

export interface TimeScale {
  stretches: readonly Stretch[];
  /** The place of a moment on the axis, from 0 to 1. */
  at(seconds: number): number;
  /** Moments that are written on the axis, in seconds. */
  ticks: readonly number[];
}

/** A stretch is folded where nothing begins or ends for so long, in seconds, and for this part of the whole. */
const FOLDS = { seconds: 10, part: 0.3 };
/** This part of the whole stays to be seen on each side of a fold. */
const STAYS = 0.1;
/** A fold takes this part of the axis. */
const FOLD_PART = 0.12;
/** Not more ticks than this, and these many seconds apart. */
const MOST_TICKS = 7;
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800,
];

/**
 * @param moments when something began or ended, in seconds from the start of the run
 * @param end the end of the axis: the end of the run, or now. The time since the last moment is never folded, because it grows.
 * @param open the beginnings of stretches that the user has opened
 */
export function timeScale(moments: readonly number[], end: number, open: ReadonlySet<number>): TimeScale {
  const whole = Math.max(end, 1);
  const sorted = [...new Set([0, ...moments.filter((at) => at >= 0 && at <= whole)])].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  let from = 0;
  for (const [index, moment] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined) break;
    const gap = next - moment;
    if (gap < FOLDS.seconds || gap < whole * FOLDS.part) continue;
    const [start, stop] = [moment + whole * STAYS, next - whole * STAYS];
    if (open.has(Math.round(start))) continue;
    stretches.push({ from, to: start, isFolded: false }, { from: start, to: stop, isFolded: true });
    from = stop;
  }
  stretches.push({ from, to: whole, isFolded: false });
  return { stretches, ...axisOf(stretches) };
}

/** A tick's text takes about this part of the axis. */
const TICK_PART = 0.06;

function axisOf(stretches: readonly Stretch[]): Pick<TimeScale, 'at' | 'ticks'> {
  const folds = stretches.filter(({ isFolded }) => isFolded).length;
  const seen = stretches.reduce((sum, { from, to, isFolded }) => sum + (isFolded ? 0 : to - from), 0);
  const part = Math.min(0.5, folds * FOLD_PART);
  const widthOf = ({ from, to, isFolded }: Stretch) =>
    isFolded ? part / folds : ((to - from) / Math.max(seen, 0.001)) * (1 - part);
  const at = (seconds: number) => {
    let place = 0;
    for (const stretch of stretches) {
      const { from, to } = stretch;
      if (seconds < to) {
        return place + widthOf(stretch) * Math.max(0, (seconds - from) / Math.max(to - from, 0.001));
      }
      place += widthOf(stretch);
    }
    return 1;
  };
  const whole = stretches.at(-1)?.to ?? 0;
  const step = STEPS.find((each) => seen / each <= MOST_TICKS) ?? seen / MOST_TICKS;
  const ticks: number[] = [];
  for (const { from, to, isFolded } of stretches) {
    if (isFolded) continue;
    for (let tick = Math.ceil(from / step) * step; tick < to; tick += step) {
      // The text of a fold would lie on that of a tick right before it.
      const isBeforeFold = to < whole && at(to) - at(tick) < TICK_PART;
      if (!isBeforeFold) ticks.push(tick);
    }
  }
  return { at, ticks };
}
