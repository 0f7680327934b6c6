import { describe, expect, it } from 'vitest';
import { planArea } from '../../../../backend/planning/planArea.ts';
import { cambridgeInput, hasCambridge } from '../../../support/planning/cambridgeInput.ts';
import { verifyPlan } from '../../../support/planning/verify/verifyPlan.ts';

describe(`an area of Cambridge${hasCambridge ? '' : ' (not run: ../shared/data/cambridge is not there)'}`, () => {
  it.runIf(hasCambridge)('is planned within the figures that are promised', async () => {
    const input = cambridgeInput(1_000);
    const plan = await planArea(input);
    const { problems, boundMetres } = verifyPlan(input, plan);
    expect(problems).toEqual([]);
    const { served, leastRouteMetres, routeMetres, metresPerAddress, medianDropMetres, withinBudget } =
      plan.summary;
    expect(served).toBeGreaterThanOrEqual(990);
    expect(leastRouteMetres).toBeLessThanOrEqual(1.02 * boundMetres);
    expect(routeMetres).toBeLessThanOrEqual(1.2 * boundMetres);
    expect(metresPerAddress).toBeLessThanOrEqual(60);
    expect(medianDropMetres).toBeLessThanOrEqual(30);
    expect(withinBudget).toBe(served);
  });
});
