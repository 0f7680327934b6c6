import { createMockBackend, generateTown } from 'lrt-plugin/mocks';
import { setupWorker } from 'msw/browser';

/**
 * Starts the real backend on a generated town in this page, and returns its address. A service worker answers in a
 * server's place. The page's own address may choose: `?runSeconds=3&addresses=1000`.
 */
export async function start() {
  const baseUrl = '/lrt';
  const query = new URLSearchParams(location.search);
  const backend = await createMockBackend({
    runSeconds: Number(query.get('runSeconds') ?? 10),
    town: generateTown({ addresses: Number(query.get('addresses') ?? 4000) }),
  });
  await setupWorker(...backend.handlers(baseUrl)).start({ quiet: true, onUnhandledFrame: 'bypass' });
  return baseUrl;
}
