import { Worker } from 'bullmq';

/**
 * A worker of BullMQ alone, the peer that bench/dispatch.ts measures beside ours. It reports progress if the job asks
 * for it, and does nothing else.
 */
const [url = '', concurrency = '1'] = process.argv.slice(2);
const worker = new Worker<{ word: boolean }>(
  'bare',
  async (job) => {
    if (job.data.word) await job.updateProgress(50);
  },
  {
    connection: { url, maxRetriesPerRequest: null },
    concurrency: Number(concurrency),
    removeOnComplete: { count: 0 },
  },
);
await worker.waitUntilReady();
process.send?.('ready');
