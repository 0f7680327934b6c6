/**
 * Measures whether a deployment stays as quick as it began while its table of tasks fills up: enqueueing, claiming, ending and
 * listing among the last tasks beside the first ones. It also reports the size of the table. The number of tasks is an
 * argument: `node bench/manyTasks.ts 1000000`. A second one limits the minutes.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Services } from '../scripts/services/startServices.ts';
import { startLrtProcess, startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { DistributedEngine } from '../server/src/distributed/DistributedEngine.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import dispatchTasks, { TASK_FILE } from './dispatchTasks.ts';
import { printRows, type Row } from './row.ts';

const WORKERS = 2;
const CONCURRENCY = 50;
const OWNERS = 200;
/** So many tasks are enqueued at the same moment, ten of each owner. */
const WAVE = 2_000;
/** The first and the last tasks that are compared. */
const SAMPLE = 10_000;
/** So often a wave is listed. A 95th percentile needs many of them, and they would take most of the time in every wave. */
const MANY_LISTS = 60;
const FEW_LISTS = 10;
/** `npm run bench` has no time for a million. */
const DEFAULT_TASKS = 30_000;
const ADMIN = { owner: 'bench', admin: true };

interface Wave {
  enqueueMs: number[];
  listMs: number[];
}

/** Enqueues a wave, lists tasks meanwhile so often, and waits until all of it has ended. */
async function runWave(engine: DistributedEngine, pool: pg.Pool, lists: number): Promise<Wave> {
  const wave: Wave = { enqueueMs: [], listMs: [] };
  const timed = async (times: number[], work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  };
  const ownerOf = (i: number) => ({ owner: `owner ${i % OWNERS}` });
  await Promise.all(
    Array.from({ length: WAVE }, (_, i) =>
      timed(wave.enqueueMs, () => engine.enqueue({ name: 'nothing', params: {} }, ownerOf(i))),
    ),
  );
  for (let i = 0; i < lists; i += 1) {
    const caller = i % 2 === 0 ? ADMIN : ownerOf(i);
    await timed(wave.listMs, () => engine.list({ limit: 50 }, caller));
  }
  for (;;) {
    const { rowCount } = await pool.query(
      'SELECT FROM lrt.task WHERE dispatched AND finished_at IS NULL LIMIT 1',
    );
    if (rowCount === 0) return wave;
    await delay(20);
  }
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

interface Times {
  enqueue: number;
  claim: number;
  finish: number;
  list: number;
}

/** The 95th percentiles, in milliseconds, of the tasks with these ordinals. Claims and ends are on the database's clock. */
async function timesOf(waves: Wave[], pool: pg.Pool, newestFirst: boolean): Promise<Times> {
  const { rows } = await pool.query<{ claim: number; finish: number }>(
    `SELECT 1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - created_at)::float) AS claim,
       1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - started_at)::float) AS finish
     FROM (SELECT * FROM lrt.task ORDER BY ordinal ${newestFirst ? 'DESC' : 'ASC'} LIMIT ${SAMPLE}) AS sample`,
  );
  const { claim, finish } = rows[0] ?? { claim: Number.NaN, finish: Number.NaN };
  return {
    enqueue: p95(waves.flatMap(({ enqueueMs }) => enqueueMs)),
    claim,
    finish,
    list: p95(waves.flatMap(({ listMs }) => listMs)),
  };
}

async function sizesOf(pool: pg.Pool): Promise<Row[]> {
  const { rows } = await pool.query<{
    table: string;
    indexes: string;
    updates: string;
    hot: string;
    dead: string;
  }>(
    `SELECT pg_table_size('lrt.task') AS table, pg_indexes_size('lrt.task') AS indexes, n_tup_upd AS updates,
       n_tup_hot_upd AS hot, n_dead_tup AS dead FROM pg_stat_user_tables WHERE relid = 'lrt.task'::regclass`,
  );
  const [size] = rows;
  const megabytes = (bytes: string | undefined) => Number(bytes) / 2 ** 20;
  return [
    { name: 'the table of tasks', measured: megabytes(size?.table), unit: 'MiB' },
    { name: 'its indexes', measured: megabytes(size?.indexes), unit: 'MiB' },
    { name: 'versions of rows that are left to vacuum', measured: Number(size?.dead), unit: 'rows' },
    {
      name: 'updates that wrote no index (HOT)',
      measured: (100 * Number(size?.hot)) / Number(size?.updates),
      unit: '%',
      min: 50,
    },
  ];
}

async function measure(services: Services, count: number, minutes: number): Promise<Row[]> {
  const { redisUrl, databaseUrl } = services;
  await migrate(databaseUrl);
  for (let i = 1; i <= WORKERS; i++) {
    const args = ['--queues', 'default', '--concurrency', String(CONCURRENCY), '--tasks', TASK_FILE];
    const keep = ['--keep-tasks', String(count + WAVE), '--log-level', 'warn'];
    await startLrtProcess({ services, command: 'worker', name: `worker-${i}`, args: [...args, ...keep] });
  }
  const pool = openPool(databaseUrl);
  const store = new PostgisStore({ pool });
  const retention = { tasks: count + WAVE };
  const engine = new DistributedEngine({ redisUrl, pool, store, definitions: dispatchTasks, retention });
  try {
    // The first wave warms up, and is no part of what is compared.
    await runWave(engine, pool, FEW_LISTS);
    await pool.query('TRUNCATE lrt.task, lrt.task_key, lrt.unpublished');
    const began = performance.now();
    const sampled = SAMPLE / WAVE;
    const first: Wave[] = [];
    const last: Wave[] = [];
    let done = 0;
    while (done < count && performance.now() - began < minutes * 60_000) {
      const compared = done < SAMPLE || done >= count - SAMPLE;
      const wave = await runWave(engine, pool, compared ? MANY_LISTS : FEW_LISTS);
      done += WAVE;
      if (first.length < sampled) first.push(wave);
      last.push(wave);
      if (last.length > sampled) last.shift();
      if (done % 50_000 === 0)
        console.log(`${done} tasks in ${Math.round((performance.now() - began) / 1_000)} s`);
    }
    const seconds = (performance.now() - began) / 1_000;
    const [early, late] = [await timesOf(first, pool, false), await timesOf(last, pool, true)];
    const compared = (what: keyof Times): Row[] => [
      { name: `${what}, p95 of the first ${SAMPLE}`, measured: early[what], unit: 'ms' },
      {
        name: `${what}, p95 of the last ${SAMPLE}, to that`,
        measured: late[what] / early[what],
        unit: 'x',
        max: 1.5,
      },
    ];
    return [
      { name: 'tasks', measured: done, unit: '' },
      { name: 'rate', measured: done / seconds, unit: 'per s' },
      ...compared('enqueue'),
      ...compared('claim'),
      ...compared('finish'),
      ...compared('list'),
      ...(await sizesOf(pool)),
    ];
  } finally {
    await engine.close();
    await pool.end();
  }
}

export async function run(count = DEFAULT_TASKS, minutes = Number.POSITIVE_INFINITY): Promise<Row[]> {
  const services = await startServices();
  try {
    return await measure(services, count, minutes);
  } finally {
    await services.stop();
  }
}

if (import.meta.main) {
  const [count, minutes] = process.argv.slice(2).map(Number);
  if (!printRows(await run(count, minutes))) process.exitCode = 1;
}
