import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TaskEvent } from '../../../src/contract/index.ts';
import { poleCount, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import threadTasks from './threadTasks.ts';

const ann = { owner: 'ann' };
let parts: Awaited<ReturnType<typeof openDistributed>>;

beforeEach(async () => {
  const taskFiles = [new URL('./threadTasks.ts', import.meta.url).pathname];
  parts = await openDistributed({ definitions: threadTasks, town: smallTown, taskFiles });
});
afterEach(() => parts.engine.close());

async function* follow(id: string) {
  const signal = new AbortController().signal;
  yield* parts.engine.events({ cursors: { [id]: 0 } }, { caller: ann, signal });
}

async function ended(id: string): Promise<TaskEvent | undefined> {
  let last: TaskEvent | undefined;
  for await (const event of follow(id)) last = event;
  return last;
}

test('a task that computes without pause runs in a thread of its own, and is committed once', async () => {
  const before = await poleCount(parts.store);
  const { task } = await parts.engine.enqueue({ name: 'compute', params: { milliseconds: 300 } }, ann);
  // The worker's own thread goes on meanwhile: this test runs in it.
  let turns = 0;
  const turning = setInterval(() => turns++, 10);
  expect(await ended(task.id)).toMatchObject({ type: 'succeeded', result: { attempt: 1 } });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(5);
  expect(await poleCount(parts.store)).toBe(before + 1);
});

test('what fails in a thread is tried again as anywhere', async () => {
  const before = await poleCount(parts.store);
  const params = { milliseconds: 1, fail: true };
  const { task } = await parts.engine.enqueue({ name: 'compute', params }, ann);
  expect(await ended(task.id)).toMatchObject({ type: 'succeeded', result: { attempt: 2 } });
  expect(await poleCount(parts.store)).toBe(before + 1);
});

test('a thread that outruns its time is ended, and the task has failed', async () => {
  const { task } = await parts.engine.enqueue({ name: 'spin', params: {} }, ann);
  expect(await ended(task.id)).toMatchObject({
    type: 'failed',
    error: { code: 'timeout', details: { timeoutSeconds: 1 } },
  });
});

test('a thread that hears no signal is ended when its task is cancelled', async () => {
  const { task } = await parts.engine.enqueue({ name: 'spin_long', params: {} }, ann);
  for await (const event of follow(task.id)) {
    if (event.type === 'progress') await parts.engine.cancel(task.id, ann);
    if (event.type === 'cancelled') break;
  }
  expect(await parts.engine.get(task.id, ann)).toMatchObject({ status: 'cancelled' });
});
