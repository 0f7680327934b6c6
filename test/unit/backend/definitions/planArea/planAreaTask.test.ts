import { expect, it } from 'vitest';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { generateTown } from '../../../../../mocks/town/generateTown.ts';
import { runPlan } from '../../../../support/tasks/runPlan.ts';

const DESIGN = 'design/FTTH-East';

it('plans all addresses of a town, and a second run adds nothing', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 150, seed: 3 }) });
  const { result, items } = await runPlan(store, { design: DESIGN, area: 'all' });
  expect(result).toMatchObject({ design: DESIGN, served: 150, unserved: 0, bill: { missing: [] } });
  expect(items).toHaveLength(150);
  const before = store.toState();
  const again = await runPlan(store, { design: DESIGN, area: 'all' });
  expect(again.result).toMatchObject({
    served: 0,
    unserved: 0,
    bbox: null,
    bill: { lines: [] },
    remarks: [{ code: 'connected-already', count: 150 }],
  });
  expect(store.toState()).toEqual(before);
});
