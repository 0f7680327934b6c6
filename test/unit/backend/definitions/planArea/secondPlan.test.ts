import { expect, it } from 'vitest';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { generateTown } from '../../../../../mocks/town/generateTown.ts';
import { planTwice } from '../../../../support/tasks/planTwice.ts';

const plan = (seed: number, eachOf: number, rules = {}) =>
  planTwice(new MemoryStore({ town: generateTown({ addresses: 200, seed }) }), eachOf, rules);

it.each([
  [1, 2],
  [2, 3],
  [3, 10],
])(
  'each line of two plans of town %i can be followed, where the second serves each %ith address',
  async (seed, eachOf) => {
    const { result, problems } = await plan(seed, eachOf);
    expect(problems).toEqual([]);
    expect(result.unserved).toBe(0);
    expect(result.figures.reused).toBeGreaterThan(0);
  },
);

it('a fibre that loses more light than the rules allow is not used', async () => {
  // A splitter of 32 ports, its connectors and splices lose 19.9 dB before the first metre.
  const { result, problems } = await plan(3, 10, { lossLimitDb: 22.95, lossMarginDb: 3 });
  expect(problems).toEqual([]);
  expect(result.figures.reused).toBeLessThan(20);
});

it('cables without a spare fibre lead to new ones, and no pin is used twice', async () => {
  const { result, problems } = await plan(3, 4, {
    spareFibresPercent: 0,
    cableSizes: [1, 2, 3, 4, 5, 6, 8, 12],
  });
  expect(problems).toEqual([]);
  expect(result.figures.terminals).toBeGreaterThan(0);
});
