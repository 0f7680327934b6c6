import { setupWorker } from 'msw/browser';
import { mswHandlers } from '../../../mocks/mswHandlers.ts';
import { declareLrtProtocolContract } from '../../contracts/lrtProtocol.contract.ts';
import { createTestBackend } from '../../support/http/startBackend.ts';

declareLrtProtocolContract('MSW in Chromium', async () => {
  const { engine, fetch } = createTestBackend('/api');
  const worker = setupWorker(...mswHandlers('/api', fetch));
  await worker.start({ onUnhandledFrame: 'bypass', quiet: true });
  return {
    url: new URL('/api', location.href).href,
    fetch: (input, init) => globalThis.fetch(input, init),
    async close() {
      await worker.stop();
      await engine.close();
    },
  };
});
