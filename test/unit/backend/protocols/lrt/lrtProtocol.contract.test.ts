import { http } from 'msw';
import { setupServer } from 'msw/node';
import { startServer } from '../../../../../server/src/http/nodeServer.ts';
import {
  declareLrtProtocolContract,
  type RunningBackend,
} from '../../../../contracts/lrtProtocol.contract.ts';
import { declareWatchProtocolContract } from '../../../../contracts/watchProtocol.contract.ts';
import { openApiChecker } from '../../../../support/http/openApiChecker.ts';
import { createTestBackend } from '../../../../support/http/startBackend.ts';

const { check } = await openApiChecker();

function declareBoth(name: string, start: () => Promise<RunningBackend>): void {
  declareLrtProtocolContract(name, start);
  declareWatchProtocolContract(name, start);
}

// Each answer that the suite sees is held against the OpenAPI document, too.
declareBoth('app.fetch', async () => {
  const { engine, fetch } = createTestBackend();
  return {
    url: 'http://backend.test',
    async fetch(input, init) {
      const request = new Request(input, init);
      const response = await fetch(request);
      await check(request, response);
      return response;
    },
    close: () => engine.close(),
  };
});

declareBoth('MSW in Node', async () => {
  const { engine, fetch } = createTestBackend('/api');
  const server = setupServer(http.all('http://backend.test/api/*', ({ request }) => fetch(request)));
  server.listen();
  return {
    url: 'http://backend.test/api',
    fetch: (input, init) => globalThis.fetch(input, init),
    async close() {
      server.close();
      await engine.close();
    },
  };
});

declareBoth('Node HTTP', async () => {
  const { engine, fetch } = createTestBackend();
  const { url, close } = await startServer({ port: 0, fetch: (request) => fetch(request) });
  return {
    url,
    fetch: (input, init) => globalThis.fetch(input, init),
    async close() {
      await engine.close();
      await close();
    },
  };
});
