import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../scripts/services/freePort.ts';
import { isTerminal, WORKFLOW_TASK, type WorkflowGraph } from '../../src/contract/index.ts';
import { createTestDatabase, type TestDatabase } from '../server/support/testDatabase.ts';
import { type Farm, type LrtProcess, openFarm } from './support/openFarm.ts';
import { seededRandom } from './support/random.ts';
import { until } from './support/until.ts';

const KILLS = 20;
const ROWS = 20;
/** Rows that run side by side. The graph has ROWS / SIDE_BY_SIDE of them one after the other. */
const SIDE_BY_SIDE = 5;
const SERVICES = 4;
const SERVICE = fileURLToPath(new URL('./service.ts', import.meta.url));

let database: TestDatabase;
let farm: Farm;

beforeAll(async () => {
  database = await createTestDatabase();
  farm = await openFarm({
    redisUrl: inject('redisUrl'),
    databaseUrl: database.databaseUrl,
    servers: 1,
    workers: 4,
    concurrency: 2,
    lostAfterSeconds: 1,
  });
});
afterAll(async () => {
  await farm?.close();
  await database?.drop();
});

/** Rows of three nodes: one sets a pole, a service is asked, and the name that it gives is that of another pole. */
function graphOf(round: number): WorkflowGraph {
  const rows = Array.from({ length: ROWS }, (_, i) => i);
  const key = (kind: string, row: number) => `${kind}/${round}/${row}`;
  return {
    name: 'Faults',
    nodes: rows.flatMap((row) => [
      {
        key: key('first', row),
        task: 'node',
        params: { design: `design/D${row}`, name: key('first', row), ms: 150 },
      },
      {
        key: key('asked', row),
        task: 'service_operation',
        params: {
          service: `faulty-${row % SERVICES}`,
          operation: 'Compute',
          parameters: { name: key('last', row), ms: 150 },
        },
      },
      { key: key('last', row), task: 'node', params: { design: `design/D${row}`, ms: 150 } },
    ]),
    links: rows.flatMap((row) => [
      { from: key('first', row), to: key('asked', row) },
      { from: key('asked', row), output: 'name', to: key('last', row), input: 'name' },
      ...(row < SIDE_BY_SIDE ? [] : [{ from: key('last', row - SIDE_BY_SIDE), to: key('first', row) }]),
    ]),
  };
}

/** A service that is killed when it has begun a task for the first time, and started again at once. */
async function startFaultyService() {
  const port = await freePort();
  const struck = new Set<unknown>();
  let process: ChildProcess;
  let closed = false;
  const start = async () => {
    process = fork(SERVICE, [String(port)], { stdio: 'ignore' });
    const mine = process;
    const killed = once(mine, 'exit').then(() => (closed ? undefined : start()));
    killed.catch(() => {});
    await once(mine, 'message');
    mine.on('message', (message) => {
      const { began } = Object(message);
      if (mine.killed || struck.has(began)) return;
      struck.add(began);
      mine.kill('SIGKILL');
    });
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    get killed() {
      return struck.size;
    },
    close() {
      closed = true;
      process.kill('SIGKILL');
    },
  };
}

test('workers and services are killed 20 times each in the middle of a graph', {
  timeout: 120_000,
}, async () => {
  const random = seededRandom(13);
  const services = await Promise.all(Array.from({ length: SERVICES }, startFaultyService));
  const urls = Object.fromEntries(services.map(({ url }, i) => [`faulty-${i}`, url]));
  const began = performance.now();
  const names: string[] = [];
  const runs: unknown[] = [];
  let killed = 0;
  // One graph is enough, unless the machine is so quick that it ends before all of them are struck.
  for (let round = 0; killed < KILLS; round++) {
    const graph = graphOf(round);
    names.push(...graph.nodes.map(({ key }) => key).filter((key) => !key.startsWith('asked')));
    const { id } = await farm.client.enqueueTask(WORKFLOW_TASK, { graph, services: urls });
    runs.push(id);
    killed += await strikeDuring(id, KILLS - killed, random);
    await until('the end of the run', async () => isTerminal((await farm.client.getTask(id)).status));
    const task = await farm.client.getTask(id);
    expect(task.error).toBeUndefined();
    expect(task).toMatchObject({ status: 'succeeded', items: { ok: 3 * ROWS, failed: 0 } });
  }
  const seconds = (performance.now() - began) / 1_000;
  for (const service of services) service.close();
  const servicesKilled = services.reduce((sum, service) => sum + service.killed, 0);
  const { rows: poles } = await farm.pool.query<{ name: string; count: number }>(
    `SELECT properties ->> 'name' AS name, count(*)::integer AS count FROM lrt.pole GROUP BY 1`,
  );
  const effects = new Map(poles.map(({ name, count }) => [name, count]));
  const twice = names.filter((name) => (effects.get(name) ?? 0) > 1);
  const lost = names.filter((name) => !effects.has(name));
  const { rows } = await farm.pool.query<{ nodes: number; lost: number }>(
    'SELECT count(*)::integer AS nodes, sum(losses)::integer AS lost FROM lrt.task WHERE run_id = ANY ($1)',
    [runs],
  );
  console.log(
    `faults: ${runs.length} graph of ${3 * ROWS} nodes, workers killed ${killed} times (${rows[0]?.lost} attempts lost), ` +
      `services ${servicesKilled} times; ${seconds.toFixed(1)} s; twice: ${twice.length}, lost: ${lost.length}`,
  );
  expect({ twice, lost, nodes: rows[0]?.nodes }).toEqual({
    twice: [],
    lost: [],
    nodes: runs.length * 3 * ROWS,
  });
  expect(servicesKilled).toBeGreaterThanOrEqual(KILLS);
});

/** Kills workers that run nodes of this run, and starts them again, so many times at most. Resolves with how often it did. */
async function strikeDuring(run: string | number, most: number, random: () => number): Promise<number> {
  let killed = 0;
  let striking = 0;
  const mayStrike = async () => {
    const { rows } = await farm.pool.query<{ running: number; losses: number }>(
      `SELECT count(*) FILTER (WHERE status = 'running')::integer AS running, coalesce(max(losses), 0) AS losses
       FROM lrt.task WHERE run_id = $1 AND finished_at IS NULL`,
      [run],
    );
    const { running = 0, losses = 0 } = rows[0] ?? {};
    // After three lost workers a node is given up, and rightly so. Others are about to strike too.
    return running > 0 && losses + striking < 3 && killed < most;
  };
  const strikeOn = async (worker: LrtProcess) => {
    while (killed < most && !isTerminal((await farm.client.getTask(run)).status)) {
      if (await mayStrike()) {
        striking += 1;
        killed += 1;
        await worker.kill();
        await worker.start();
        striking -= 1;
      }
      await delay(50 + 50 * random());
    }
  };
  await Promise.all(farm.workers.map(strikeOn));
  return killed;
}
