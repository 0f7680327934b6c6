import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration, numberFormat } from '../locales/intl.ts';

/** The seconds that are left, from and to. Both ends are rounded as `roundSeconds` does. */
export interface RemainingInterval {
  readonly from: number;
  readonly to: number;
}

/** 'longer': the task needs longer than was expected. Undefined: it is too early for an estimate. */
export type Remaining = RemainingInterval | 'longer' | undefined;

/** Estimates how long one task still needs, from how far it was at which time. */
export interface RemainingTime {
  /**
   * Adds a sample. The same sample may come twice, and samples that make no sense are left out. Where the task went back,
   * as another attempt does, the estimate starts again.
   *
   * @param done how much is done, from 0 to `total`
   * @param total how much there is to do, such as 100 for percents
   * @param atMs Unix time in milliseconds
   */
  add(done: number, total: number, atMs: number): void;
  /** The interval to show. @param nowMs Unix time in milliseconds */
  at(nowMs: number): Remaining;
}

/** Before this an estimate would be a guess. */
const ENOUGH = { share: 0.02, ms: 2_000 };
/** The pace is read from the whole time, its latter half and its last quarter. They differ where the pace changes. */
const LOOKING_BACK = [1, 0.5, 0.25];
/** Even a steady pace is not exact: the interval reaches from 15 % before the estimate to 15 % after it. */
const MARGIN = 0.15;
/** The shown interval changes once in this time at most. */
const PAUSE_MS = 1_000;
/** A longer estimate is shown when it has stood for so long. */
const STANDS_MS = 3_000;
/** An end comes nearer by no more than half of its distance in one change. */
const SHRINK = 0.5;
/** With more samples every second one is left out: the estimate of a long task does not grow. */
const MAX_SAMPLES = 128;

interface Sample {
  done: number;
  atMs: number;
}

/** A farther estimate of one end, which is not shown yet: Unix time in milliseconds. */
interface Pending {
  ms: number;
  sinceMs: number;
}

/** The task probably ends between these two times, in Unix time in milliseconds. */
interface Ends {
  fromMs: number;
  toMs: number;
}

/**
 * Makes the estimate for one task. It is honest: an interval and not a figure; it counts down by itself; it changes once a
 * second at most; it grows only if the longer estimate has stood for three seconds; and after its upper end it says
 * 'longer', until further progress gives a new one.
 *
 * @example
 * const remaining = createRemainingTime();
 * remaining.add(0, 2000, startedAtMs);
 * remaining.add(958, 2000, Date.now());
 * remaining.at(Date.now()); // { from: 8, to: 12 }
 */
export function createRemainingTime(): RemainingTime {
  let samples: Sample[] = [];
  let total = 0;
  /** The shown interval is counted down to these times. */
  let ends: Ends | undefined;
  let shown: Remaining;
  let shownAtMs = Number.NEGATIVE_INFINITY;
  /** For each end: the least of the longer estimates since `sinceMs`. */
  let pending: { [End in keyof Ends]?: Pending | undefined } = {};

  function startAgain(): void {
    samples = [];
    ends = shown = undefined;
    pending = {};
    shownAtMs = Number.NEGATIVE_INFINITY;
  }

  function add(done: number, of: number, atMs: number): void {
    if (![done, of, atMs].every(Number.isFinite) || of <= 0 || done < 0) return;
    const last = samples.at(-1);
    // The clock was set back, or the task went back.
    if (last && (atMs < last.atMs || done < last.done)) startAgain();
    total = of;
    const sample = { done: Math.min(done, of), atMs };
    // Silence is no news about the pace.
    if (samples.at(-1)?.done === sample.done) return;
    samples.push(sample);
    if (samples.length > MAX_SAMPLES) {
      samples = samples.filter((_, index) => index % 2 === 0 || index === samples.length - 1);
    }
  }

  /** Reads the estimate from the samples alone, whatever is shown. */
  function estimate(): Ends | undefined {
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last) return undefined;
    const spanMs = last.atMs - first.atMs;
    if (spanMs < ENOUGH.ms || last.done - first.done < ENOUGH.share * total || last.done >= total) {
      return undefined;
    }
    const left = LOOKING_BACK.map((share) => {
      const sinceMs = last.atMs - share * spanMs;
      const since = samples.findLast(({ atMs }) => atMs <= sinceMs) ?? first;
      return ((total - last.done) * (last.atMs - since.atMs)) / (last.done - since.done);
    });
    return {
      fromMs: last.atMs + Math.min(...left) * (1 - MARGIN),
      toMs: last.atMs + Math.max(...left) * (1 + MARGIN),
    };
  }

  /** The new place of one end: nearer at once, and farther when that has stood for long enough. */
  function move(end: keyof Ends, before: Ends, next: Ends, nowMs: number): number {
    if (!isFarther(end, next[end], before[end], nowMs)) {
      pending[end] = undefined;
      return nearer(before[end], next[end], nowMs);
    }
    const { ms, sinceMs } = pending[end] ?? { ms: next[end], sinceMs: nowMs };
    const least = Math.min(ms, next[end]);
    const isRipe = nowMs - sinceMs >= STANDS_MS;
    pending[end] = isRipe ? undefined : { ms: least, sinceMs };
    return isRipe ? least : before[end];
  }

  function at(nowMs: number): Remaining {
    if (!Number.isFinite(nowMs)) return shown;
    // The clock was set back: whatever was measured against it is void.
    if (nowMs < shownAtMs) shownAtMs = nowMs;
    else if (nowMs - shownAtMs < PAUSE_MS) return shown;
    const next = estimate();
    if (!ends) {
      ends = next;
    } else if (next) {
      const toMs = move('toMs', ends, next, nowMs);
      ends = { fromMs: Math.min(toMs, move('fromMs', ends, next, nowMs)), toMs };
    }
    const interval = ends && intervalOf(ends, nowMs);
    if (!isSame(interval, shown)) {
      shown = interval;
      shownAtMs = nowMs;
    }
    return shown;
  }

  return { add, at };
}

