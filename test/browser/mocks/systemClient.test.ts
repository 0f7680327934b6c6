import { setupWorker } from 'msw/browser';
import { mswHandlers } from '../../../mocks/mswHandlers.ts';
import { mswSocketHandlers } from '../../../mocks/mswSocketHandlers.ts';
import { createReflexClient, createTaskClient } from '../../../src/client/index.ts';
import { declareSystemClientContract } from '../../contracts/systemClient.contract.ts';
import { createTestBackend } from '../../support/http/startBackend.ts';

declareSystemClientContract('MSW in Chromium', async () => {
  const { engine, fetch } = createTestBackend('/api');
  const worker = setupWorker(...mswHandlers('/api', fetch));
  await worker.start({ onUnhandledFrame: 'bypass', quiet: true });
  return {
    baseUrl: '/api',
    async close() {
      await worker.stop();
      await engine.close();
    },
  };
});

declareSystemClientContract(
  'Reflex on MSW in Chromium',
  async () => {
    const { engine, fetch } = createTestBackend('/api');
    const sockets = mswSocketHandlers('/api', (request) => fetch(request, { webSocket: true }));
    const worker = setupWorker(...mswHandlers('/api', fetch), ...sockets);
    await worker.start({ onUnhandledFrame: 'bypass', quiet: true });
    const commands = createTaskClient({ baseUrl: '/api' });
    return {
      baseUrl: '/api',
      client: createReflexClient({ baseUrl: '/api/reflex', clientToken: 'tab-1', commands }),
      async close() {
        await worker.stop();
        await engine.close();
      },
    };
  },
  { lacks: ['results', 'error codes', 'features', 'logs', 'many tasks'] },
);
