import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../server/support/testDatabase.ts';
import { audit } from './support/audit.ts';
import type { Follower } from './support/Follower.ts';
import { buildGates, closeGate, inSweep, type Stage } from './support/gates.ts';
import { type Farm, type LrtProcess, type Order, openFarm } from './support/openFarm.ts';
import { seededRandom } from './support/random.ts';
import { report } from './support/report.ts';
import { until } from './support/until.ts';

/** Where in a task its worker is struck: at this share of its work, at a stage of its commit, or when it is committed. */
type Point = number | Stage | 'committed';

let database: TestDatabase;
let farm: Farm;

beforeAll(async () => {
  database = await createTestDatabase();
  const { databaseUrl } = database;
  await buildGates(databaseUrl);
  farm = await openFarm({
    redisUrl: inject('redisUrl'),
    databaseUrl,
    servers: 1,
    workers: 4,
    concurrency: 4,
    // Most of these tests wait for losses to be noticed. clock.test.ts notices them at the times of production.
    lostAfterSeconds: 2,
  });
});
afterAll(async () => {
  await farm?.close();
  await database?.drop();
});

// The soak kills workers at any moment. These points are the ones that it seldom meets.
test('a worker is killed at 12 points of a task', { timeout: 240_000 }, async () => {
  const random = seededRandom(20);
  const shares = Array.from({ length: 4 }, () => random());
  const points: { point: Point; name?: Order['name'] }[] = [
    ...shares.map((point) => ({ point })),
    ...[random(), random()].map((point) => ({ point, name: 'poles-computed' as const })),
    ...(['copy', 'copy', 'commit', 'commit', 'committed', 'committed'] as const).map((point) => ({ point })),
  ];
  const killed = new Map<number, number>();
  const strike = async (worker: LrtProcess) => {
    const { pid } = worker;
    // Another point has struck it a moment ago: it is not two kills.
    if (killed.has(pid)) return false;
    // After three lost workers a task is given up, and rightly so.
    if (farm.followers.some((follower) => isOn(follower, pid) && follower.attempt > 2)) return false;
    killed.set(pid, performance.now());
    await worker.kill();
    return true;
  };
  const isLost = (follower: Follower) => !follower.ending && killed.has(follower.pid ?? 0);
  // Of every kind some at once, and then all that was lost is begun again.
  for (let first = 0; first < 3; first += 1) {
    const round = points.filter((_, i) => i % 3 === first);
    await Promise.all(
      round.map(async ({ point, name }) => {
        const worker = await strikeAt(point, { poles: 40, stepMs: 40, ...(name && { name }) }, strike);
        await worker.start();
      }),
    );
    await until('the lost tasks to be begun again', () => !farm.followers.some(isLost));
  }
  const followers = [...farm.followers];
  const result = await audit(farm);
  const restarts = followers.flatMap((follower) => restartsOf(follower, killed));
  const longest = Math.max(...restarts) / 1_000;
  report('worker killed -9, 12 times', result, `longest restart ${longest.toFixed(1)} s`);
  expect(result.problems).toEqual([]);
  expect(killed.size).toBe(12);
  expect(result.succeeded).toBe(result.tasks);
});

test('a worker is frozen until another has taken over, and thawed', { timeout: 240_000 }, async () => {
  const rounds: { point: Point; thaw: 'taken over' | 'ended' }[][] = [
    [
      { point: 0.3, thaw: 'taken over' },
      { point: 'copy', thaw: 'ended' },
      { point: 'finish', thaw: 'ended' },
    ],
    [
      { point: 0.8, thaw: 'ended' },
      { point: 'copy', thaw: 'taken over' },
      { point: 'commit', thaw: 'ended' },
    ],
  ];
  for (const round of rounds) {
    const frozen = new Set<LrtProcess>();
    const thaws = round.map(async ({ point, thaw }) => {
      let victim: Follower | undefined;
      const worker = await strikeAt(point, { poles: 40, stepMs: 40 }, async (struck, follower) => {
        if (frozen.has(struck)) return false;
        frozen.add(struck);
        process.kill(struck.pid, 'SIGSTOP');
        victim = follower;
        return true;
      });
      const isOver = () => victim?.ending !== undefined;
      const isTaken = () => victim?.attempt === 2 && victim.pid !== undefined;
      try {
        await until(
          `the task of a frozen worker to be ${thaw}`,
          () => isOver() || (thaw !== 'ended' && isTaken()),
        );
      } finally {
        process.kill(worker.pid, 'SIGCONT');
      }
    });
    const outcomes = await Promise.allSettled(thaws);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }
  const result = await audit(farm);
  report('worker frozen past its lock, 6 times', result);
  expect(result.problems).toEqual([]);
  // That a worker stood still is an operator's business. That another one has its jobs by then is none.
  for (const worker of farm.workers) {
    expect(worker.log()).not.toMatch(/(Missing key|Missing lock|Lock mismatch) for job/);
  }
  expect(result.succeeded).toBe(result.tasks);
});

