/**
 * Measures what a task with 500 MB of features costs the server that its followers read from, and Redis: memory above
 * idle, and how late other requests are answered meanwhile.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import type { Services } from '../scripts/services/startServices.ts';
import { startLrtProcess, startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { createTaskClient } from '../src/client/index.ts';
import type { Followed } from './bigTaskFollower.ts';
import { main, type Row } from './row.ts';

const MEGABYTES = 500;
/** Clients that follow the task all along. One more comes without a cursor, again and again. */
const FOLLOWERS = 2;
const TASK_FILE = fileURLToPath(new URL('./bigTaskTasks.ts', import.meta.url));

/** The memory of a process that is not shared with others, in MB. */
function residentMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1_000;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Follows the task in a process of its own, which has the work of parsing. */
async function follow(url: string, id: string, mode: 'stay' | 'reload'): Promise<Followed> {
  const follower = fork(new URL('./bigTaskFollower.ts', import.meta.url), [url, id, mode]);
  const [got] = await once(follower, 'message');
  follower.disconnect();
  return got;
}

async function measure(services: Services): Promise<Row[]> {
  const { redisUrl, databaseUrl } = services;
  await migrate(databaseUrl);
  const tasks = ['--tasks', TASK_FILE];
  const server = await startLrtProcess({
    services,
    command: 'serve',
    name: 'server',
    args: ['--insecure', '--requests-per-second', '10000', ...tasks],
  });
  await startLrtProcess({
    services,
    command: 'worker',
    name: 'worker',
    args: ['--queues', 'default', ...tasks],
  });
  const { url } = server;
  const { pid } = server.lrt;
  const client = createTaskClient({ baseUrl: url });
  const redis = new Redis(redisUrl);
  const redisMb = async () =>
    Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? Number.NaN) / 1e6;
  const run = async (megabytes: number) => {
    const { id } = await client.enqueueTask('big', { megabytes });
    return String(id);
  };
  // The first task warms up.
  await follow(url, await run(5), 'stay');
  await delay(2_000);
  const idle = residentMb(pid);
  const idleRedis = await redisMb();

  const latencies: number[] = [];
  let [peak, peakRedis] = [0, 0];
  let over = false;
  const watch = async () => {
    while (!over) {
      const asked = performance.now();
      await (await fetch(`${url}/healthz`)).text();
      latencies.push(performance.now() - asked);
      peak = Math.max(peak, residentMb(pid));
      await delay(10);
    }
  };
  const watchRedis = async () => {
    while (!over) {
      peakRedis = Math.max(peakRedis, await redisMb());
      await delay(50);
    }
  };
  const watching = [watch(), watchRedis()];
  const began = performance.now();
  const id = await run(MEGABYTES);
  const [reloader, ...got] = await Promise.all([
    follow(url, id, 'reload'),
    ...Array.from({ length: FOLLOWERS }, () => follow(url, id, 'stay')),
  ]);
  const seconds = (performance.now() - began) / 1_000;
  over = true;
  await Promise.all(watching);
  redis.disconnect();
  console.log(
    (await (await fetch(`${url}/metrics`)).text())
      .match(/^(nodejs_(heap|external|eventloop)\S+|process_resident\S+) .*/gm)
      ?.join('\n'),
  );
  if (!got.every(({ succeeded }) => succeeded)) throw new Error('a follower did not learn of the end');
  return [
    { name: `a task of ${MEGABYTES} MB with ${FOLLOWERS} followers`, measured: seconds, unit: 's' },
    { name: 'reloads meanwhile', measured: reloader?.reloads ?? 0, unit: '' },
    {
      name: 'features drawn by a follower that stayed',
      measured: Math.min(...got.map(({ features }) => features)) / (MEGABYTES * 100),
      unit: 'of all',
    },
    { name: 'memory of the server above idle, peak', measured: peak - idle, unit: 'MB', max: 100 },
    { name: 'memory of Redis above idle, peak', measured: peakRedis - idleRedis, unit: 'MB' },
    { name: '/healthz p99 meanwhile', measured: percentile(latencies, 0.99), unit: 'ms', max: 100 },
    { name: '/healthz, longest', measured: Math.max(...latencies), unit: 'ms' },
  ];
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
