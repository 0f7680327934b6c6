import { describe, expect, it } from 'vitest';
import type { PlanPhase } from '../../../../backend/planning/PlanWork.ts';
import { PLAN_PHASES } from '../../../../backend/planning/PlanWork.ts';
import { planArea } from '../../../../backend/planning/planArea.ts';
import { townInput } from '../../../support/planning/townInput.ts';

const town = townInput({ seed: 1, addresses: 400 });

describe('planArea', () => {
  it('serves every address of a town within the rules, and makes the same plan again', async () => {
    const plan = await planArea(town);
    expect(plan.unserved).toEqual([]);
    expect(plan.served).toHaveLength(400);
    expect(plan.summary.longestDropMetres).toBeLessThanOrEqual(60);
    expect(plan.summary.longestDetour).toBeLessThanOrEqual(2);
    expect(plan.summary.withinBudget).toBe(400);
    expect(plan.summary.leastRouteMetres).toBeLessThanOrEqual(plan.summary.boundMetres * 1.03);
    expect(plan.summary.routeMetres).toBeLessThanOrEqual(plan.summary.boundMetres * 1.2);
    expect(await planArea(town)).toEqual(plan);
  });

  it('reports its phases in order and ends with the reason of the signal', async () => {
    const phases = new Set<PlanPhase>();
    let last = 0;
    await planArea(town, {
      onProgress: ({ phase, percent }) => {
        phases.add(phase);
        expect(percent).toBeGreaterThanOrEqual(last);
        last = percent;
      },
    });
    expect([...phases]).toEqual(PLAN_PHASES);
    expect(last).toBeGreaterThan(90);
    expect(last).toBeLessThanOrEqual(100);

    const abort = new AbortController();
    const onProgress = ({ phase }: { phase: PlanPhase }) => {
      if (phase === 'search') abort.abort(new Error('nobody wants it any more'));
    };
    await expect(planArea(town, { signal: abort.signal, onProgress })).rejects.toThrow(
      'nobody wants it any more',
    );
  });

  it('refuses rules that contradict, each by name', async () => {
    const rules = { sparePorts: 0.9, splitterPorts: 8, lossLimit: 18, cableSizes: [] };
    await expect(planArea({ ...town, rules })).rejects.toMatchObject({
      error: {
        code: 'invalid-params',
        parameters: [
          expect.objectContaining({ parameter: 'splitterLossDb', code: 'missing' }),
          expect.objectContaining({ parameter: 'cableSizes' }),
          expect.objectContaining({ parameter: 'sparePortsPercent', code: 'contradiction' }),
        ],
      },
    });
  });
});
