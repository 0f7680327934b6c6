import { EmbeddedEngine } from '../../../backend/tasks/EmbeddedEngine.ts';
import { declareTaskEngineContract } from '../../contracts/taskEngine.contract.ts';

declareTaskEngineContract('EmbeddedEngine', (setup) => new EmbeddedEngine(setup));

declareTaskEngineContract('EmbeddedEngine with a journal', (setup) =>
  EmbeddedEngine.open({
    ...setup,
    journal: { load: async () => [], save: async () => {}, remove: async () => {} },
  }),
);
