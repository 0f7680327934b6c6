import { IntakeWorker } from './IntakeWorker.ts';
import type { Ask } from './messages.ts';

/** The worker's own file: it only passes messages on. */
const worker = new IntakeWorker((answer, transfer = []) => postMessage(answer, { transfer }));
addEventListener('message', ({ data }: MessageEvent<Ask>) => void worker.hear(data));
