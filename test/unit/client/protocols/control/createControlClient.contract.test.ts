import { createControlClient } from '../../../../../src/client/index.ts';
import { type Carried, declareSystemClientContract } from '../../../../contracts/systemClient.contract.ts';
import { startTestServer } from '../../../../support/server/startTestServer.ts';

/** The protocol has none of these. */
const lacks: Carried[] = ['error codes', 'features', 'logs', 'many tasks'];

declareSystemClientContract(
  'control on Node HTTP',
  async () => {
    const { url: baseUrl, close } = await startTestServer();
    // A service that does not know a task is asked twelve times. Half a second between them would be ten seconds of these tests.
    const client = createControlClient({ baseUrl, token: 'ann', canCancel: true, mostPollSeconds: 0.05 });
    return { baseUrl, client, close };
  },
  { lacks },
);
