import { http } from 'msw';
import { setupServer } from 'msw/node';
import { mswSocketHandlers } from '../../../../../mocks/mswSocketHandlers.ts';
import { createReflexClient, createTaskClient } from '../../../../../src/client/index.ts';
import { type Carried, declareSystemClientContract } from '../../../../contracts/systemClient.contract.ts';
import { createTestBackend } from '../../../../support/http/startBackend.ts';
import { startTestServer } from '../../../../support/server/startTestServer.ts';

/** The protocol has none of these. */
const lacks: Carried[] = ['results', 'error codes', 'features', 'logs', 'many tasks'];

declareSystemClientContract(
  'Reflex on Node HTTP',
  async () => {
    const { url: baseUrl, close } = await startTestServer();
    const token = 'ann';
    const commands = createTaskClient({ baseUrl, token });
    const client = createReflexClient({ baseUrl: `${baseUrl}/reflex`, clientToken: 'ann', token, commands });
    return { baseUrl, client, close };
  },
  { lacks },
);

declareSystemClientContract(
  'Reflex on MSW in Node',
  async () => {
    const { engine, fetch } = createTestBackend('/api');
    const baseUrl = 'http://backend.test/api';
    const server = setupServer(
      http.all(`${baseUrl}/*`, ({ request }) => fetch(request)),
      ...mswSocketHandlers(baseUrl, (request) => fetch(request, { webSocket: true })),
    );
    server.listen();
    const commands = createTaskClient({ baseUrl });
    return {
      baseUrl,
      client: createReflexClient({ baseUrl: `${baseUrl}/reflex`, clientToken: 'tab-1', commands }),
      async close() {
        server.close();
        await engine.close();
      },
    };
  },
  { lacks },
);
