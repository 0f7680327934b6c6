import { createMockBackend } from 'lrt-plugin/mocks';
import { setupWorker } from 'msw/browser';

/** The real backend on a generated town, in this page; a service worker answers in a server's place. */
export async function start() {
  const baseUrl = '/lrt';
  const backend = await createMockBackend({ runSeconds: 10 });
  await setupWorker(...backend.handlers(baseUrl)).start({ quiet: true, onUnhandledFrame: 'bypass' });
  return baseUrl;
}
