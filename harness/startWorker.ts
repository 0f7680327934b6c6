import { type SetupWorker, setupWorker } from 'msw/browser';

/** The service worker that answers in a backend's place. What it has no handler for goes to the network as usual. */
export async function startWorker(): Promise<SetupWorker> {
  const worker = setupWorker();
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass' });
  return worker;
}
