// Tests how often a run ends within the interval that was shown before it, on random histories.
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../backend/definitions/seededRandom.ts';
import { estimateDuration, type PastRun } from '../../../../../backend/tasks/preview/estimateDuration.ts';

interface Draw {
  /** Uniform, above 0 and below 1. */
  uniform(): number;
  normal(): number;
  /** The number of the run, from 0. */
  at: number;
}

const RUNS = 80;
const HISTORIES = 10;

/** The share of runs that end within the interval, from the `skip`th run on, and how wide it is: high divided by low. */
function replay(next: (draw: Draw) => PastRun, skip = 10): { covered: number; width: number } {
  let within = 0;
  let shown = 0;
  const widths: number[] = [];
  for (let history = 0; history < HISTORIES; history += 1) {
    const random = seededRandom(1_000 + history);
    const uniform = () => (random(2 ** 31) + 0.5) / 2 ** 31;
    const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const runs: PastRun[] = [];
    for (let at = 0; at < RUNS; at += 1) {
      const run = next({ uniform, normal, at });
      const estimate = estimateDuration(runs, run.size);
      if (at >= skip && estimate) {
        shown += 1;
        widths.push(estimate.highSeconds / estimate.lowSeconds);
        if (run.seconds >= estimate.lowSeconds && run.seconds <= estimate.highSeconds) within += 1;
      }
      runs.push(run);
    }
  }
  widths.sort((a, b) => a - b);
  return { covered: within / shown, width: widths[Math.floor(widths.length / 2)] ?? 0 };
}

const sizes = [10, 100, 500, 2_000, 10_000];
const anySize = (uniform: () => number) => sizes[Math.floor(uniform() * sizes.length)] ?? 1;

describe('four of five runs end within the interval that was shown before', () => {
  test.each<[string, (draw: Draw) => PastRun, most: number]>([
    ['alike', ({ normal }) => ({ seconds: 20 * Math.exp(0.15 * normal()), size: 2_000 }), 1.8],
    [
      'of many sizes, with a start-up time',
      ({ uniform, normal }) => {
        const size = anySize(uniform);
        return { seconds: (1 + size / 200) * Math.exp(0.2 * normal()), size };
      },
      5,
    ],
    ['without a size', ({ normal }) => ({ seconds: 5 * Math.exp(0.5 * normal()) }), 6],
    [
      'with a heavy tail (Pareto, without a variance)',
      ({ uniform }) => ({ seconds: 10 * uniform() ** (-1 / 1.5), size: 2_000 }),
      14,
    ],
    [
      'in a drift: the network grows, and a run takes five times as long in the end',
      ({ at, normal }) => ({ seconds: 10 * (1 + (4 * at) / RUNS) * Math.exp(0.15 * normal()), size: 2_000 }),
      4,
    ],
    [
      'on a new machine, three times as fast from one day to the next',
      ({ at, normal }) => ({ seconds: (at < RUNS / 2 ? 30 : 10) * Math.exp(0.15 * normal()), size: 2_000 }),
      5,
    ],
    [
      'with a busy day now and then',
      ({ uniform, normal }) => ({ seconds: (uniform() < 0.1 ? 80 : 20) * Math.exp(0.1 * normal()) }),
      6,
    ],
  ])('%s', (_, next, most) => {
    const { covered, width } = replay(next);
    // Printed for docs/write-a-task.md, which has the measured figures.
    if (process.env.SHOW_COVERAGE)
      console.log(`${_}: ${(100 * covered).toFixed(1)} %, ${width.toFixed(1)} x wide`);
    expect(covered).toBeGreaterThanOrEqual(0.8);
    expect(width).toBeLessThan(most);
  });

  test('also of the first ten runs, of which little is known', () => {
    const next = ({ uniform, normal }: Draw) => {
      const size = anySize(uniform);
      return { seconds: (1 + size / 200) * Math.exp(0.2 * normal()), size };
    };
    const early = (draw: Draw) => (draw.at < 10 ? next(draw) : { seconds: Number.NaN });
    const { covered } = replay(early, 1);
    // Runs that are no number count as missed in this replay, so the share is taken of the nine that count.
    expect((covered * (RUNS - 1)) / 9).toBeGreaterThanOrEqual(0.8);
  });
});

test('nothing is said without history, and nothing of runs whose times are no numbers', () => {
  expect(estimateDuration([])).toBeUndefined();
  expect(estimateDuration([{ seconds: Number.NaN }, { seconds: -3 }])).toBeUndefined();
  expect(estimateDuration([{ seconds: 0, size: 0 }], -1)).toMatchObject({ runs: 1 });
  const { lowSeconds = 0, highSeconds = 0 } = estimateDuration([{ seconds: 10, size: 2_000 }], 200) ?? {};
  expect(lowSeconds).toBeLessThan(1);
  expect(highSeconds).toBeGreaterThan(1);
  const huge = estimateDuration(
    [
      { seconds: 1e9, size: 1 },
      { seconds: 1e-9, size: 1e12 },
    ],
    1e300,
  );
  expect(Number.isFinite(huge?.highSeconds)).toBe(true);
});
