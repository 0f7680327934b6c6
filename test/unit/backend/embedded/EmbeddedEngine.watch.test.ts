import { afterEach, vi } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { declareDesignsContract } from '../../../contracts/designs.contract.ts';
import { declareWatchContract } from '../../../contracts/watch.contract.ts';

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
