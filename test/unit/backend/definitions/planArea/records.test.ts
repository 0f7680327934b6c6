import { expect, it } from 'vitest';
import { rulesOf } from '../../../../../backend/definitions/planArea/rulesOf.ts';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { completeRules } from '../../../../../backend/planning/rules.ts';
import { generateTown } from '../../../../../mocks/town/generateTown.ts';
import { inputOfView } from '../../../../support/planning/records/inputOfView.ts';
import { PlanRecords } from '../../../../support/planning/records/PlanRecords.ts';
import { verifyRecords } from '../../../../support/planning/records/verifyRecords.ts';
import { runPlan } from '../../../../support/tasks/runPlan.ts';

it.each([1, 2, 3])(
  'every fibre of town %i can be followed to the feed, and all keeps the rules',
  async (seed) => {
    const options = { addresses: 200, seed };
    const store = new MemoryStore({ town: generateTown(options) });
    const view = async () => store.begin().view('design/FTTH-East');
    const before = await PlanRecords.read(await view());
    const { result } = await runPlan(store, { design: 'design/FTTH-East', area: 'all' });
    const after = await PlanRecords.read(await view());
    const facts = { rules: completeRules(rulesOf({})), result, unserved: [] };
    expect(verifyRecords(await inputOfView(await view()), before, after, facts).problems).toEqual([]);
  },
);
