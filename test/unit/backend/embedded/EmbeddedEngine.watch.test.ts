import { afterEach, expect, test, vi } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { declareDesignsContract, plan } from '../../../contracts/designs.contract.ts';
import { declareWatchContract } from '../../../contracts/watch.contract.ts';
import { DESIGN, smallTown } from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };

afterEach(() => {
  vi.useRealTimers();
});

declareWatchContract('EmbeddedEngine', async ({ town, ...setup }) => {
  const store = new MemoryStore({ town });
  const engine = new EmbeddedEngine({ ...setup, store, retention: { finishedTasks: 0 } });
  return {
    engine,
    // Each end deletes those that ended more than two minutes ago.
    async remove() {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 180_000 });
      const { task } = await engine.enqueue({ name: 'count', params: { to: 1 } }, { owner: 'later' });
      for await (const _ of engine.events({ cursors: { [task.id]: null } }, { caller: { owner: 'later' } }));
      vi.useRealTimers();
    },
  };
});

declareDesignsContract('EmbeddedEngine', async ({ town, ...setup }) => {
  const store = new MemoryStore({ town });
  return { engine: new EmbeddedEngine({ ...setup, store }), store };
});

test('another town in the place of the first takes its designs away; the tasks keep how they ended', async () => {
  const store = new MemoryStore({ town: smallTown });
  const engine = new EmbeddedEngine({ definitions: [plan], store });
  const { task } = await engine.enqueue({ name: 'plan', params: { design: DESIGN, writes: true } }, ann);
  for await (const _ of engine.events({ cursors: { [task.id]: null } }, { caller: ann }));
  const before = await engine.get(task.id, ann);
  store.load(smallTown);
  expect(await engine.get(task.id, ann)).toEqual({ ...before, designDeletedAt: expect.any(String) });
  await engine.close();
  // A closed engine hears nothing more of the store.
  store.load(smallTown);
});
