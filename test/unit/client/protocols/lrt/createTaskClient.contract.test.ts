import { http } from 'msw';
import { setupServer } from 'msw/node';
import { startServer } from '../../../../../server/src/http/nodeServer.ts';
import { declareSystemClientContract } from '../../../../contracts/systemClient.contract.ts';
import { createTestBackend } from '../../../../support/http/startBackend.ts';

declareSystemClientContract('app.fetch', async () => {
  const { engine, fetch } = createTestBackend();
  return {
    baseUrl: 'http://backend.test',
    fetch: (input, init) => fetch(new Request(input, init)),
    close: () => engine.close(),
  };
});

declareSystemClientContract('MSW in Node', async () => {
  const { engine, fetch } = createTestBackend('/api');
  const server = setupServer(http.all('http://backend.test/api/*', ({ request }) => fetch(request)));
  server.listen();
  return {
    baseUrl: 'http://backend.test/api',
    async close() {
      server.close();
      await engine.close();
    },
  };
});

declareSystemClientContract('Node HTTP', async () => {
  const { engine, fetch } = createTestBackend();
  const { url, close } = await startServer({ port: 0, fetch: (request) => fetch(request) });
  return {
    baseUrl: url,
    async close() {
      await engine.close();
      await close();
    },
  };
});
