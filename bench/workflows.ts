/**
 * Measures what workflows cost whose nodes do nothing, beside bare BullMQ jobs in the same run, and beside the chained jobs of
 * graphile-worker.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { Queue, QueueEvents } from 'bullmq';
import type { Services } from '../scripts/services/startServices.ts';
import { startLrtProcess } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { DistributedEngine } from '../server/src/distributed/DistributedEngine.ts';
import { startOwnWorker } from '../server/src/distributed/worker/startOwnWorker.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import { isTerminal, WORKFLOW_TASK, type WorkflowGraph } from '../src/contract/index.ts';
import { installPeers } from './installPeers.ts';
import { main, median, type Row } from './row.ts';
import { withKeptServices } from './withKeptServices.ts';
import workflowTasks, { TASK_FILE } from './workflowTasks.ts';

const WORKERS = 2;
const CONCURRENCY = 50;
/** One owner has the whole graph, so the limit must not be what is measured. */
const TASKS_PER_OWNER = 1_000;
const DIAMONDS = 100;
const NODES = 1_000;
const WIDTH = 10;
const ROUNDS = 5;
const ANN = { owner: 'ann' };

function graphOf(nodes: readonly string[], links: readonly (readonly [string, string])[]): WorkflowGraph {
  return {
    name: 'Bench',
    nodes: nodes.map((key) => ({ key, task: 'nothing' })),
    links: links.map(([from, to]) => ({ from, to })),
  };
}

const DIAMOND = graphOf(
  ['a', 'b', 'c', 'd', 'e'],
  ['b', 'c', 'd'].flatMap((middle) => [
    ['a', middle],
    [middle, 'e'],
  ]),
);

/** Rows of WIDTH nodes, each of which waits for two of the row before. */
function layered(nodes: number): WorkflowGraph {
  const keys = Array.from({ length: nodes }, (_, i) => `n${i}`);
  const at = (row: number, column: number) => keys[row * WIDTH + (column % WIDTH)] ?? '';
  const links = keys.slice(WIDTH).flatMap((key, i): [string, string][] => {
    const [row, column] = [Math.floor(i / WIDTH), i % WIDTH];
    return [
      [at(row, column), key],
      [at(row, column + 1), key],
    ];
  });
  return graphOf(keys, links);
}

/** Milliseconds from the start of a workflow to its end. */
async function timeOf(engine: DistributedEngine, graph: WorkflowGraph): Promise<number> {
  const began = performance.now();
  const { task } = await engine.enqueue({ name: WORKFLOW_TASK, params: { graph } }, ANN);
  for await (const event of engine.events({ cursors: { [task.id]: null } }, { caller: ANN })) {
    if (event.type === 'succeeded') return performance.now() - began;
    if (isTerminal(event.type)) throw new Error(`a workflow ended ${JSON.stringify(event)}`);
  }
  throw new Error('the events of a workflow ended before it');
}

/** Milliseconds from adding jobs to the end of the last one. */
async function timeOfJobs(queue: Queue, events: QueueEvents, jobs: number): Promise<number> {
  let ended = 0;
  const all = Promise.withResolvers<void>();
  const listener = () => {
    ended += 1;
    if (ended === jobs) all.resolve();
  };
  events.on('completed', listener);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: jobs }, () => queue.add('job', { word: false }, { removeOnComplete: true })),
  );
  await all.promise;
  events.off('completed', listener);
  return performance.now() - began;
}

interface Chains {
  /** Measures milliseconds for WIDTH chains with NODES jobs in all, each of which adds the next one. */
  time(): Promise<number>;
  close(): Promise<void>;
}

