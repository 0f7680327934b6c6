import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { partsLocales } from '../../../src/locales/loadLocale.ts';
import {
  createRemainingTime,
  type Remaining,
  type RemainingTime,
  remainingLeftText,
  remainingText,
  roundInterval,
} from '../../../src/parts/remaining.ts';

const SEED = 20_261_129;

/** Feeds samples a second apart, and gives what is shown after each. */
function run(remaining: RemainingTime, dones: readonly number[], fromSecond = 0, total = 100): Remaining[] {
  return dones.map((done, index) => {
    const atMs = (fromSecond + index) * 1000;
    remaining.add(done, total, atMs);
    return remaining.at(atMs);
  });
}

const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

const upper = (shown: Remaining) => (typeof shown === 'object' ? shown.to : 0);

describe('the interval that is left', () => {
  test('is unknown until two seconds and two percent have shown a pace', () => {
    expect(run(createRemainingTime(), [0, 0, 0, 0, 1])).toEqual(Array(5).fill(undefined));
    expect(run(createRemainingTime(), [0, 50])).toEqual([undefined, undefined]);
    expect(run(createRemainingTime(), [0, 10, 20]).at(-1)).toEqual({ from: 6, to: 10 });
  });

  test('has the true end in it at a steady pace, and counts down without growing', () => {
    const shown = run(createRemainingTime(), range(0, 98, 2));
    for (const [second, each] of [...shown.entries()].slice(3)) {
      const left = 50 - second;
      expect(each).toMatchObject({ from: expect.any(Number), to: expect.any(Number) });
      if (typeof each !== 'object') continue;
      expect(each.from).toBeLessThanOrEqual(left);
      expect(each.to).toBeGreaterThanOrEqual(left);
    }
    const uppers = shown.slice(3).map(upper);
    expect(uppers).toEqual(uppers.toSorted((a, b) => b - a));
  });

  test('is wider where the pace changed', () => {
    const steady = run(createRemainingTime(), range(0, 50, 5)).at(-1);
    const faster = run(createRemainingTime(), [...range(0, 10), 20, 30, 40, 50]).at(-1);
    const width = (each: Remaining) => (typeof each === 'object' ? each.to / each.from : Number.NaN);
    expect(width(faster)).toBeGreaterThan(width(steady));
  });

  test('grows when the longer estimate has stood for three seconds, and not before', () => {
    const remaining = createRemainingTime();
    const before = upper(run(remaining, range(0, 50, 5)).at(-1));
    const shown = run(remaining, range(50.5, 54, 0.5), 11).map(upper);
    expect(Math.max(...shown.slice(0, 3))).toBeLessThanOrEqual(before);
    expect(shown.at(-1)).toBeGreaterThan(before);
  });

  test('does not grow for a stall that is over within three seconds', () => {
    const remaining = createRemainingTime();
    const before = upper(run(remaining, range(0, 50, 5)).at(-1));
    const shown = run(remaining, [50.1, 50.2, 65, 70, 75], 11).map(upper);
    expect(Math.max(...shown)).toBeLessThanOrEqual(before);
  });

  test('says that it takes longer than usual after its upper end, and has a new interval after further progress', () => {
    const remaining = createRemainingTime();
    run(remaining, range(0, 50, 5));
    const silent = range(11, 30).map((second) => remaining.at(second * 1000));
    expect(silent.at(-1)).toBe('longer');
    expect(silent.filter((each) => each === undefined)).toEqual([]);
    const again = run(remaining, range(51, 60), 31);
    expect(again[0]).toBe('longer');
    expect(again.at(-1)).toMatchObject({ to: expect.any(Number) });
  });

  test('counts on while the last percent takes its time', () => {
    const remaining = createRemainingTime();
    run(remaining, range(0, 100, 10));
    expect(range(11, 20).map((second) => remaining.at(second * 1000))).toContain('longer');
  });

  test('begins anew where the task or the clock goes back', () => {
    const remaining = createRemainingTime();
    run(remaining, range(0, 50, 5));
    remaining.add(0, 100, 11_000);
    expect(remaining.at(11_000)).toBeUndefined();
    run(remaining, range(0, 50, 5), 11);
    remaining.add(60, 100, 5_000);
    expect(remaining.at(5_000)).toBeUndefined();
  });

  test('leaves out samples that make no sense', () => {
    const remaining = createRemainingTime();
    run(remaining, range(0, 50, 5));
    const before = remaining.at(10_000);
    for (const [done, total, atMs] of [
      [Number.NaN, 100, 10_500],
      [50, 0, 10_500],
      [50, -1, 10_500],
      [-1, 100, 10_500],
      [50, Number.POSITIVE_INFINITY, 10_500],
      [50, 100, Number.NaN],
    ] as const) {
      remaining.add(done, total, atMs);
    }
    expect(remaining.at(10_000)).toEqual(before);
    expect(remaining.at(Number.NaN)).toEqual(before);
  });

  test('holds its promises for any series of samples', () => {
    const series = fc.array(
      fc.record({
        pauseMs: fc.integer({ min: 0, max: 4_000 }),
        done: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true })),
        goesBack: fc.integer({ min: 0, max: 40 }).map((each) => each === 0),
      }),
      { minLength: 5, maxLength: 80 },
    );
    const total = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(series, total, (steps, of) => {
        const remaining = createRemainingTime();
        let nowMs = 0;
        let done = 0;
        let before: { shown: Remaining; atMs: number } = { shown: undefined, atMs: Number.NEGATIVE_INFINITY };
        let grewAtMs = 0;
        for (const { pauseMs, done: more, goesBack } of steps) {
          done = goesBack ? 0 : Math.min(of, done + more);
          for (const until = nowMs + pauseMs; nowMs <= until; nowMs += 250) {
            remaining.add(done, of, nowMs);
            const shown = remaining.at(nowMs);
            expect(remaining.at(nowMs)).toBe(shown);
            if (typeof shown === 'object') {
              expect(shown.from).toBeGreaterThanOrEqual(1);
              expect(shown.to).toBeGreaterThan(shown.from);
              for (const end of [shown.from, shown.to]) expect(end % stepOf(end)).toBe(0);
            }
            if (JSON.stringify(shown) === JSON.stringify(before.shown)) continue;
            // A task that goes back has no estimate at once.
            if (goesBack && shown === undefined) {
              grewAtMs = nowMs;
              before = { shown, atMs: Number.NEGATIVE_INFINITY };
              continue;
            }
            expect(nowMs - before.atMs).toBeGreaterThanOrEqual(1_000);
            if (before.shown === undefined) {
              grewAtMs = nowMs;
            } else if (upper(shown) > upper(before.shown)) {
              expect(nowMs - grewAtMs).toBeGreaterThanOrEqual(3_000);
              grewAtMs = nowMs;
            } else if (typeof before.shown === 'object') {
              const passed = (nowMs - before.atMs) / 1000;
              const least = (before.shown.to - stepOf(before.shown.to) - passed) / 2;
              if (shown !== 'longer') expect(upper(shown)).toBeGreaterThanOrEqual(Math.floor(least));
            }
            before = { shown, atMs: nowMs };
          }
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

function stepOf(seconds: number): number {
  return seconds < 20 ? 1 : seconds < 120 ? 5 : seconds < 3_600 ? 60 : 300;
}

describe('the ends of the interval', () => {
  test.each([
    [8.4, 11.6, { from: 8, to: 12 }],
    [0, 0.2, { from: 1, to: 2 }],
    [19.9, 20.1, { from: 19, to: 25 }],
    [22, 34, { from: 20, to: 35 }],
    [119, 121, { from: 115, to: 180 }],
    [200, 200, { from: 180, to: 240 }],
    [3_599, 3_700, { from: 3_540, to: 3_900 }],
    [7_200, 7_200, { from: 7_200, to: 7_500 }],
  ])('are rounded outwards by steps that grow: %d to %d', (from, to, interval) => {
    expect(roundInterval(from, to)).toEqual(interval);
  });

  test('have their unit once where it is the same', () => {
    const translator = createTranslator({ locale: partsLocales.of('en') });
    const text = (from: number, to: number) => remainingText(translator, { from, to });
    expect(text(8, 12)).toBe('8 to 12 sec');
    expect(text(55, 75)).toBe('55 sec to 1 min 15 sec');
    expect(text(180, 240)).toBe('3 to 4 min');
    expect(text(3_600, 7_200)).toBe('1 to 2 hr');
    expect(text(3_540, 3_900)).toBe('59 min to 1 hr 5 min');
    expect(remainingText(translator, undefined)).toBe('–');
    expect(remainingText(translator, 'longer')).toBe('longer than usual');
    expect(remainingLeftText(translator, { from: 8, to: 12 })).toBe('8 to 12 sec left');
    expect(remainingLeftText(translator, 'longer')).toBe('longer than usual');
    expect(remainingLeftText(translator, undefined)).toBeUndefined();
  });

  test.each([
    ['de', '8 bis 12 Sek.'],
    ['ar', '8 إلى 12 ث'],
    ['ja', '8～12 秒'],
  ])('are written as %s writes them', async (language, expected) => {
    await partsLocales.load(language);
    const translator = createTranslator({ locale: partsLocales.of(language) });
    expect(remainingText(translator, { from: 8, to: 12 })).toBe(expected);
  });
});
