import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_PROGRESS } from '../../../backend/tasks/newTask.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { TaskRows } from '../../../server/src/distributed/rows/TaskRows.ts';
import type { Dispatched } from '../../../server/src/distributed/rows/taskRow.ts';
import { newRow } from '../support/newRow.ts';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';

const OWNERS = 50;
const PER_OWNER = 10;

let database: TestDatabase;
let pool: pg.Pool;
let rows: TaskRows;
let dispatched: Dispatched[];
let made = 0;
/** What the last end dispatches, after its commit. */
let dispatching: Promise<unknown> | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  // One connection: plans belong to it, and so do the counts of a transaction.
  pool = openPool(database.databaseUrl, { max: 1 });
  dispatched = [];
  rows = new TaskRows({
    pool,
    tasksPerOwner: PER_OWNER,
    onDispatch: (tasks) => dispatched.push(...tasks),
    onChange: () => {},
    onProblem: (message, error) => {
      throw new Error(message, { cause: error });
    },
    afterwards: (_, work) => {
      dispatching = work;
    },
  });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

function insert(count: number) {
  return Promise.all(
    Array.from({ length: count }, () => {
      made += 1;
      return rows.insert(newRow({ id: `task ${made}`, owner: `owner ${made % OWNERS}` }));
    }),
  );
}

async function finish({ id }: Dispatched): Promise<void> {
  await rows.finish({ id, attempt: 1, status: 'succeeded', progress: NO_PROGRESS, result: null });
  await dispatching;
}

/** How many rows of the table are read while it works. */
async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  await pool.query('BEGIN');
  const before = await countRead();
  await work();
  const after = await countRead();
  await pool.query('COMMIT');
  return after - before;
}

async function countRead(): Promise<number> {
  const { rows: counts } = await pool.query<{ read: string }>(
    `SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_xact_user_tables WHERE relname = 'task'`,
  );
  return Number(counts[0]?.read);
}

it('looks at few rows of a full table, though its plans were made while there was one', async () => {
  await insert(1);
  const [first] = dispatched.splice(0);
  if (!first) throw new Error('nothing was dispatched');
  await rows.claim(first.id, first.job);
  await rows.touch([{ id: first.id, attempt: 1, progress: undefined }]);
  await finish(first);
  await rows.markPublished(first.id, 3);

  // Half of them have room; the others wait.
  await insert(OWNERS * PER_OWNER * 2);
  const [one, ...others] = dispatched.splice(0);
  expect(others).toHaveLength(OWNERS * PER_OWNER - 1);
  if (!one) throw new Error('nothing was dispatched');
  const { id, job } = one;
  const read = {
    insert: await rowsRead(() => insert(1)),
    claim: await rowsRead(() => rows.claim(id, job)),
    touch: await rowsRead(() => rows.touch([{ id, attempt: 1, progress: undefined }])),
    finish: await rowsRead(() => finish(one)),
    markPublished: await rowsRead(() => rows.markPublished(id, 3)),
  };
  expect(dispatched).toHaveLength(1);
  // A row that may be locked is looked at before it is written; `touch` reads it again for its answer.
  expect(read).toMatchObject({ claim: 2, touch: 3, markPublished: 1 });
  // The owner's that wait, of which one gets the room, and those that hold it.
  expect(read.finish).toBeLessThan(5 * PER_OWNER);
  // All that wait are counted, for there is a limit.
  expect(read.insert).toBeLessThan(OWNERS * PER_OWNER + 5 * PER_OWNER);
});

it('writes no index again when it claims, renews and marks a task', async () => {
  await insert(OWNERS);
  // Few of each page: what the others leave free there is enough for them.
  const tasks = dispatched.splice(0).filter((_, i) => i % 10 === 0);
  const all = { all: tasks.length, hot: tasks.length };
  const claimAll = () => Promise.all(tasks.map(({ id, job }) => rows.claim(id, job)));
  const touched = tasks.map(({ id }) => ({ id, attempt: 1, progress: { ...NO_PROGRESS, percent: 50 } }));
  expect(await updatesOf(claimAll)).toEqual(all);
  expect(await updatesOf(() => rows.touch(touched))).toEqual(all);
  await Promise.all(tasks.map(finish));
  const markAll = () => Promise.all(tasks.map(({ id }) => rows.markPublished(id, 3)));
  expect(await updatesOf(markAll)).toEqual(all);
});

async function updatesOf(work: () => Promise<unknown>): Promise<{ all: number; hot: number }> {
  await pool.query('BEGIN');
  const before = await countUpdates();
  await work();
  const after = await countUpdates();
  await pool.query('COMMIT');
  return { all: after.all - before.all, hot: after.hot - before.hot };
}

async function countUpdates(): Promise<{ all: number; hot: number }> {
  const { rows: counts } = await pool.query<{ all: number; hot: number }>(
    `SELECT n_tup_upd::integer AS all, n_tup_hot_upd::integer AS hot FROM pg_stat_xact_user_tables WHERE relname = 'task'`,
  );
  return counts[0] ?? { all: Number.NaN, hot: Number.NaN };
}