test('a worker is frozen between the end of its task and the commit, and others start and end tasks', async () => {
  const isHalfway = async (pid: number) => {
    const { rowCount } = await farm.pool.query(
      `SELECT FROM pg_stat_activity WHERE application_name = $1 AND state = 'idle in transaction'`,
      [`lrt-server ${pid}`],
    );
    return (rowCount ?? 0) > 0;
  };
  let victim: Follower | undefined;
  const { pid } = await strikeAt('finish', { poles: 40, stepMs: 40 }, async (worker, follower) => {
    process.kill(worker.pid, 'SIGSTOP');
    victim = follower;
    return true;
  });
  try {
    await until('the frozen one to owe its commit', () => isHalfway(pid));
    const other = await farm.start({ poles: 1, stepMs: 1 });
    await until('another task to end', () => other.ending);
    expect(await isHalfway(pid)).toBe(true);
    await until('the task to be run by another worker', () => victim?.ending);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const result = await audit(farm);
  expect(result.problems).toEqual([]);
  expect(result.succeeded).toBe(result.tasks);
});

test('a worker is frozen in the midst of a sweep, and another one sweeps', async () => {
  const pids = farm.workers.map(({ pid }) => pid);
  const freeze = (pid: number) => pids.includes(pid) && process.kill(pid, 'SIGSTOP') && pid;
  const sweep = <T>(meanwhile: (pid: number) => T) => inSweep(database.databaseUrl, meanwhile);
  // It may be the server's turn.
  const frozen = await until('the sweep of a worker', () => sweep(freeze));
  try {
    await until('the sweep of another one', () => sweep((pid) => pid !== frozen));
  } finally {
    process.kill(frozen, 'SIGCONT');
  }
});

/**
 * Starts tasks, some that are only there, and strikes the worker of one of them at the point; `strike` says whether it
 * did. Resolves with the worker.
 */
async function strikeAt(
  point: Point,
  order: Order,
  strike: (worker: LrtProcess, victim: Follower) => Promise<boolean>,
): Promise<LrtProcess> {
  for (;;) {
    const victim = await farm.start(order);
    const gate = isStage(point) ? await closeGate(database.databaseUrl, point, victim.taskId) : undefined;
    await Promise.all([1, 2].map(() => farm.start({ poles: 20, stepMs: 40 })));
    try {
      await reach(point, victim, order.poles, gate);
      if (gate && victim.ending) continue;
      const worker = farm.workerOf(victim);
      if (worker && (await strike(worker, victim))) return worker;
    } finally {
      await gate?.open();
    }
  }
}

async function reach(
  point: Point,
  victim: Follower,
  poles: number,
  gate: Awaited<ReturnType<typeof closeGate>> | undefined,
): Promise<void> {
  if (gate) {
    // On a busy machine the task may be through before the gate is closed.
    await gate.reached(() => victim.ending !== undefined);
  } else if (point === 'committed') {
    await until(`task ${victim.taskId} to be committed`, async () => {
      const { rows } = await farm.pool.query('SELECT status FROM lrt.task WHERE id = $1', [victim.taskId]);
      return rows[0]?.status === 'succeeded';
    });
  } else {
    const isThere = () => victim.pid !== undefined && victim.done >= poles * Number(point);
    await until(`task ${victim.taskId} to be at ${point}`, () => victim.ending !== undefined || isThere());
  }
}

function isStage(point: Point): point is Stage {
  return typeof point === 'string' && point !== 'committed';
}

function isOn(follower: Follower, pid: number): boolean {
  return !follower.ending && follower.pid === pid;
}

/** Milliseconds from the loss of an attempt's worker until the next attempt was seen to run. */
function restartsOf(follower: Follower, killed: ReadonlyMap<number, number>): number[] {
  const times: number[] = [];
  for (let attempt = 1; attempt < follower.attempt; attempt += 1) {
    const start = follower.startOf(attempt + 1);
    const end = killed.get(follower.pidOf(attempt) ?? 0);
    if (start !== undefined && end !== undefined) times.push(start - end);
  }
  return times;
}
