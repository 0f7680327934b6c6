import { expect, it } from 'vitest';
import { planArea } from '../../../../backend/planning/planArea.ts';
import { spoiledTown } from '../../../support/planning/spoilTown.ts';
import { verifyPlan } from '../../../support/planning/verify/verifyPlan.ts';

// 500 of them: node bench/spoiledTowns.ts
it('keeps every rule in 20 towns with broken data', async () => {
  let served = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const input = spoiledTown(seed, 300);
    const plan = await planArea(input);
    expect(verifyPlan(input, plan).problems, `seed ${seed}`).toEqual([]);
    served += plan.served.length;
  }
  expect(served).toBeGreaterThan(300);
});
