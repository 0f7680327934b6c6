import { setupWorker } from 'msw/browser';
import { mswHandlers } from '../../../mocks/mswHandlers.ts';
import { declareLrtProtocolContract, type RunningBackend } from '../../contracts/lrtProtocol.contract.ts';
import { declareWatchProtocolContract } from '../../contracts/watchProtocol.contract.ts';
import { createTestBackend } from '../../support/http/startBackend.ts';

async function start(): Promise<RunningBackend> {
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
}

declareLrtProtocolContract('MSW in Chromium', start);
declareWatchProtocolContract('MSW in Chromium', start);
