import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { isTerminal } from '../../src/contract/index.ts';
import { definitions, smallTown } from '../support/tasks/definitions.ts';
import type { EngineSetup } from './taskEngine.contract.ts';
import { WatchingClient } from './watch.contract.ts';

const ann = { owner: 'ann' };
const bob = { owner: 'bob' };
const admin = { owner: 'root', admin: true };

/** What every engine does when a task is cleared. `createEngine` is called anew for each test. */
export function declareClearContract(
  name: string,
  createEngine: (setup: EngineSetup) => Promise<{ engine: TaskEngine }>,
): void {
  describe(`${name}: clearing tasks`, () => {
    let engine: TaskEngine;
    beforeEach(async () => {
      ({ engine } = await createEngine({ definitions, town: smallTown }));
    });
    afterEach(() => engine.close());

    const run = async (task: string, params: object = {}, caller: Caller = ann, idempotencyKey?: string) => {
      const request = { name: task, params: { ...params }, ...(idempotencyKey && { idempotencyKey }) };
      return (await engine.enqueue(request, caller)).task.id;
    };
    const ended = async (id: string, caller: Caller = admin) => {
      for await (const event of engine.events({ cursors: { [id]: null } }, { caller })) {
        if (isTerminal(event.type)) return;
      }
    };
    const listed = async (caller: Caller = ann) => (await engine.list({}, caller)).tasks.map(({ id }) => id);

    test('a task that has ended leaves lists, gets and streams; again changes nothing', async () => {
      const id = await run('parts', { ok: 3, fail: 1 });
      const other = await run('count', { to: 1 });
      await Promise.all([ended(id), ended(other)]);
      expect(await engine.clear([id], ann)).toEqual({ cleared: [id], active: [] });
      expect(await engine.clear([id], ann)).toEqual({ cleared: [], active: [] });
      expect(await listed()).toEqual([other]);
      expect(await engine.get(id, ann)).toBeUndefined();
      const missing = { error: { code: 'task-not-found' } };
      await expect(engine.items(id, {}, ann)).rejects.toMatchObject(missing);
      await expect(engine.retry(id, ann)).rejects.toMatchObject(missing);
      await expect(engine.events({ cursors: { [id]: 0 } }, { caller: ann }).open()).rejects.toMatchObject(
        missing,
      );
    });

    test('one that is queued or runs stays, and is named', async () => {
      const id = await run('wait', { gate: `${name} clear` });
      const answer = await engine.clear([id, 'nothing', 'bad\0id'], ann);
      expect(answer).toEqual({
        cleared: [],
        active: [{ id, status: expect.stringMatching(/queued|running/) }],
      });
      await engine.cancel(id, ann);
      await ended(id);
      expect(await engine.clear([id], ann)).toEqual({ cleared: [id], active: [] });
    });

    test('of others only an admin clears, and nobody else hears that it is there', async () => {
      const id = await run('count', { to: 1 });
      await ended(id);
      expect(await engine.clear([id], bob)).toEqual({ cleared: [], active: [] });
      expect(await listed()).toEqual([id]);
      expect(await engine.clear([id], admin)).toEqual({ cleared: [id], active: [] });
      expect(await listed()).toEqual([]);
    });

    test('watchers hear that it is gone', async () => {
      const id = await run('count', { to: 1 });
      await ended(id);
      const client = new WatchingClient(engine.watch({ filter: { status: 'finished' } }, { caller: ann }));
      const foreign = new WatchingClient(engine.watch({ filter: {} }, { caller: bob }));
      await client.until(() => client.cursor !== undefined);
      await engine.clear([id], ann);
      await client.until(() => client.gone.includes(id));
      expect(foreign.gone).toEqual([]);
      await Promise.all([client.close(), foreign.close()]);
    });

    test('a start that is repeated with the key of a task that was just cleared starts nothing', async () => {
      const id = await run('count', { to: 1 }, ann, 'once');
      await ended(id);
      await engine.clear([id], ann);
      await expect(run('count', { to: 1 }, ann, 'once')).rejects.toMatchObject({
        error: { code: 'idempotency-conflict', details: { taskId: id } },
      });
      expect(await listed()).toEqual([]);
      // The key is the owner's own.
      await run('count', { to: 1 }, bob, 'once');
      await run('count', { to: 1 }, ann, 'twice');
    });

    test('many at once, while others do the same, each once; too many are refused', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, () => run('count', { to: 1 })));
      await Promise.all(ids.map((id) => ended(id)));
      const answers = await Promise.all([engine.clear(ids, ann), engine.clear([...ids].reverse(), admin)]);
      expect(new Set(answers.flatMap(({ cleared }) => cleared))).toEqual(new Set(ids));
      expect(await listed()).toEqual([]);
      const many = Array.from({ length: 1_001 }, (_, i) => `${i}`);
      await expect(engine.clear(many, ann)).rejects.toMatchObject({ error: { code: 'invalid-request' } });
    });
  });
}
