import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { declareWaitingContract } from '../../../contracts/waiting.contract.ts';
import { smallStore } from '../../../support/tasks/definitions.ts';

declareWaitingContract(
  'EmbeddedEngine',
  async (setup) => new EmbeddedEngine({ ...setup, store: smallStore() }),
  { rules: 'embedded', seeds: 30, steps: 60, priorities: [1, 5] },
);
