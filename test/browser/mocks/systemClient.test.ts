import { setupWorker } from 'msw/browser';
import { mswHandlers } from '../../../mocks/mswHandlers.ts';
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
