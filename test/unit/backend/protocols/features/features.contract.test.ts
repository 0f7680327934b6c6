import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { declareFeaturesProtocolContract } from '../../../../contracts/featuresProtocol.contract.ts';

declareFeaturesProtocolContract('MemoryStore', async (town, tables) => new MemoryStore({ town, tables }));
