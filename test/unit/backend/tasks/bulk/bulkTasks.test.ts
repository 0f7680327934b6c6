import { expect, test, vi } from 'vitest';
import { TaskRefusal } from '../../../../../backend/common/TaskRefusal.ts';
import { type BulkEngine, BulkRun } from '../../../../../backend/tasks/bulk/BulkRun.ts';
import { BULK_QUEUE, type BulkParams, refuseReserved } from '../../../../../backend/tasks/bulk/bulkParams.ts';
import { bulkTasks } from '../../../../../backend/tasks/bulk/bulkTasks.ts';
import { countsOf } from '../../../../../backend/tasks/countsOf.ts';
import { defineTask, type TaskControls } from '../../../../../backend/tasks/defineTask.ts';
import { newTask } from '../../../../../backend/tasks/newTask.ts';
import { BULK_TASK, type TaskSnapshot, type TaskStatus } from '../../../../../src/contract/index.ts';
import { count } from '../../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };

/** An engine with so many tasks of a status, of which it says what it was asked to do. */
function fakeEngine(status: TaskStatus, amount: number, refuse: (id: string) => unknown = () => undefined) {
  const calls: string[] = [];
  const act = (what: string) => async (id: string) => {
    const error = refuse(id);
    if (error) throw error;
    calls.push(`${what} ${id}`);
    return task(id);
  };
  const task = (id: string): TaskSnapshot => ({
    ...newTask(
      { name: 'count', params: {}, ignored: [] },
      { name: 'count', queue: 'default' },
      'ann',
      undefined,
    ),
    id,
    status,
  });
  const engine: BulkEngine = {
    async list({ limit = 50, cursor = '0' }) {
      const from = Number(cursor);
      const ids = Array.from({ length: Math.min(limit, amount - from) }, (_, i) => `${from + i}`);
      const next = from + ids.length;
      return { tasks: ids.map(task), ...(next < amount && { nextCursor: `${next}` }) };
    },
    get: async (id) => task(id),
    count: async () => countsOf([{ status, count: amount, others: 0 }]),
    cancel: act('cancel'),
    retry: act('retry'),
    async clear(ids) {
      calls.push(`clear ${ids.length}`);
      return { cleared: [...ids], active: [] };
    },
  };
  return { engine, calls };
}

function controls(signal = new AbortController().signal): TaskControls {
  return {
    taskId: 'bulk',
    attempt: 1,
    signal,
    progress: vi.fn(async () => signal.throwIfAborted()),
    log: vi.fn(),
    item: async (_, work) => work(),
  };
}
const params = (more: Partial<BulkParams> & Pick<BulkParams, 'action'>): BulkParams => ({ as: ann, ...more });

test('one task starts at most 1,000 again, and says that there are more', async () => {
  const { engine, calls } = fakeEngine('failed', 1_050);
  const run = controls();
  const ended = await new BulkRun(
    engine,
    params({ action: 'retry', filter: { status: 'failed' } }),
    run,
  ).run();
  expect(ended).toEqual({ action: 'retry', done: 1_000, failed: 0, more: true });
  expect(calls).toHaveLength(1_000);
  expect(run.progress).toHaveBeenLastCalledWith(
    expect.objectContaining({
      done: 1_000,
      total: 1_000,
      percent: 100,
      message: '1000 of 1000 started again',
    }),
  );
});

test('tasks are cleared 200 at a time', async () => {
  const { engine, calls } = fakeEngine('succeeded', 450);
  const ended = await new BulkRun(engine, params({ action: 'clear' }), controls()).run();
  expect(ended).toEqual({ action: 'clear', done: 450, failed: 0 });
  expect(calls).toEqual(['clear 200', 'clear 200', 'clear 50']);
});

test('a task that has ended meanwhile is as cancelled as it can be; another refusal is its failure', async () => {
  const code = (id: string) => (id === '1' ? 'already-finished' : id === '2' ? 'unavailable' : '');
  const { engine } = fakeEngine('running', 4, (id) =>
    code(id) ? new TaskRefusal({ code: code(id), message: `not ${id}` }) : undefined,
  );
  const run = controls();
  const ended = await new BulkRun(engine, params({ action: 'cancel', filter: {} }), run).run();
  expect(ended).toEqual({ action: 'cancel', done: 3, failed: 1 });
  expect(run.progress).toHaveBeenCalledWith(
    expect.objectContaining({
      items: expect.arrayContaining([{ id: '2', code: 'unavailable', message: 'not 2' }]),
    }),
  );
});

test('an error that is no refusal ends the run, so that it can begin again; a cancelled one stops', async () => {
  const { engine } = fakeEngine('running', 4, () => new Error('connection lost'));
  await expect(new BulkRun(engine, params({ action: 'cancel' }), controls()).run()).rejects.toThrow(
    'connection lost',
  );
  const aborted = AbortSignal.abort(new Error('cancelled'));
  const { engine: other, calls } = fakeEngine('running', 4);
  await expect(new BulkRun(other, params({ action: 'cancel' }), controls(aborted)).run()).rejects.toThrow(
    'cancelled',
  );
  expect(calls).toEqual([]);
});

test('three of one owner may be under way', async () => {
  const busy = bulkTasks(fakeEngine('running', 3).engine);
  await expect(busy.check?.(params({ action: 'clear' }), {})).rejects.toMatchObject({
    error: { code: 'rate-limited' },
  });
  await bulkTasks(fakeEngine('running', 2).engine).check?.(params({ action: 'clear' }), {});
});

test('its params are the engine’s own: a damaged record is refused, and so is a definition with its name or queue', async () => {
  const { validate } = bulkTasks(fakeEngine('running', 0).engine).params['~standard'];
  for (const wrong of [
    null,
    {},
    { action: 'clear' },
    { action: 'drop', as: ann },
    { action: 'clear', ids: [1], as: ann },
  ]) {
    expect(await validate(wrong)).toMatchObject({
      issues: [{ message: expect.stringContaining('POST /tasks/bulk') }],
    });
  }
  const own = [bulkTasks(fakeEngine('running', 0).engine)];
  expect(() => refuseReserved([defineTask({ ...count, name: BULK_TASK })], own)).toThrow(BULK_TASK);
  expect(() => refuseReserved([defineTask({ ...count, queue: BULK_QUEUE })], own)).toThrow(BULK_QUEUE);
});
