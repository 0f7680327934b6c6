// The queues on PostgreSQL that bench/dispatch.ts measures beside ours. This file is JavaScript, because their types are
// there only once bench/package.json is installed. As a process of its own it is a worker of one of them, and sends the
// number of jobs that have ended.

import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const QUEUE = 'nothing';
/** A job of it adds the next one. */
const CHAIN = 'chain';
/** Each peer is the quickest with these sizes. */
const BATCH = 50;
const LOCAL_QUEUE = 100;

/** @type {Record<string, (databaseUrl: string) => Promise<{ add: () => Promise<unknown>, addChain?: (jobs: number) => Promise<unknown>, close: () => Promise<void> }>>} */
export const queuePeers = {
  'pg-boss': async (databaseUrl) => {
    const boss = await startBoss(databaseUrl);
    await boss.createQueue(QUEUE, { notify: true });
    return { add: () => boss.send(QUEUE, {}), close: () => boss.stop({ graceful: false }) };
  },
  'graphile-worker': async (databaseUrl) => {
    const pgPool = new pg.Pool({ connectionString: databaseUrl });
    // Its own pool would end the bench when PostgreSQL stops.
    pgPool.on('error', () => {});
    const utils = await makeWorkerUtils({ pgPool });
    await utils.migrate();
    return {
      add: () => utils.addJob(QUEUE, {}),
      addChain: (jobs) => utils.addJob(CHAIN, { left: jobs - 1 }),
      async close() {
        await utils.release();
        await pgPool.end();
      },
    };
  },
};

/** @type {Record<string, (databaseUrl: string, concurrency: number, ended: (count: number) => void) => Promise<unknown>>} */
const workers = {
  'pg-boss': async (databaseUrl, _, ended) => {
    const boss = await startBoss(databaseUrl);
    await boss.work(QUEUE, { batchSize: BATCH, pollingIntervalSeconds: 0.5 }, async (jobs) =>
      ended(jobs.length),
    );
  },
  'graphile-worker': (connectionString, concurrentJobs, ended) =>
    run({
      connectionString,
      taskList: {
        [QUEUE]: async () => ended(1),
        [CHAIN]: async (payload, { addJob }) => {
          ended(1);
          const left = Number(Object(payload).left);
          if (left > 0) await addJob(CHAIN, { left: left - 1 });
        },
      },
      preset: { worker: { concurrentJobs, localQueue: { size: LOCAL_QUEUE } } },
      // It would write a line for each job.
      logger: new Logger(() => () => {}),
    }),
};

/** @param {string} connectionString */
async function startBoss(connectionString) {
  const boss = new PgBoss({ connectionString, useListenNotify: true });
  boss.on('error', console.error);
  await boss.start();
  return boss;
}

if (import.meta.main) {
  const [peer = '', databaseUrl = '', concurrency = '1'] = process.argv.slice(2);
  let count = 0;
  await workers[peer]?.(databaseUrl, Number(concurrency), (more) => {
    if (count === 0) {
      setImmediate(() => {
        process.send?.(count);
        count = 0;
      });
    }
    count += more;
  });
  process.send?.('ready');
}
