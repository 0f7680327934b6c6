import { expect, test, vi } from 'vitest';
import type { TaskEvent } from '../../../src/contract/index.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

/** What operators set for a whole database, and why. */
const SETTINGS = {
  default_transaction_isolation: 'serializable',
  default_transaction_read_only: 'on',
  statement_timeout: '1ms',
  lock_timeout: '1ms',
  DateStyle: 'SQL, DMY',
  IntervalStyle: 'sql_standard',
  TimeZone: 'Asia/Kolkata',
  bytea_output: 'escape',
  extra_float_digits: '-10',
  enable_indexscan: 'off',
  enable_nestloop: 'off',
  jit_above_cost: '0',
  array_nulls: 'off',
};

test('tasks run and are stored to the last digit, whatever the settings of the database', async () => {
  const { engine, store, pool } = await openDistributed({ definitions, town: smallTown, settings: SETTINGS });
  const ann = { owner: 'ann' };
  try {
    const before = new Date(Date.now() - 60_000).toISOString();
    const tasks = await Promise.all([
      engine.enqueue({ name: 'write', params: { end: 'return' } }, ann),
      ...Array.from({ length: 6 }, () =>
        engine.enqueue({ name: 'count', params: { to: 3, draw: true } }, ann),
      ),
    ]);
    for (const { task } of tasks) {
      const events: TaskEvent[] = [];
      for await (const event of engine.events({ cursors: { [task.id]: null } }, { caller: ann }))
        events.push(event);
      expect(events.at(-1)).toMatchObject({ type: 'succeeded' });
    }
    const { tasks: listed } = await engine.list({}, ann);
    for (const { startedAt, finishedAt } of listed) {
      expect([startedAt, finishedAt].every((time) => time !== undefined && time > before)).toBe(true);
    }
    expect((await store.designs()).length).toBeGreaterThan(0);
    const { rows } = await pool.query(
      "SELECT 0.1::float8 + 0.2::float8 AS sum, '1 day'::interval::text AS day",
    );
    expect(rows).toEqual([{ sum: 0.1 + 0.2, day: '1 day' }]);
  } finally {
    await engine.close();
  }
});

test("a task's times are the database's, whatever the clock of the server that takes it", async () => {
  const { engine, pool } = await openDistributed({ definitions, town: smallTown });
  const ann = { owner: 'ann' };
  try {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    const tasks = await Promise.all(
      ['one', 'two'].map((tag) => engine.enqueue({ name: 'count', params: { to: 2 }, tags: [tag] }, ann)),
    );
    for (const { task } of tasks) {
      const { rows } = await pool.query(
        'SELECT created_at, abs(extract(epoch FROM now() - created_at)) < 30 AS now FROM lrt.task WHERE id = $1',
        [task.id],
      );
      expect(rows).toEqual([{ created_at: new Date(task.createdAt), now: true }]);
      for await (const event of engine.events({ cursors: { [task.id]: null } }, { caller: ann })) {
        if (event.type === 'snapshot') expect(event.task.createdAt).toBe(task.createdAt);
      }
      expect((await engine.get(task.id, ann))?.createdAt).toBe(task.createdAt);
    }
  } finally {
    vi.useRealTimers();
    await engine.close();
  }
});
