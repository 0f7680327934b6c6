// Runs one long-running method of a service in a worker thread: runInThread.ts starts it.
import { parentPort, workerData } from 'node:worker_threads';
import type { ServiceControls } from './methods.ts';
import type { FromThread, ThreadWork } from './runInThread.ts';

const port = parentPort;
if (!port) throw new Error('serviceThread.ts runs in a worker thread only');
const send = (message: FromThread) => port.postMessage(message);
const { module, request }: ThreadWork = workerData;
const cancelled = new AbortController();
port.on('message', () => cancelled.abort(new Error('The task was cancelled')));
const controls: ServiceControls = {
  signal: cancelled.signal,
  updateProgress: (percent) => send({ percent }),
};
try {
  const { default: work }: { default: unknown } = await import(module);
  if (typeof work !== 'function') throw new Error(`${module} has no default export that is a function`);
  send({ output: await work(request, controls) });
} catch (error) {
  send({ error: error instanceof Error ? error.message : String(error) });
}
port.close();
