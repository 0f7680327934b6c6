import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { declareTaskEngineContract } from '../../../contracts/taskEngine.contract.ts';

declareTaskEngineContract('EmbeddedEngine', async ({ town, ...setup }) => {
  const store = new MemoryStore({ town });
  return { engine: new EmbeddedEngine({ ...setup, store }), store };
});

declareTaskEngineContract('EmbeddedEngine with a journal', async ({ town, ...setup }) => {
  const store = new MemoryStore({ town });
  const journal = { load: async () => [], save: async () => {}, remove: async () => {} };
  return { engine: await EmbeddedEngine.open({ ...setup, store, journal }), store };
});
