import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../backend/definitions/seededRandom.ts';
import type { AnyLoggedEvent, EventReader } from '../../backend/tasks/EventReader.ts';
import type { Caller, TaskEngine, WatchFilter } from '../../backend/tasks/TaskEngine.ts';
import {
  type BoundingBox,
  isTerminal,
  type TaskFilter,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import { definitions, smallTown } from '../support/tasks/definitions.ts';
import type { EngineSetup } from './taskEngine.contract.ts';

const ann = { owner: 'ann' };
const bob = { owner: 'bob' };
const admin = { owner: 'root', admin: true };

/** A client that applies the events of a watch, as a task list in a page does. */
export class WatchingClient {
  readonly tasks = new Map<string, TaskSnapshot>();
  /** Ids of tasks that are gone, in the order in which that came. */
  readonly gone: string[] = [];
  readonly resets: string[] = [];
  cursor: string | undefined;
  /** The events of tasks that it follows beside the watch. */
  readonly followed: string[] = [];
  readonly #events: EventReader<AnyLoggedEvent>;
  readonly #reading: Promise<void>;
  #heard = () => {};

  constructor(events: EventReader<AnyLoggedEvent>, page: readonly TaskSnapshot[] = []) {
    for (const task of page) this.tasks.set(task.id, task);
    this.#events = events;
    this.#reading = this.#read();
  }

  /** Resolves once `isTrue` is, after some event. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((resolve, reject) => {
        this.#heard = resolve;
        this.#reading.then(() => reject(new Error('the watch ended')), reject);
      });
    }
  }

  async close(): Promise<void> {
    this.#events.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    for await (const event of this.#events) {
      if ('cursor' in event) {
        this.cursor = event.cursor;
        if (event.type === 'watching' && event.reset) this.resets.push(event.cursor);
        else if (event.type === 'task') this.tasks.set(event.task.id, event.task);
        else if (event.type === 'gone') {
          this.tasks.delete(event.taskId);
          this.gone.push(event.taskId);
        }
      } else {
        this.followed.push(event.type);
      }
      this.#heard();
    }
  }
}

/** What every engine promises about lists and watches. `createEngine` is called anew for each test. */
export function declareWatchContract(
  name: string,
  createEngine: (setup: EngineSetup) => Promise<{
    engine: TaskEngine;
    /** Deletes a task that has ended, as retention does. */
    remove: (id: string) => Promise<void>;
  }>,
  /** Another engine of the deployment of the newest engine; absent where an engine stands alone. */
  another?: () => Promise<TaskEngine>,
): void {
  describe(`${name}: the watch contract`, () => {
    let made: Awaited<ReturnType<typeof createEngine>>;
    let engine: TaskEngine;
    let gateCount = 0;
    const newGate = () => `${name} watch ${gateCount++}`;
    const clients: WatchingClient[] = [];

    beforeEach(async () => {
      made = await createEngine({ definitions, town: smallTown, tasksPerOwner: 100 });
      engine = made.engine;
    });
    afterEach(async () => {
      await engine.close();
      clients.length = 0;
    });

    const run = async (
      task: string,
      params: Record<string, unknown> = {},
      caller: Caller = ann,
      tags?: string[],
    ) => (await engine.enqueue({ name: task, params, ...(tags && { tags }) }, caller)).task;
    const openGate = (gate: string) => run('open', { gate }, { owner: 'opener' });
    const watch = (filter: WatchFilter, caller: Caller = ann, page: readonly TaskSnapshot[] = []) => {
      const client = new WatchingClient(engine.watch(filter, { caller }), page);
      clients.push(client);
      return client;
    };
    /** A watch that has begun. */
    const watching = async (filter: WatchFilter, caller: Caller = ann) => {
      const client = watch(filter, caller);
      await client.until(() => client.cursor !== undefined);
      return client;
    };
    /** Lists, then watches from there. */
    const listAndWatch = async (filter: TaskFilter = {}, caller: Caller = ann) => {
      const page = await engine.list({ ...filter, limit: 200 }, caller);
      expect(page.watchCursor).toEqual(expect.any(String));
      return watch({ filter, ...(page.watchCursor && { after: page.watchCursor }) }, caller, page.tasks);
    };
    const ended = async (id: string, caller: Caller = admin) => {
      for await (const event of engine.events({ cursors: { [id]: null } }, { caller })) {
        if (isTerminal(event.type)) return;
      }
    };
    const has = (client: WatchingClient, id: string, status: TaskSnapshot['status']) =>
      client.until(() => client.tasks.get(id)?.status === status);
    /** Resolves once the watcher has been given everything that happened before this call. */
    const quiet = async (client: WatchingClient, caller: Caller = ann, extra = {}) => {
      const last = await run('count', { to: 1, ...extra }, caller);
      await client.until(() => client.tasks.get(last.id)?.status === 'succeeded');
      return last.id;
    };

    test('begins with a cursor, then brings tasks that are started afterwards, to their end, without their results', async () => {
      const client = await watching({ filter: {} });
      expect(client.tasks.size).toBe(0);
      const gate = newGate();
      const { id } = await run('wait', { gate });
      await client.until(() => client.tasks.get(id)?.progress.message === `waiting for ${gate}`);
      expect(client.tasks.get(id)).toMatchObject({
        name: 'wait',
        status: 'running',
        owner: 'ann',
        params: { gate },
      });
      await openGate(gate);
      await has(client, id, 'succeeded');
      expect(client.tasks.get(id)).not.toHaveProperty('result');
      expect(client.tasks.get(id)).toMatchObject({ finishedAt: expect.any(String) });
      expect(client.gone).toEqual([]);
    });

    test('list, then watch: nothing is lost while others start tasks', async () => {
      const ids: string[] = [];
      const start = async () => {
        for (let i = 0; i < 30; i++) ids.push((await run('count', { to: 3 })).id);
      };
      const starting = [start(), start()];
      const found: WatchingClient[] = [];
      for (let i = 0; i < 10; i++) found.push(await listAndWatch());
      await Promise.all(starting);
      for (const client of found) {
        await client.until(() => ids.every((id) => client.tasks.get(id)?.status === 'succeeded'));
        expect([...client.tasks.keys()].sort()).toEqual([...ids].sort());
        expect(client.resets).toEqual([]);
      }
    });

    test('goes on from a cursor: of the list, or of any event', async () => {
      const first = await listAndWatch();
      const a = await run('count', { to: 1 });
      await ended(a.id);
      await quiet(first);
      const { cursor = '' } = first;
      await first.close();
      const b = await run('count', { to: 1 });
      await ended(b.id);
      const second = watch({ filter: {}, after: cursor });
      await has(second, b.id, 'succeeded');
      expect(second.tasks.has(a.id)).toBe(false);
      expect(second.resets).toEqual([]);
    });

    test.each(['', 'x', 'abc-1', `${'0'.repeat(32)}-5`, 'f'.repeat(199)])(
      'begins with reset and goes on from now where the cursor %j is of no server or another one',
      async (after) => {
        const before = await run('count', { to: 1 });
        await ended(before.id);
        const client = watch({ filter: {}, after });
        await client.until(() => client.cursor !== undefined);
        expect(client.resets).toEqual([client.cursor]);
        const { id } = await run('count', { to: 1 });
        await has(client, id, 'succeeded');
        expect(client.tasks.has(before.id)).toBe(false);
      },
    );

    test('begins with reset where the cursor is ahead of the server', async () => {
      const { watchCursor = '' } = await engine.list({}, ann);
      const ahead = watchCursor.replace(/-[0-9a-z]+$/, '-zzzzzz');
      const client = watch({ filter: {}, after: ahead });
      await client.until(() => client.resets.length === 1);
    });

    test('gives a slow reader the newest state of each task once', async () => {
      const { watchCursor: after = '' } = await engine.list({}, ann);
      const slow = engine.watch({ filter: {}, after }, { caller: ann });
      await slow.open();
      const tasks = await Promise.all([1, 2, 3].map(() => run('count', { to: 200 })));
      const client = await listAndWatch();
      for (const { id } of tasks) await has(client, id, 'succeeded');
      const seen: string[] = [];
      for await (const event of slow) {
        if (!('cursor' in event)) continue;
        if (event.type === 'task') seen.push(`${event.task.id} ${event.task.status}`);
        if (seen.length === 3) break;
      }
      expect(seen.sort()).toEqual(tasks.map(({ id }) => `${id} succeeded`).sort());
    });

    test('says gone, with the newest state, when the filter does not select a task any more', async () => {
      const client = await watching({ filter: { status: 'active' } });
      const gate = newGate();
      const { id } = await run('wait', { gate });
      await has(client, id, 'running');
      await openGate(gate);
      await client.until(() => client.gone.includes(id));
      expect(client.tasks.has(id)).toBe(false);
    });

    test('brings a task that the filter selects only later, and says nothing of it before', async () => {
      const client = await watching({ filter: { status: 'finished', owner: 'me' } });
      const gate = newGate();
      const { id } = await run('wait', { gate });
      const other = await run('count', { to: 20 });
      await has(client, other.id, 'succeeded');
      expect(client.tasks.has(id)).toBe(false);
      await openGate(gate);
      await has(client, id, 'succeeded');
    });

    test('shows an owner only its own tasks, an admin all, and an admin with owner "me" only its own', async () => {
      const [forBob, forAdmin, forRoot] = [
        await watching({ filter: {} }, bob),
        await watching({ filter: {} }, admin),
        await watching({ filter: { owner: 'me' } }, admin),
      ];
      const active = await watching({ filter: { status: 'active' } }, bob);
      const foreign = await run('count', { to: 3 }, ann);
      await ended(foreign.id);
      const own = await run('count', { to: 3 }, bob);
      const rooted = await run('count', { to: 3 }, admin);
      await has(forBob, own.id, 'succeeded');
      await has(forRoot, rooted.id, 'succeeded');
      for (const { id } of [foreign, own, rooted]) await has(forAdmin, id, 'succeeded');
      await active.until(() => active.gone.includes(own.id));
      expect([...forBob.tasks.keys()]).toEqual([own.id]);
      expect([...forRoot.tasks.keys()]).toEqual([rooted.id]);
      expect([forBob.gone, forRoot.gone]).toEqual([[], []]);
      expect(active.gone).toEqual([own.id]);
      const mine = await engine.list({ owner: 'me' }, admin);
      expect(mine.tasks.map(({ id }) => id)).toEqual([rooted.id]);
    });

    test('selects by each field, in a list as in a watch', async () => {
      const gate = newGate();
      const work = await run('draw', { gate, box: [10, 50, 10.5, 50.5], design: 'design/North' }, ann, [
        'a',
        'b',
      ]);
      const odd = await run('draw', { gate, box: [-179, 0, -178, 1], design: 'a\0b\ud800' }, ann, ['B']);
      const done = await run('count', { to: 2 }, ann, ['b']);
      const filters: [TaskFilter, string[]][] = [
        [{}, [work.id, odd.id, done.id]],
        [{ status: 'active' }, [work.id, odd.id]],
        [{ status: 'finished' }, [done.id]],
        [{ name: 'draw' }, [work.id, odd.id]],
        [{ name: 'dra' }, []],
        [{ q: 'COUNT' }, [done.id]],
        [{ q: '2 / 2' }, [done.id]],
        [{ tag: 'b' }, [work.id, done.id]],
        [{ tag: 'B' }, [odd.id]],
        [{ tag: 'a\0' }, []],
        [{ design: 'design/North' }, [work.id]],
        [{ design: 'design/north' }, []],
        [{ design: 'a\0b\ud800' }, [odd.id]],
        [{ bbox: [10.4, 50.4, 11, 51] }, [work.id]],
        [{ bbox: [10.6, 50, 11, 51] }, []],
        [{ bbox: [0, 0, 20, 60] }, [work.id]],
        [{ bbox: [170, -10, -170, 10] }, [odd.id]],
        [{ bbox: [-180, -90, 180, 90], tag: 'a', status: 'active', owner: 'me', name: 'draw' }, [work.id]],
      ];
      const watchers = await Promise.all(filters.map(([filter]) => watching({ filter })));
      const all = await listAndWatch();
      await all.until(
        () =>
          [work, odd].every(({ id }) => all.tasks.get(id)?.built?.bbox) &&
          all.tasks.get(done.id)?.status === 'succeeded',
      );
      const boxes: BoundingBox[] = [];
      for (const [filter, expected] of filters) {
        const { tasks } = await engine.list(filter, ann);
        expect(tasks.map(({ id }) => id).sort(), JSON.stringify(filter)).toEqual([...expected].sort());
        if (filter.bbox && expected.length > 0) boxes.push(filter.bbox);
      }
      // Each task says something once more.
      await openGate(gate);
      await has(all, work.id, 'succeeded');
      await has(all, odd.id, 'succeeded');
      const after = new Map(filters.map(([filter, ids]) => [filter, ids]));
      for (const [filter] of filters) {
        const { tasks } = await engine.list(filter, ann);
        after.set(
          filter,
          tasks.map(({ id }) => id),
        );
        if (filter.bbox && !filter.status) {
          expect(after.get(filter)?.length, JSON.stringify(filter)).toBe(boxes.includes(filter.bbox) ? 1 : 0);
        }
      }
      for (const [i, client] of watchers.entries()) {
        const filter: TaskFilter = filters[i]?.[0] ?? {};
        const wanted = (after.get(filter) ?? []).filter((id) => id !== done.id);
        await client.until(() => wanted.every((id) => isTerminal(client.tasks.get(id)?.status ?? '')));
        const shown = [...client.tasks.keys()].filter((id) => id !== done.id);
        if (filter.status !== 'active') {
          expect(shown.sort(), JSON.stringify(filter)).toEqual(wanted.sort());
        }
      }
    });

    test('goes together with the events of tasks, and does not end with them', async () => {
      const gate = newGate();
      const { id } = await run('wait', { gate });
      const client = await watching({ filter: { name: 'count' }, cursors: { [id]: null } });
      await openGate(gate);
      await client.until(() => client.followed.includes('succeeded'));
      const { id: other } = await run('count', { to: 1 });
      await has(client, other, 'succeeded');
      expect([...client.tasks.keys()]).toEqual([other]);
    });

    test('is refused where a task that is to be followed is not there or is another owner’s', async () => {
      const { id } = await run('count', { to: 1 }, bob);
      const events = engine.watch({ filter: {}, cursors: { [id]: null } }, { caller: ann });
      await expect(events.open()).rejects.toMatchObject({ error: { code: 'task-not-found' } });
    });

    test('ends when the engine closes, and when the signal aborts', async () => {
      const leaving = new AbortController();
      const first = new WatchingClient(engine.watch({ filter: {} }, { caller: ann, signal: leaving.signal }));
      await first.until(() => first.cursor !== undefined);
      leaving.abort();
      await first.close();
      const second = await watching({ filter: {} });
      const over = second.until(() => false).catch((error: Error) => error.message);
      await engine.close();
      expect(await over).toBe('the watch ended');
      const late = engine.watch({ filter: {} }, { caller: ann });
      await expect(late.open()).rejects.toMatchObject({ error: { code: 'unavailable' } });
    });

    test('says gone of a task that is deleted, to those who could see it, and to those who come back', async () => {
      const { remove } = made;
      const task = await run('count', { to: 1 }, ann, ['x']);
      await ended(task.id);
      const [mine, tagged, forBob, forAdmin, elsewhere] = [
        await listAndWatch(),
        await listAndWatch({ tag: 'x', status: 'finished' }),
        await watching({ filter: {} }, bob),
        await watching({ filter: {} }, admin),
        await watching({ filter: { tag: 'y' } }),
      ];
      const { watchCursor: after = '' } = await engine.list({}, ann);
      await remove(task.id);
      for (const client of [mine, tagged, forAdmin]) await client.until(() => client.gone.includes(task.id));
      const back = watch({ filter: {}, after });
      await back.until(() => back.gone.includes(task.id));
      await quiet(forBob, bob);
      await elsewhere.until(() => elsewhere.cursor !== undefined);
      expect([forBob.gone, elsewhere.gone]).toEqual([[], []]);
      expect(mine.tasks.size).toBe(0);
    });

    if (another) {
      test('brings what another server of the deployment takes in', async () => {
        const other = await another();
        try {
          const client = await listAndWatch();
          const { task } = await other.enqueue({ name: 'count', params: { to: 3 } }, ann);
          await has(client, task.id, 'succeeded');
          // Its cursor is good on every server.
          const { watchCursor: after = '' } = await other.list({}, ann);
          const { id } = await run('count', { to: 1 });
          await ended(id);
          const elsewhere = new WatchingClient(other.watch({ filter: {}, after }, { caller: ann }));
          await has(elsewhere, id, 'succeeded');
          expect(elsewhere.resets).toEqual([]);
        } finally {
          await other.close();
        }
      });
    }

    test('model: after random operations every client has exactly what a new list gives', {
      timeout: 60_000,
    }, async () => {
      const random = seededRandom(12);
      const pick = <T>(items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];
      const callers = [ann, bob, admin] as const;
      const filters = [
        {},
        { status: 'active' },
        { status: 'finished' },
        { q: 'waiting' },
        { name: 'count' },
        { tag: 'a' },
        { tag: 'a', status: 'active' },
        { owner: 'me' },
        { bbox: [0, 0, 0.00001, 1] },
        { design: 'design/North', status: 'finished' },
      ] as const satisfies readonly TaskFilter[];
      const open: { caller: Caller; filter: TaskFilter; client: WatchingClient }[] = [];
      const join = async () => {
        const [caller, filter] = [pick(callers), pick(filters)];
        open.push({ caller, filter, client: await listAndWatch(filter, caller) });
      };
      const gates: { id: string; gate: string; caller: Caller }[] = [];
      for (let i = 0; i < 6; i++) await join();
      for (let step = 0; step < 120; step++) {
        const caller = pick(callers);
        const gate = newGate();
        const tags = pick<readonly string[]>([['a'], ['b'], ['a', 'b'], []]);
        const action = pick(['count', 'draw', 'wait', 'open', 'cancel', 'fail', 'join', 'resume'] as const);
        if (action === 'count') await run('count', { to: 4, draw: true }, caller, [...tags]);
        else if (action === 'fail') await run('fail', { message: 'no pole' }, caller, [...tags]);
        else if (action === 'join') await join();
        else if (action === 'wait')
          gates.push({ ...(await run('wait', { gate }, caller, [...tags])), gate, caller });
        else if (action === 'draw') {
          const params = { gate, box: [0, 0, 1, 1], design: pick(['design/North', 'design/South']) };
          gates.push({ ...(await run('draw', params, caller, [...tags])), gate, caller });
        } else if (action === 'open' && gates.length > 0) {
          const [opened] = gates.splice(random(gates.length), 1);
          if (opened) await run('open', { gate: opened.gate }, caller);
        } else if (action === 'cancel' && gates.length > 0) {
          const [cancelled] = gates.splice(random(gates.length), 1);
          if (cancelled) await engine.cancel(cancelled.id, admin);
        } else if (action === 'resume' && open.length > 0) {
          // A connection that breaks, and goes on from the last cursor.
          const one = open[random(open.length)];
          if (!one) continue;
          await one.client.until(() => one.client.cursor !== undefined);
          await one.client.close();
          const { cursor: after = '' } = one.client;
          one.client = watch({ filter: one.filter, after }, one.caller, [...one.client.tasks.values()]);
        }
      }
      for (const { gate } of gates.splice(0)) await openGate(gate);
      const active = async () => (await engine.list({ status: 'active' }, admin)).tasks.length;
      await expect.poll(active, { timeout: 30_000 }).toBe(0);
      for (const { client, filter, caller } of open) {
        const wanted = async () => {
          const { tasks } = await engine.list({ ...filter, limit: 200 }, caller);
          return Object.fromEntries(tasks.map((task) => [task.id, task]));
        };
        await expect
          .poll(() => Object.fromEntries(client.tasks), {
            timeout: 10_000,
            message: JSON.stringify([filter, caller]),
          })
          .toEqual(await wanted());
        expect(client.resets).toEqual([]);
      }
    });
  });
}