/** Says whether a user would see that this end is farther away than before. */
function isFarther(end: keyof Ends, nextMs: number, beforeMs: number, nowMs: number): boolean {
  const round = end === 'fromMs' ? Math.floor : Math.ceil;
  const seconds = (ms: number) => roundSeconds((ms - nowMs) / 1000, round);
  return seconds(nextMs) > seconds(beforeMs);
}

/** The earlier of two ends, but at most half as far away as the one before. */
function nearer(beforeMs: number, nextMs: number, nowMs: number): number {
  const leastMs = nowMs + Math.max(0, beforeMs - nowMs) * SHRINK;
  return Math.min(beforeMs, Math.max(nextMs, leastMs));
}

function intervalOf({ fromMs, toMs }: Ends, nowMs: number): Exclude<Remaining, undefined> {
  if (nowMs > toMs) return 'longer';
  return roundInterval((fromMs - nowMs) / 1000, (toMs - nowMs) / 1000);
}

function isSame(one: Remaining, other: Remaining): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.from === other.from && one.to === other.to;
}

/** Up to which seconds the steps of an interval's ends go, in seconds. */
const STEPS = [
  { below: 20, step: 1 },
  { below: 120, step: 5 },
  { below: 3_600, step: 60 },
  { below: Number.POSITIVE_INFINITY, step: 300 },
] as const;

/**
 * Rounds the ends of an interval outwards: to 1 second below 20 seconds, 5 seconds below 2 minutes, 1 minute below 1 hour,
 * and 5 minutes beyond. No end is below 1 second, and the ends are never equal.
 *
 * @example
 * roundInterval(8.4, 11.6); // { from: 8, to: 12 }
 */
export function roundInterval(fromSeconds: number, toSeconds: number): RemainingInterval {
  const from = Math.max(1, roundSeconds(fromSeconds, Math.floor));
  const to = roundSeconds(toSeconds, Math.ceil);
  return { from, to: to > from ? to : from + stepOf(from) };
}

function stepOf(seconds: number): number {
  return STEPS.find(({ below }) => seconds < below)?.step ?? 300;
}

function roundSeconds(seconds: number, round: (value: number) => number): number {
  const step = stepOf(seconds);
  return round(Math.max(0, seconds) / step) * step;
}

/**
 * Writes an interval with its unit once where both ends have the same: '8 to 12 sec', '50 sec to 1 min 10 sec'. Both ends
 * are in seconds.
 */
export function intervalText({ msg, language }: Translator, { from, to }: RemainingInterval): string {
  const unit = unitOf(from);
  const plain = unit !== undefined && unit === unitOf(to);
  return msg('interval', {
    from: plain ? numberFormat(language).format(from / unit) : formatDuration(from, language),
    to: formatDuration(to, language),
  });
}

/** The seconds of the one unit in which a duration is written, if it is one. */
function unitOf(seconds: number): number | undefined {
  if (seconds < 60) return 1;
  if (seconds < 3_600) return seconds % 60 === 0 ? 60 : undefined;
  return seconds % 3_600 === 0 ? 3_600 : undefined;
}

/**
 * Writes what is left in the user's language: '8 to 12 sec', 'longer than usual', or '–' while there is no estimate.
 *
 * @example
 * remainingText(translator, remaining.at(Date.now())); // '8 to 12 sec'
 */
export function remainingText(translator: Translator, remaining: Remaining): string {
  if (!remaining) return '–';
  return remaining === 'longer' ? translator.msg('longer') : intervalText(translator, remaining);
}

/** Writes what is left as part of a longer line: '8 to 12 sec left'. Undefined while there is no estimate. */
export function remainingLeftText(translator: Translator, remaining: Remaining): string | undefined {
  if (!remaining || remaining === 'longer') return remaining && translator.msg('longer');
  return translator.msg('interval_left', { interval: intervalText(translator, remaining) });
}
