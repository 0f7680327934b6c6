import { Worker } from 'node:worker_threads';
import type { ExecuteRequest } from '../../../backend/protocols/control/parseExecuteRequest.ts';
import type { ServiceControls } from './methods.ts';

/** A thread that was asked to stop gets this much time. */
const GRACE_MS = 2_000;

/** The values that a thread begins with. */
export interface ThreadWork {
  module: string;
  request: ExecuteRequest;
}
export type ToThread = 'cancel';
/** At the end `output` or `error`. */
export type FromThread = { percent: number } | { output: unknown } | { error: string };

/**
 * Runs the default export of a module in a worker thread of its own. Resolves with what it returns, and rejects with what it
 * throws, also where the thread breaks off. On the signal the thread is asked to stop, and ended where it does not.
 */
export function runInThread(
  module: URL,
  request: ExecuteRequest,
  controls: ServiceControls,
): Promise<unknown> {
  const { signal, updateProgress } = controls;
  // In a variable: a bundler reads the address of a new URL, and this one is not for it.
  const here = import.meta.url;
  const extension = here.endsWith('.ts') ? 'ts' : 'js';
  const work: ThreadWork = { module: module.href, request };
  const thread = new Worker(new URL(`./serviceThread.${extension}`, here), { workerData: work });
  let kill: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    thread.postMessage('cancel' satisfies ToThread);
    kill = setTimeout(() => void thread.terminate(), GRACE_MS);
  };
  return new Promise((resolve, reject) => {
    thread.on('message', (message: FromThread) => {
      if ('percent' in message) updateProgress(message.percent);
      else if ('error' in message) reject(new Error(message.error));
      else resolve(message.output);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => {
      clearTimeout(kill);
      signal.removeEventListener('abort', cancel);
      reject(new Error(`The thread that ran it broke off with code ${code}`));
    });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel);
  });
}
