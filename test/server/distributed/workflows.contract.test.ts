import { declareWorkflowsContract } from '../../contracts/workflows.contract.ts';
import { openDistributed } from '../support/distributed.ts';

declareWorkflowsContract('DistributedEngine', openDistributed, { fanOut: 200 });
