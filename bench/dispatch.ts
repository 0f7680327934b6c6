/** Measures how soon a worker begins a task, and how many tasks per second end, beside bare BullMQ. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Queue, QueueEvents } from 'bullmq';
import type { Services } from '../scripts/services/startServices.ts';
import { startLrtProcess, startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { DistributedEngine } from '../server/src/distributed/DistributedEngine.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import { createTaskClient } from '../src/client/index.ts';
import { isTerminal } from '../src/contract/index.ts';
import dispatchTasks from './dispatchTasks.ts';
import { main, median, type Row } from './row.ts';

const WORKERS = 2;
const CONCURRENCY = 50;
const WORDS = 200;
const TASKS = 1_000;
/** The tasks belong to so many owners that no limit holds them back. */
const OWNERS = 100;
const ROUNDS = 5;
const TASK_FILE = fileURLToPath(new URL('./dispatchTasks.ts', import.meta.url));

/**
 * Measures the milliseconds from enqueueing to the first progress that a client receives: ours over HTTP, and bare
 * BullMQ.
 */
async function firstWords(
  baseUrl: string,
  queue: Queue,
  events: QueueEvents,
): Promise<{ ours: number[]; bare: number[] }> {
  const client = createTaskClient({ baseUrl });
  const ours: number[] = [];
  const bare: number[] = [];
  // The first tasks warm up.
  for (let i = -20; i < WORDS; i++) {
    const mine = await new Promise<number>((resolve, reject) => {
      const began = performance.now();
      client.enqueueTask('first_word', {}).then((task) => {
        let heard: number | undefined;
        client.streamTaskProgress(task.id, {
          onProgress({ percent }) {
            if (percent !== null && percent > 0) heard ??= performance.now() - began;
          },
          onFailure: reject,
          onEnd: () => (heard === undefined ? reject(new Error('no progress')) : resolve(heard)),
        });
      }, reject);
    });
    const theirs = await new Promise<number>((resolve, reject) => {
      const began = performance.now();
      const listener = () => {
        events.off('progress', listener);
        resolve(performance.now() - began);
      };
      events.on('progress', listener);
      queue.add('job', { word: true }, { removeOnComplete: true }).catch(reject);
    });
    if (i < 0) continue;
    ours.push(mine);
    bare.push(theirs);
  }
  return { ours, bare };
}

/** Measures tasks per second, from enqueueing the first one to receiving the end of the last one. */
async function ourTasks(engine: DistributedEngine): Promise<number> {
  const began = performance.now();
  const enqueued = await Promise.all(
    Array.from({ length: TASKS }, (_, i) =>
      engine.enqueue({ name: 'nothing', params: {} }, { owner: `owner ${i % OWNERS}` }),
    ),
  );
  const cursors = Object.fromEntries(enqueued.map(({ task }) => [task.id, null]));
  const caller = { owner: 'bench', admin: true };
  let ended = 0;
  for await (const event of engine.events({ cursors }, { caller, signal: new AbortController().signal })) {
    if (event.type === 'succeeded') ended += 1;
    else if (isTerminal(event.type)) throw new Error(`a task ended ${event.type}`);
  }
  if (ended !== TASKS) throw new Error(`${ended} of ${TASKS} tasks succeeded`);
  return (TASKS * 1_000) / (performance.now() - began);
}

async function bareJobs(queue: Queue, events: QueueEvents): Promise<number> {
  let ended = 0;
  const began = performance.now();
  const all = new Promise<void>((resolve) => {
    const listener = () => {
      ended += 1;
      if (ended < TASKS) return;
      events.off('completed', listener);
      resolve();
    };
    events.on('completed', listener);
  });
  await Promise.all(
    Array.from({ length: TASKS }, () => queue.add('job', { word: false }, { removeOnComplete: true })),
  );
  await all;
  return (TASKS * 1_000) / (performance.now() - began);
}

async function startBareWorkers(redisUrl: string): Promise<ChildProcess[]> {
  const file = new URL('./bareWorker.ts', import.meta.url);
  const workers = Array.from({ length: WORKERS }, () => fork(file, [redisUrl, String(CONCURRENCY)]));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return workers;
}

async function measure(services: Services): Promise<Row[]> {
  const { redisUrl, databaseUrl } = services;
  await migrate(databaseUrl);
  const tasks = ['--tasks', TASK_FILE];
  const { url } = await startLrtProcess({
    services,
    command: 'serve',
    name: 'server',
    args: ['--insecure', '--requests-per-second', '10000', ...tasks],
  });
  for (let i = 1; i <= WORKERS; i++) {
    const args = ['--queues', 'default', '--concurrency', String(CONCURRENCY), ...tasks];
    await startLrtProcess({ services, command: 'worker', name: `worker-${i}`, args });
  }
  const bareWorkers = await startBareWorkers(redisUrl);
  const connection = { url: redisUrl, maxRetriesPerRequest: null };
  const queue = new Queue('bare', { connection });
  const events = new QueueEvents('bare', { connection });
  await events.waitUntilReady();
  const pool = openPool(databaseUrl);
  const engine = new DistributedEngine({
    redisUrl,
    pool,
    store: new PostgisStore({ pool }),
    definitions: dispatchTasks,
  });
  try {
    const { ours, bare } = await firstWords(url, queue, events);
    const rates = { ours: [] as number[], bare: [] as number[], ratio: [] as number[] };
    for (let round = -1; round < ROUNDS; round++) {
      const theirs = await bareJobs(queue, events);
      const mine = await ourTasks(engine);
      if (round < 0) continue;
      rates.bare.push(theirs);
      rates.ours.push(mine);
      rates.ratio.push(mine / theirs);
    }
    return [
      { name: 'enqueue to first progress, bare BullMQ, p50', measured: median(bare), unit: 'ms' },
      { name: 'enqueue to first progress in the client over HTTP, p50', measured: median(ours), unit: 'ms' },
      { name: 'ratio', measured: median(ours) / median(bare), unit: 'x', max: 2 },
      {
        name: `${TASKS} no-op jobs at once on ${WORKERS} workers, bare BullMQ`,
        measured: median(rates.bare),
        unit: 'per s',
      },
      {
        name: `${TASKS} tasks at once on ${WORKERS} workers, all reported as ended`,
        measured: median(rates.ours),
        unit: 'per s',
      },
      { name: 'ratio', measured: median(rates.ratio), unit: 'x', min: 0.5 },
    ];
  } finally {
    await engine.close();
    await pool.end();
    await events.close();
    await queue.close();
    for (const worker of bareWorkers) worker.kill();
  }
}

export async function run(): Promise<Row[]> {
  const services = await startServices();
  try {
    return await measure(services);
  } finally {
    await services.stop();
  }
}

if (import.meta.main) await main(run);
