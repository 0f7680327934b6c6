import { startServer } from '../../../server/src/http/nodeServer.ts';
import { declareLrtProtocolContract } from '../../contracts/lrtProtocol.contract.ts';
import { declareReflexProtocolContract } from '../../contracts/reflexProtocol.contract.ts';
import { declareSystemClientContract } from '../../contracts/systemClient.contract.ts';
import { declareWatchProtocolContract } from '../../contracts/watchProtocol.contract.ts';
import { declareWorkflowsProtocolContract } from '../../contracts/workflowsProtocol.contract.ts';
import { testBackend } from '../../support/http/startBackend.ts';
import { blueprintTasks } from '../../support/tasks/blueprintTasks.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

async function serve() {
  const { engine, store } = await openDistributed({ definitions, town: smallTown });
  const fetch = testBackend({ engine, store });
  const { url, close } = await startServer({
    port: 0,
    fetch: (request, _peer, options) => fetch(request, options),
  });
  return {
    url,
    baseUrl: url,
    fetch: globalThis.fetch,
    async close() {
      await engine.close();
      await close();
    },
  };
}

declareLrtProtocolContract('Node HTTP on DistributedEngine', serve);
declareWatchProtocolContract('Node HTTP on DistributedEngine', serve);

declareReflexProtocolContract(
  'Node HTTP on DistributedEngine',
  async () => {
    const { url, ...rest } = await serve();
    return { ...rest, url: `${url}/reflex`, lrtUrl: url };
  },
  { sockets: true },
);

declareSystemClientContract('Node HTTP on DistributedEngine', async () => {
  const { baseUrl, close } = await serve();
  return { baseUrl, close };
});

declareWorkflowsProtocolContract('DistributedEngine', () =>
  openDistributed({ definitions: blueprintTasks, town: smallTown }),
);
