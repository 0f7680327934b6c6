import { expect, it } from 'vitest';
import { rulesOf } from '../../../../../backend/definitions/planArea/rulesOf.ts';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { completeRules } from '../../../../../backend/planning/rules.ts';
import { generateTown } from '../../../../../mocks/town/generateTown.ts';
import { inputOfView } from '../../../../support/planning/records/inputOfView.ts';
import { PlanRecords } from '../../../../support/planning/records/PlanRecords.ts';
import { verifyRecords } from '../../../../support/planning/records/verifyRecords.ts';
import { runPlan } from '../../../../support/tasks/runPlan.ts';

it('every fibre of a town can be followed to the feed, and the verifier finds whatever is wrong', async () => {
  const options = { addresses: 70, seed: 1 };
  const store = new MemoryStore({ town: generateTown(options) });
  const view = async () => store.begin().view('design/FTTH-East');
  const before = await PlanRecords.read(await view());
  const { result } = await runPlan(store, { design: 'design/FTTH-East', area: 'all' });
  const after = await PlanRecords.read(await view());
  const facts = { rules: completeRules(rulesOf({})), result, unserved: [] };
  const input = await inputOfView(await view());
  expect(verifyRecords(input, before, after, facts).problems).toEqual([]);

  const spoil = async (table: string, at: number, properties: Record<string, unknown> | undefined) => {
    const transaction = store.begin();
    const records = (await transaction.view('design/FTTH-East')).table(table);
    const id = (await records.recs())[at]?.id ?? 0;
    if (properties) await records.update(id, { properties });
    else await records.delete(id);
    const spoilt = await PlanRecords.read(await transaction.view('design/FTTH-East'));
    transaction.rollback();
    return verifyRecords(input, before, spoilt, facts).problems.join('; ');
  };
  expect(await spoil('connection', 3, undefined)).toMatch(/is not fed|is on no splitter/);
  expect(await spoil('connection', 40, { out_low: 9_999, out_high: 9_999 })).toMatch(/does not exist/);
  expect(await spoil('ug_route', 0, { length: 1 })).toMatch(/ug_route\/\d+ is [\d.]+ m long/);
  expect(await spoil('fiber_cable', 0, { fiber_count: 288 })).toMatch(/feeder 288, and it needs/);
  expect(await spoil('fiber_cable', 5, { name: 'P1-C1' })).toMatch(/has the name 'P1-C1'/);
  expect(await spoil('fiber_terminal', 0, undefined)).toMatch(/fiber_terminal.*is of nothing/);
  expect(await spoil('wall_box', 7, { loss_db: 1 })).toMatch(/its loss is/);
  expect(await spoil('oh_route', 2, undefined)).toMatch(/lead from no feed|no oh_route/);
});
