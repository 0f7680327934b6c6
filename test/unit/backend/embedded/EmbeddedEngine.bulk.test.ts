import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { declareBulkContract } from '../../../contracts/bulk.contract.ts';

declareBulkContract('EmbeddedEngine', async ({ town, ...setup }) => ({
  engine: new EmbeddedEngine({ ...setup, store: new MemoryStore({ town }) }),
}));
