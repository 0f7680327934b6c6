import { type SetupWorker, setupWorker } from 'msw/browser';

/** Starts MSW's service worker. A request without a handler goes to the network as usual. */
export async function startWorker(): Promise<SetupWorker> {
  const worker = setupWorker();
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass' });
  return worker;
}
