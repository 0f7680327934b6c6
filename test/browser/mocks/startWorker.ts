import { setupWorker } from 'msw/browser';
import { onTestFinished } from 'vitest';
import type { MockBackend } from '../../../mocks/index.ts';

/** Mounts the backend at `/api` of this page until the test ends; returns the base URL. */
export async function startWorker(backend: MockBackend): Promise<string> {
  const worker = setupWorker(...backend.handlers('/api'));
  await worker.start({
    onUnhandledFrame: 'bypass',
    quiet: true,
  });
  onTestFinished(async () => {
    await worker.stop();
    await backend.close();
  });
  return new URL('/api', location.href).href;
}