async function startChains(databaseUrl: string): Promise<Chains> {
  const { queuePeers } = await import('./queuePeers.mjs');
  const queue = await queuePeers['graphile-worker']?.(databaseUrl);
  if (!queue?.addChain) throw new Error('bench/queuePeers.mjs has no chains');
  const { addChain } = queue;
  const file = new URL('./queuePeers.mjs', import.meta.url);
  const workers: ChildProcess[] = Array.from({ length: WORKERS }, () =>
    fork(file, ['graphile-worker', databaseUrl, String(CONCURRENCY)]),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return {
    async time() {
      let ended = 0;
      const all = Promise.withResolvers<void>();
      const listener = (count: unknown) => {
        ended += Number(count);
        if (ended >= NODES) all.resolve();
      };
      for (const worker of workers) worker.on('message', listener);
      const began = performance.now();
      await Promise.all(Array.from({ length: WIDTH }, () => addChain(NODES / WIDTH)));
      await all.promise;
      for (const worker of workers) worker.off('message', listener);
      return performance.now() - began;
    },
    async close() {
      for (const worker of workers) worker.kill();
      await queue.close();
    },
  };
}

async function measure(services: Services): Promise<Row[]> {
  const { redisUrl, databaseUrl } = services;
  await migrate(databaseUrl);
  const limit = ['--tasks-per-owner', String(TASKS_PER_OWNER)];
  for (let i = 1; i <= WORKERS; i++) {
    const args = [
      '--queues',
      'default',
      '--concurrency',
      String(CONCURRENCY),
      '--tasks',
      TASK_FILE,
      ...limit,
    ];
    await startLrtProcess({ services, command: 'worker', name: `worker-${i}`, args });
  }
  const file = new URL('./bareWorker.ts', import.meta.url);
  const bareWorkers = Array.from({ length: WORKERS }, () => fork(file, [redisUrl, String(CONCURRENCY)]));
  await Promise.all(bareWorkers.map((worker) => once(worker, 'message')));
  const connection = { url: redisUrl, maxRetriesPerRequest: null };
  const queue = new Queue('bare', { connection });
  const events = new QueueEvents('bare', { connection });
  await events.waitUntilReady();
  const chains = await startChains(databaseUrl);
  const pool = openPool(databaseUrl);
  const store = new PostgisStore({ pool });
  const shared = { redisUrl, pool, store, tasksPerOwner: TASKS_PER_OWNER };
  const engine = new DistributedEngine({
    ...shared,
    definitions: workflowTasks,
    startOwnWorker: startOwnWorker({ ...shared, databaseUrl }),
  });
  const diamonds = { ours: [] as number[], bare: [] as number[] };
  const rounds: { few: number; many: number; alone: number; bare: number; chained: number }[] = [];
  try {
    // The first ones warm up.
    for (let i = -10; i < DIAMONDS; i++) {
      const bare = await timeOfJobs(queue, events, 1);
      const ours = await timeOf(engine, DIAMOND);
      if (i < 0) continue;
      diamonds.bare.push(bare);
      diamonds.ours.push(ours);
    }
    const independent = graphOf(
      Array.from({ length: NODES }, (_, i) => `n${i}`),
      [],
    );
    for (let round = -1; round < ROUNDS; round++) {
      const times = {
        few: await timeOf(engine, layered(NODES / 10)),
        many: await timeOf(engine, layered(NODES)),
        alone: await timeOf(engine, independent),
        bare: await timeOfJobs(queue, events, NODES),
        chained: await chains.time(),
      };
      if (round >= 0) rounds.push(times);
    }
  } finally {
    await engine.close();
    await pool.end();
    await events.close();
    await queue.close();
    for (const worker of bareWorkers) worker.kill();
    await chains.close();
  }
  const of = (what: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[what]));
  return [
    { name: 'one job, bare BullMQ, p50', measured: median(diamonds.bare), unit: 'ms' },
    { name: 'a diamond of five nodes, p50', measured: median(diamonds.ours), unit: 'ms' },
    { name: 'ratio', measured: median(diamonds.ours) / median(diamonds.bare), unit: 'x', max: 5 },
    { name: `a node of ${NODES / 10}, ${WIDTH} wide`, measured: (of('few') * 10) / NODES, unit: 'ms' },
    { name: `a node of ${NODES}, ${WIDTH} wide`, measured: of('many') / NODES, unit: 'ms' },
    {
      name: 'ratio',
      measured: median(rounds.map(({ few, many }) => many / few / 10)),
      unit: 'x',
      max: 1.3,
    },
    {
      name: `a job of ${NODES} in ${WIDTH} chains, graphile-worker`,
      measured: of('chained') / NODES,
      unit: 'ms',
    },
    { name: `${NODES} jobs at once, bare BullMQ`, measured: (NODES * 1_000) / of('bare'), unit: 'per s' },
    { name: `${NODES} independent nodes`, measured: (NODES * 1_000) / of('alone'), unit: 'per s' },
    {
      name: 'ratio',
      measured: median(rounds.map(({ alone, bare }) => bare / alone)),
      unit: 'x',
      min: 0.5,
    },
    { name: 'load of the machine in the last minute', measured: loadavg()[0] ?? Number.NaN, unit: '' },
  ];
}

export async function run(): Promise<Row[]> {
  installPeers();
  return withKeptServices('workflows', measure);
}

if (import.meta.main) await main(run);
