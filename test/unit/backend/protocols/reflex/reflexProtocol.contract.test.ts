import { http } from 'msw';
import { setupServer } from 'msw/node';
import { mswSocketHandlers } from '../../../../../mocks/mswSocketHandlers.ts';
import { startServer } from '../../../../../server/src/http/nodeServer.ts';
import { declareReflexProtocolContract } from '../../../../contracts/reflexProtocol.contract.ts';
import { openApiChecker } from '../../../../support/http/openApiChecker.ts';
import { createTestBackend } from '../../../../support/http/startBackend.ts';
import { startTestServer } from '../../../../support/server/startTestServer.ts';

const { check } = await openApiChecker();

// Each answer that the suite sees is held against the OpenAPI document, too.
declareReflexProtocolContract(
  'app.fetch',
  async () => {
    const { engine, fetch } = createTestBackend();
    return {
      url: 'http://backend.test/reflex',
      lrtUrl: 'http://backend.test',
      async fetch(input, init) {
        const request = new Request(input, init);
        const response = await fetch(request);
        await check(request, response);
        return response;
      },
      close: () => engine.close(),
    };
  },
  { sockets: false },
);

declareReflexProtocolContract(
  'the server under a base path',
  async () => {
    const { url, close } = await startTestServer({ basePath: '/gis/lrt' });
    return {
      url: `${url}/gis/lrt/reflex`,
      lrtUrl: `${url}/gis/lrt`,
      fetch: (input, init) => globalThis.fetch(input, init),
      close,
    };
  },
  { sockets: true },
);

declareReflexProtocolContract(
  'a port of its own',
  async () => {
    const { url, app, close } = await startTestServer({ basePath: '/gis/lrt' });
    const port = await startServer({ port: 0, basePath: '/gis/lrt/reflex', fetch: app.fetch });
    return {
      url: port.url,
      lrtUrl: url,
      fetch: (input, init) => globalThis.fetch(input, init),
      async close() {
        await close();
        await port.close();
      },
    };
  },
  { sockets: true },
);

// MSW keeps something of each link that was made, so there is one for all tests.
const mswUrl = 'http://backend.test/api';
let mswFetch: ReturnType<typeof createTestBackend>['fetch'];
const mswServer = setupServer(
  http.all(`${mswUrl}/*`, ({ request }) => mswFetch(request)),
  ...mswSocketHandlers(mswUrl, (request) => mswFetch(request, { webSocket: true })),
);

declareReflexProtocolContract(
  'MSW in Node',
  async () => {
    const { engine, fetch } = createTestBackend('/api');
    mswFetch = fetch;
    mswServer.listen();
    return {
      url: `${mswUrl}/reflex`,
      lrtUrl: mswUrl,
      fetch: (input, init) => globalThis.fetch(input, init),
      async close() {
        mswServer.close();
        await engine.close();
      },
    };
  },
  { sockets: true },
);
