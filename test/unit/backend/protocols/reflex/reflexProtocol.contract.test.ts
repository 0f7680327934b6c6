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
