import { declareTaskEngineContract } from '../../contracts/taskEngine.contract.ts';
import { openDistributed } from '../support/distributed.ts';

declareTaskEngineContract('DistributedEngine and PostgisStore', openDistributed);
