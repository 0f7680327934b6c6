import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_PROGRESS } from '../../../backend/tasks/newTask.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { TaskRows } from '../../../server/src/distributed/rows/TaskRows.ts';
import type { Dispatched } from '../../../server/src/distributed/rows/taskRow.ts';
import { type Given, newRow } from '../support/newRow.ts';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';

// The lock rules that stand at the top of server/sql/tasks.sql.

/** Far longer than any of these statements takes, and far shorter than a frozen worker's transaction lives. */
const NOBODY_WAITS_MS = 2_000;

let database: TestDatabase;
let pools: pg.Pool[];
let dispatched: Dispatched[];
let problems: string[];
let tails: Promise<unknown>[];

beforeEach(async () => {
  database = await createTestDatabase();
  pools = [];
  dispatched = [];
  problems = [];
  tails = [];
});
afterEach(async () => {
  await Promise.allSettled(tails);
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

function openRows({ tasksPerOwner = 10 } = {}): TaskRows {
  const pool = open();
  return new TaskRows({
    pool,
    tasksPerOwner,
    onDispatch: (tasks) => dispatched.push(...tasks),
    onChange: () => {},
    onProblem: (message, error) => problems.push(`${message}: ${error}`),
    afterwards: (what, work) => {
      tails.push(work.catch((error) => problems.push(`${what}: ${error}`)));
    },
  });
}

function open(): pg.Pool {
  const pool = openPool(database.databaseUrl);
  const { onConnect } = pool.options;
  pool.options.onConnect = async (client) => {
    await onConnect?.(client);
    await client.query(`SET statement_timeout = ${NOBODY_WAITS_MS}`);
  };
  pools.push(pool);
  return pool;
}

const success = (id: string) => ({
  id,
  attempt: 1,
  status: 'succeeded' as const,
  progress: NO_PROGRESS,
  result: null,
});

/** A task that runs, and a worker's transaction that has ended it and stands still before its COMMIT. */
async function frozenCommit(rows: TaskRows, task: Given) {
  expect(await rows.insert(newRow(task))).toEqual({ createdAt: expect.any(String) });
  const job = dispatched.find(({ id }) => id === task.id);
  if (!job) throw new Error(`task ${task.id} was not dispatched`);
  await rows.claim(job.id, job.job);
  const client = await open().connect();
  await client.query('BEGIN');
  expect(await rows.finishWithin(client, success(task.id))).toBe(true);
  return {
    job,
    commit: async () => {
      await client.query('COMMIT');
      client.release();
    },
    rollback: async () => {
      await client.query('ROLLBACK');
      client.release();
    },
  };
}

it('holds up nobody while a worker is frozen before its COMMIT', async () => {
  const rows = openRows({ tasksPerOwner: 3 });
  const frozen = await frozenCommit(rows, { id: 'a', key: 'k', exclusiveKey: 'design' });

  // The same key again, on several servers at once; the same owner, another owner, and the same exclusive key.
  const servers = [openRows(), openRows(), openRows(), openRows()];
  const repeats = servers.map((server, i) => server.insert(newRow({ id: `again ${i}`, key: 'k' })));
  expect(await Promise.all(repeats)).toEqual(['known', 'known', 'known', 'known']);
  expect(await rows.insert(newRow({ id: 'b' }))).toEqual({ createdAt: expect.any(String) });
  expect(await rows.insert(newRow({ id: 'c', owner: 'bob' }))).toEqual({ createdAt: expect.any(String) });
  expect(await rows.insert(newRow({ id: 'd', exclusiveKey: 'design' }))).toEqual({
    createdAt: expect.any(String),
  });
  expect(dispatched.map(({ id }) => id)).toEqual(['a', 'b', 'c']);

  // The other tasks of the frozen worker, and its own: it is claimed when the commit is over, and not before.
  const again = rows.claim('a', frozen.job.job);
  const [, b, c] = dispatched;
  if (!b || !c) throw new Error('nothing was dispatched');
  expect(await rows.claim('b', b.job)).toMatchObject({ id: 'b', status: 'running' });
  const running = ['a', 'b'].map((id) => ({ id, attempt: 1, progress: undefined }));
  expect((await rows.touch(running)).map(({ id }) => id)).toEqual(['a', 'b']);
  const cancelling = rows.cancel('a', 'ann');
  expect(await rows.cancel('c', 'ann')).toMatchObject({ id: 'c', status: 'cancelled' });
  expect(await rows.finish(success('b'))).toBe(true);
  await rows.dispatch(null);

  await frozen.commit();
  expect(await again).toBe('stale');
  expect(await cancelling).toBeUndefined();
  await rows.dispatch(['ann'], 'design');
  await Promise.all(tails);
  expect(dispatched.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(problems).toEqual([]);
});

it('cancels a task whose commit is undone after all, and lets another worker claim it', async () => {
  const rows = openRows();
  const frozen = await frozenCommit(rows, { id: 'a' });
  const cancelling = rows.cancel('a', 'ann');
  const again = rows.claim('a', frozen.job.job);
  await frozen.rollback();
  expect(await cancelling).toMatchObject({ id: 'a', status: 'running', cancel_requested: true });
  expect(await again).toMatchObject({ id: 'a', attempt: 2, losses: 1 });
});

it('has no deadlock where ends, repeated keys and dispatching meet', async () => {
  const servers = [openRows(), openRows(), openRows(), openRows()];
  const [worker, other] = [openRows(), openRows()];
  const owners = ['ann', 'bob', 'eve', 'joe'];
  const requests = Array.from({ length: 20 }, (_, i) => ({ owner: owners[i % 4] ?? '', key: `key ${i}` }));
  for (let round = 0; round < 25; round += 1) {
    const given = requests.map(({ owner, key }, i) => ({
      id: `${round} ${i}`,
      owner,
      key: `${round} ${key}`,
      ...(i % 5 === 0 && { exclusiveKey: `design ${i % 2}` }),
    }));
    // The same calls on four servers at once, in another order on each: one of them creates each task.
    const outcomes = await Promise.all(
      servers.flatMap((server, s) =>
        given.map((_, i) => {
          const task = given[(i * 7 + s) % given.length];
          return server.insert(newRow({ ...task, id: `${task?.id} ${s}` }));
        }),
      ),
    );
    expect(outcomes.filter((outcome) => typeof outcome === 'object')).toHaveLength(given.length);
    while (dispatched.length > 0) {
      const jobs = dispatched.splice(0);
      const claimed = await Promise.all(jobs.map(({ id, job }) => worker.claim(id, job)));
      expect(claimed).not.toContain('stale');
      // Ends, repeated calls and heartbeats meet.
      await Promise.all([
        ...jobs.map(({ id }, i) => (i % 2 ? worker : other).finish(success(id))),
        ...servers.flatMap((server, s) =>
          given.map(async (task) => {
            expect(await server.insert(newRow({ ...task, id: `${task.id} later ${s}` }))).toBe('known');
          }),
        ),
        worker.touch(jobs.map(({ id }) => ({ id, attempt: 1, progress: undefined }))),
        other.dispatch(null),
      ]);
      // What is busy is dispatched in a moment, which nobody else waits for.
      for (let count = 0; count < tails.length; ) {
        count = tails.length;
        await Promise.all(tails);
      }
    }
  }
  const { rows: left } = await open().query(`SELECT id FROM lrt.task WHERE status <> 'succeeded'`);
  expect(left).toEqual([]);
  expect(problems).toEqual([]);
  const { rows: counts } = await open().query(
    'SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()',
  );
  expect(counts).toEqual([{ deadlocks: 0 }]);
});

it('runs one task of an exclusive key at a time, and no more tasks of an owner than allowed', async () => {
  const servers = [
    openRows({ tasksPerOwner: 2 }),
    openRows({ tasksPerOwner: 2 }),
    openRows({ tasksPerOwner: 2 }),
  ];
  await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      servers[i % 3]?.insert(
        newRow({ id: `${i}`, owner: `owner ${i % 6}`, ...(i % 2 && { exclusiveKey: `design ${i % 7}` }) }),
      ),
    ),
  );
  const { rows: limits } = await open().query(`
    SELECT max(of_owner)::integer AS of_owner, max(of_key)::integer AS of_key FROM (
      SELECT count(*) OVER (PARTITION BY owner) AS of_owner,
        CASE WHEN exclusive_key IS NOT NULL THEN count(*) OVER (PARTITION BY exclusive_key) END AS of_key
      FROM lrt.task WHERE dispatched
    ) AS counted`);
  expect(limits).toEqual([{ of_owner: 2, of_key: 1 }]);
  expect(problems).toEqual([]);
});

it('frees the idempotency keys of tasks that are deleted', async () => {
  const rows = openRows();
  expect(await rows.insert(newRow({ id: 'a', key: 'k' }))).toEqual({ createdAt: expect.any(String) });
  await open().query('DELETE FROM lrt.task');
  expect(await rows.insert(newRow({ id: 'b', key: 'k' }))).toEqual({ createdAt: expect.any(String) });
});
