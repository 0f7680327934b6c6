import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import {
  BULK_TASK,
  type BulkRequest,
  isTerminal,
  type TaskFilter,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import { definitions, smallTown } from '../support/tasks/definitions.ts';
import type { EngineSetup } from './taskEngine.contract.ts';

const ann = { owner: 'ann' };
const bob = { owner: 'bob' };
const admin = { owner: 'root', admin: true };

/** What every engine promises of counts, and of tasks that act on many. `createEngine` is called anew for each test. */
export function declareBulkContract(
  name: string,
  createEngine: (setup: EngineSetup) => Promise<{ engine: TaskEngine }>,
): void {
  describe(`${name}: many tasks`, () => {
    let engine: TaskEngine;
    let gates = 0;
    const newGate = () => `${name} bulk ${++gates}`;
    beforeEach(async () => {
      ({ engine } = await createEngine({ definitions, town: smallTown, tasksPerOwner: 2 }));
    });
    afterEach(() => engine.close());

    const run = async (
      task: string,
      params: Record<string, unknown> = {},
      caller: Caller = ann,
      tags: string[] = [],
    ) => (await engine.enqueue({ name: task, params, tags }, caller)).task.id;
    const ended = async (id: string, caller: Caller = admin): Promise<TaskSnapshot> => {
      for await (const event of engine.events({ cursors: { [id]: null } }, { caller })) {
        if (isTerminal(event.type)) break;
      }
      const task = await engine.get(id, caller);
      if (!task) throw new Error(`${id} is gone`);
      return task;
    };
    const bulk = async (request: BulkRequest, caller: Caller = ann) =>
      ended((await engine.bulk(request, caller)).task.id);
    const done = async (caller: Caller = ann, count = 1, tags: string[] = []) => {
      const ids = await Promise.all(
        Array.from({ length: count }, () => run('count', { to: 1 }, caller, tags)),
      );
      await Promise.all(ids.map((id) => ended(id)));
      return ids;
    };
    const statuses = async (ids: readonly string[]) =>
      (await Promise.all(ids.map((id) => engine.get(id, admin)))).map((task) => task?.status);
    const counted = async (filter: TaskFilter = {}, caller: Caller = ann) => engine.count(filter, caller);

    test('counts say how many a filter selects, by status, and how many are others’', async () => {
      const gate = newGate();
      await done(bob, 2);
      await ended(await run('fail', { message: 'no' }, bob));
      const waiting = await Promise.all(Array.from({ length: 4 }, () => run('wait', { gate }, ann, ['x'])));
      await expect.poll(() => counted()).toMatchObject({ byStatus: { running: 2, queued: 2, succeeded: 0 } });
      expect(await counted({}, bob)).toEqual({
        byStatus: { queued: 0, running: 0, succeeded: 2, failed: 1, cancelled: 0 },
        others: 0,
      });
      const all = { byStatus: { queued: 2, running: 2, succeeded: 2, failed: 1, cancelled: 0 }, others: 7 };
      expect(await counted({}, admin)).toEqual(all);
      expect(await counted({ owner: 'me' }, admin)).toMatchObject({ others: 0, byStatus: { running: 0 } });
      expect(await counted({ status: 'finished' }, admin)).toMatchObject({
        byStatus: { queued: 0, running: 0, succeeded: 2, failed: 1 },
      });
      expect((await counted({ status: 'queued', tag: 'x' })).byStatus).toMatchObject({
        queued: 2,
        running: 0,
      });
      expect((await counted({ tag: 'none' })).byStatus).toMatchObject({ queued: 0, running: 0 });
      // A list takes the same.
      const failed = await engine.list({ status: 'failed' }, admin);
      expect(failed.tasks.map((task) => task.status)).toEqual(['failed']);
      expect((await engine.list({ status: 'running' }, ann)).tasks).toHaveLength(2);
      await Promise.all(waiting.map((id) => engine.cancel(id, ann)));
    });

    test('cancels what the filter selects, beside the owner’s limit: those that wait first, and nothing that comes later', async () => {
      const gate = newGate();
      const ids = await Promise.all(Array.from({ length: 6 }, () => run('wait', { gate }, ann, ['mine'])));
      const other = await run('wait', { gate: `${gate} b` }, bob, ['mine']);
      const kept = await run('wait', { gate }, ann, ['kept']);
      const { task, created } = await engine.bulk({ action: 'cancel', filter: { tag: 'mine' } }, ann);
      expect(created).toBe(true);
      expect(task).toMatchObject({ name: BULK_TASK, owner: 'ann', params: { action: 'cancel' } });
      const end = await ended(task.id);
      expect(end).toMatchObject({
        status: 'succeeded',
        result: { action: 'cancel', done: 6, failed: 0 },
        progress: { done: 6, total: 6, percent: 100 },
        items: { ok: 6, failed: 0 },
      });
      await Promise.all(ids.map((id) => ended(id)));
      expect(await statuses([...ids, other, kept])).toEqual([
        ...ids.map(() => 'cancelled'),
        expect.stringMatching(/queued|running/),
        expect.stringMatching(/queued|running/),
      ]);
      expect(await engine.get(ids[0] ?? '', ann)).toMatchObject({ cancelledBy: 'ann' });
      await Promise.all([other, kept].map((id) => engine.cancel(id, admin)));
    });

    test('clears what has ended, of everyone for an admin, and no task of its own kind', async () => {
      const ids = [...(await done(ann, 3)), ...(await done(bob, 2))];
      const first = await bulk({ action: 'clear', filter: { name: 'count' } }, ann);
      expect(first.result).toMatchObject({ done: 3, failed: 0 });
      expect((await counted({}, bob)).byStatus.succeeded).toBe(2);
      const second = await bulk({ action: 'clear', filter: {} }, admin);
      expect(second.result).toMatchObject({ done: 2, failed: 0 });
      expect(await statuses(ids)).toEqual(ids.map(() => undefined));
      expect((await engine.list({}, admin)).tasks.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect((await bulk({ action: 'cancel', filter: { status: 'finished' } }, admin)).result).toMatchObject({
        done: 0,
      });
    });

    test('starts those again that failed or were cancelled; by id also one that succeeded', async () => {
      const failed = await run('fail', { message: 'no' });
      const [good = ''] = await done();
      await ended(failed);
      const { result } = await bulk({ action: 'retry', filter: {} });
      expect(result).toEqual({ action: 'retry', done: 1, failed: 0 });
      const retries = async (id: string) =>
        (await engine.list({}, ann)).tasks.filter(({ retryOf }) => retryOf === id).length;
      expect([await retries(failed), await retries(good)]).toEqual([1, 0]);
      await bulk({ action: 'retry', ids: [good] });
      expect(await retries(good)).toBe(1);
    });

    test('names each task that it could not act on, and a retry of those acts on them alone', async () => {
      const gate = newGate();
      const [good = ''] = await done();
      const running = await run('wait', { gate });
      const [foreign = ''] = await done(bob);
      const ids = [good, running, foreign, 'nothing'];
      const end = await bulk({ action: 'clear', ids });
      // One that is not there is as clear as it can be, and so is one that nobody may see.
      expect(end).toMatchObject({
        result: { done: 3, failed: 1 },
        items: { ok: 3, failed: 1, failures: [{ id: running, code: 'not-finished' }] },
      });
      expect(await statuses([good, foreign])).toEqual([undefined, 'succeeded']);
      await engine.cancel(running, ann);
      await ended(running);
      const again = await ended((await engine.retry(end.id, ann, { items: 'failed' })).id);
      expect(again).toMatchObject({ result: { done: 1, failed: 0 }, retryOf: end.id });
      expect(await statuses([running])).toEqual([undefined]);
      const unknown = await bulk({ action: 'retry', ids: ['nothing', end.id] });
      expect(unknown.items?.failures.map(({ code }) => code)).toEqual(['task-not-found', 'bulk-task']);
    });

    test('nobody borrows an admin’s rights: not by POST /tasks, and not by a retry', async () => {
      const params = { action: 'clear', filter: {}, as: { owner: 'ann', admin: true } };
      await expect(engine.enqueue({ name: BULK_TASK, params }, ann)).rejects.toMatchObject({
        error: { code: 'unknown-task' },
      });
      expect((await engine.definitions(ann)).map((kind) => kind.name)).not.toContain(BULK_TASK);
      const [theirs = ''] = await done(bob);
      const mine = await bulk({ action: 'cancel', filter: {} }, ann);
      // The admin starts ann's task again, for ann.
      const again = await ended((await engine.retry(mine.id, admin)).id);
      expect(again).toMatchObject({ owner: 'ann', params: { as: { owner: 'ann' } } });
      expect(again.params.as).not.toHaveProperty('admin');
      // An admin who is one no more acts on their own tasks.
      const asAdmin = await bulk({ action: 'clear', filter: { tag: 'none' } }, admin);
      const later = await ended((await engine.retry(asAdmin.id, { owner: 'root' })).id);
      expect(later.params.as).toEqual({ owner: 'root' });
      expect(await statuses([theirs])).toEqual(['succeeded']);
    });

    test('the same key gives the same task; what is no request is refused', async () => {
      const request = { action: 'clear', filter: { tag: 'none' }, idempotencyKey: 'k' } as const;
      const first = await engine.bulk(request, ann);
      const again = await engine.bulk(request, ann);
      expect([again.task.id, again.created]).toEqual([first.task.id, false]);
      await expect(engine.bulk({ ...request, action: 'retry' }, ann)).rejects.toMatchObject({
        error: { code: 'idempotency-conflict' },
      });
      const wrong: BulkRequest[] = [
        { action: 'clear' },
        { action: 'clear', ids: [] },
        { action: 'clear', ids: ['a'], filter: {} },
        { action: 'clear', ids: Array.from({ length: 1_001 }, (_, i) => `${i}`) },
      ];
      for (const each of wrong) {
        await expect(engine.bulk(each, ann)).rejects.toMatchObject({ error: { code: 'invalid-request' } });
      }
    });
  });
}
