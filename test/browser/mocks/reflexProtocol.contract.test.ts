import { setupWorker } from 'msw/browser';
import { mswHandlers } from '../../../mocks/mswHandlers.ts';
import { mswSocketHandlers } from '../../../mocks/mswSocketHandlers.ts';
import { declareReflexProtocolContract } from '../../contracts/reflexProtocol.contract.ts';
import { createTestBackend } from '../../support/http/startBackend.ts';

let backend: ReturnType<typeof createTestBackend>;
// MSW keeps something of each link that was made, so there is one for all tests.
const socketHandlers = mswSocketHandlers('/api', (request) => backend.fetch(request, { webSocket: true }));

declareReflexProtocolContract(
  'MSW in Chromium',
  async () => {
    backend = createTestBackend('/api');
    const { fetch, engine } = backend;
    const worker = setupWorker(...mswHandlers('/api', fetch), ...socketHandlers);
    await worker.start({ onUnhandledFrame: 'bypass', quiet: true });
    const url = new URL('/api', location.href).href;
    return {
      url: `${url}/reflex`,
      lrtUrl: url,
      fetch: (input, init) => globalThis.fetch(input, init),
      async close() {
        await worker.stop();
        await engine.close();
      },
    };
  },
  { sockets: true },
);
