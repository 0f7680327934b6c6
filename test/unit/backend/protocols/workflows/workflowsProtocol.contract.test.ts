import { EmbeddedEngine } from '../../../../../backend/embedded/EmbeddedEngine.ts';
import { declareWorkflowsProtocolContract } from '../../../../contracts/workflowsProtocol.contract.ts';
import { blueprintTasks } from '../../../../support/tasks/blueprintTasks.ts';
import { smallStore } from '../../../../support/tasks/definitions.ts';

declareWorkflowsProtocolContract('EmbeddedEngine', async () => {
  const store = smallStore();
  return { store, engine: new EmbeddedEngine({ definitions: blueprintTasks, store }) };
});
