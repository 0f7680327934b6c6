import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { EmbeddedEngineOptions } from '../../../../backend/embedded/options.ts';
import type { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../../../../backend/network/NetworkStore.ts';
import { defineTask, type TaskContext, type TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import type { GeoFeature, TaskEvent } from '../../../../src/contract/index.ts';
import {
  count,
  definitions,
  poleCount,
  smallStore,
  wait,
  write,
} from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };
const engines: EmbeddedEngine[] = [];
let store: MemoryStore;

beforeEach(() => {
  store = smallStore();
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
  vi.useRealTimers();
});

function createEngine(options: Partial<EmbeddedEngineOptions> = {}): EmbeddedEngine {
  const engine = new EmbeddedEngine({ definitions, store, ...options });
  engines.push(engine);
  return engine;
}

/** A task that does what the test says. */
function task(
  execute: (context: TaskContext) => Promise<unknown>,
  more: Partial<TaskDefinition> = {},
): TaskDefinition {
  return defineTask({
    name: 'it',
    params: z.strictObject({}),
    ...more,
    execute: (_, context) => execute(context),
  });
}

async function start(
  engine: EmbeddedEngine,
  name = 'it',
  params: Record<string, unknown> = {},
): Promise<string> {
  return (await engine.enqueue({ name, params }, ann)).task.id;
}

async function all(engine: EmbeddedEngine, id: string, cursor: number | null = 0): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of engine.events({ cursors: { [id]: cursor } }, { caller: ann, signal }))
    events.push(event);
  return events;
}

async function outcome(
  execute: (context: TaskContext) => Promise<unknown>,
  options = {},
): Promise<TaskEvent[]> {
  const engine = createEngine({ definitions: [task(execute)], ...options });
  return all(engine, await start(engine));
}

const feature = (id: number): GeoFeature => ({
  type: 'Feature',
  id: `pole/${id}`,
  geometry: { type: 'Point', coordinates: [0, 0] },
  properties: { table: 'pole' },
});

describe('progress', () => {
  test('is merged: one flush per interval, the latest words, all of the features, all before the end', async () => {
    const events = await outcome(
      async ({ progress }) => {
        for (let i = 1; i <= 500; i++)
          await progress({ percent: i / 5, message: `${i}`, features: [feature(i)] });
      },
      { progressIntervalMs: 60_000 },
    );
    expect(events.map((event) => event.type)).toEqual([
      'snapshot',
      'snapshot',
      'features',
      'progress',
      'features',
      'progress',
      'succeeded',
    ]);
    expect(events.flatMap((event) => (event.type === 'features' ? event.features : []))).toHaveLength(500);
    expect(events.at(-2)).toMatchObject({ progress: { percent: 100, message: '500' } });
  });

  test('that was held back is sent after the interval, although the task says no more', async () => {
    vi.useFakeTimers();
    const engine = createEngine({
      definitions: [
        task(async ({ progress, signal }) => {
          await progress({ message: 'first' });
          await progress({ message: 'second' });
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        }),
      ],
      progressIntervalMs: 50,
    });
    const id = await start(engine);
    const message = async () => (await engine.get(id, ann))?.progress.message;
    const { signal } = new AbortController();
    for await (const event of engine.events({ cursors: { [id]: 0 } }, { caller: ann, signal })) {
      if (event.type === 'progress') break;
    }
    await vi.advanceTimersByTimeAsync(49);
    expect(await message()).toBe('first');
    await vi.advanceTimersByTimeAsync(1);
    expect(await message()).toBe('second');
  });

  test('stays within 0 to 100, and never goes back', async () => {
    const events = await outcome(
      async ({ progress }) => {
        for (const percent of [-5, 30, 20, null, 70, 120, 90]) {
          await progress({ percent });
        }
      },
      { progressIntervalMs: 0 },
    );
    const percents = events.flatMap((event) => (event.type === 'progress' ? [event.progress.percent] : []));
    expect(percents).toEqual([0, 30, 30, 30, 70, 100, 100]);
  });

  test('that is no number is refused; a task that does not await that finds it in its log', async () => {
    const events = await outcome(async ({ progress }) => {
      progress({ percent: Number.NaN });
      await expect(progress({ percent: Number.POSITIVE_INFINITY })).rejects.toThrow(TypeError);
    });
    expect(events.at(-1)?.type).toBe('succeeded');
    expect(events.flatMap((event) => (event.type === 'log' ? [event] : []))).toMatchObject([
      { level: 'error', message: expect.stringMatching(/progress\(\): "percent" .* not NaN/) },
      { level: 'error', message: expect.stringMatching(/progress\(\): "percent" .* not Infinity/) },
    ]);
  });

  test('is 100 once the task succeeded, whatever it said', async () => {
    const events = await outcome(({ progress }) => progress({ percent: 97, message: 'nearly' }));
    expect(events.at(-2)).toMatchObject({ type: 'progress', progress: { percent: 100, message: 'nearly' } });
  });

  test('and log have bounded texts', async () => {
    const events = await outcome(async ({ progress, log }) => {
      log('warning', 'x'.repeat(100_000));
      await progress({ message: 'y'.repeat(100_000) });
      throw new Error('z'.repeat(100_000));
    });
    expect(JSON.stringify(events).length).toBeLessThan(8_000);
  });

  test('lets others have their turn: a task that never rests can be cancelled', async () => {
    const events = outcome(async ({ progress }) => {
      for (;;) await progress({ message: 'busy' });
    });
    const engine = engines.at(-1);
    await vi.waitFor(async () => {
      const page = await engine?.list({ status: 'active' }, ann);
      expect(page?.tasks[0]?.progress.message).toBe('busy');
      await engine?.cancel(page?.tasks[0]?.id ?? '', ann);
    });
    expect((await events).at(-1)?.type).toBe('cancelled');
  });

  test('that nobody awaits harms nobody, and after the end says nothing', async () => {
    let late: TaskContext | undefined;
    const events = await outcome(async (context) => {
      late = context;
      void context.progress({ message: 'said' });
    });
    expect(events.at(-1)?.type).toBe('succeeded');
    late?.log('info', 'too late');
    await expect(late?.progress({ message: 'too late' })).rejects.toMatchObject({
      error: { code: 'already-finished' },
    });
    expect(await all(engines[0] ?? createEngine(), events[0]?.taskId ?? '')).toEqual(events);
  });
});

describe('the end', () => {
  test('is failed where the commit fails, and says why', async () => {
    const conflict = new TaskRefusal({ code: 'design-conflict', message: 'the design has changed' });
    const engine = createEngine({ store: storeWith(() => Promise.reject(conflict)) });
    const events = await all(engine, await start(engine, 'write', { end: 'return' }));
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'design-conflict' } });
  });

  test('is failed where the result is not JSON, and nothing is stored', async () => {
    const before = await poleCount(store);
    const events = await outcome(async (context) => {
      await write.execute({ end: 'return' }, context);
      return { big: 1n };
    });
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'exception' } });
    expect(await poleCount(store)).toBe(before);
  });

  test('without a result is null; what is thrown may be anything', async () => {
    expect((await outcome(async () => undefined)).at(-1)).toMatchObject({ type: 'succeeded', result: null });
    const thrown = await outcome(() => Promise.reject({ odd: 1 }));
    expect(thrown.at(-1)).toMatchObject({
      error: { code: 'exception', message: 'The task threw {"odd":1}' },
    });
    const sync = await outcome(() => {
      throw new TypeError('at once');
    });
    expect(sync.at(-1)).toMatchObject({ error: { message: 'TypeError: at once' } });
  });

  test('by timeout comes although the task hears no signal', async () => {
    vi.useFakeTimers();
    const engine = createEngine({ hooks: { timeoutSeconds: () => 5 } });
    const events = all(engine, await start(engine, 'deaf'));
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await events).at(-1)).toMatchObject({
      error: { code: 'timeout', details: { timeoutSeconds: 5 } },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is told only once: cancel while it commits loses', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
    const engine = createEngine({
      store: storeWith(async (real) => {
        begin();
        await allowed;
        await real();
      }),
    });
    const id = await start(engine, 'write', { end: 'return' });
    await begun;
    const cancelled = engine.cancel(id, ann).catch((error: TaskRefusal) => error.error.code);
    allow();
    expect(await cancelled).toBe('already-finished');
    expect(await engine.get(id, ann)).toMatchObject({ status: 'succeeded' });
  });
});

describe('hooks', () => {
  test('may hold a task back and fail it', async () => {
    const engine = createEngine({
      hooks: {
        async onProgress({ name, taskId, progress, startedAt, signal }) {
          expect([name, Date.parse(startedAt) > 0, signal.aborted, taskId.length]).toEqual([
            'count',
            true,
            false,
            32,
          ]);
          if (progress.done === 5)
            throw new TaskRefusal({ code: 'worker-lost', message: 'the worker is gone' });
        },
      },
    });
    const events = await all(engine, await start(engine, 'count', { to: 10 }));
    expect(events.at(-2)).toMatchObject({ type: 'progress', progress: { done: 5 } });
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'worker-lost' } });
  });

  test('fail the task even where it catches what progress() throws', async () => {
    const hooks = { onProgress: () => Promise.reject(new Error('cut')) };
    const events = await outcome(({ progress }) => progress({ message: 'a' }).catch(() => 'never mind'), {
      hooks,
    });
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { message: 'cut' } });
  });
});

describe('retention', () => {
  test('forgets the oldest finished tasks and their keys, once nobody can still be asking with these', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const engine = createEngine({ retention: { finishedTasks: 2 } });
    const ids: string[] = [];
    const run = async (key: string) => {
      const { task, created } = await engine.enqueue(
        { name: 'count', params: { to: 1 }, idempotencyKey: key },
        ann,
      );
      if (created) ids.unshift(task.id);
      await all(engine, task.id);
      return created;
    };
    for (const key of ['a', 'b', 'c', 'd']) await run(key);
    // taskforcesh/bullmq#1318: the call for a task that ended at once is repeated.
    expect(await run('a')).toBe(false);
    vi.setSystemTime(Date.now() + 121_000);
    await run('e');
    expect((await engine.list({}, ann)).tasks.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(await run('a')).toBe(true);
  });

  test('keeps at most a thousand for that reason', async () => {
    const engine = createEngine({ retention: { finishedTasks: 2 }, tasksPerOwner: 2_000 });
    const requests = Array.from({ length: 1_010 }, () =>
      engine.enqueue({ name: 'count', params: { to: 1 } }, ann),
    );
    for (const { task } of await Promise.all(requests)) await all(engine, task.id);
    const listed = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await engine.list({ limit: 200, ...(cursor && { cursor }) }, ann);
      for (const { id } of page.tasks) listed.add(id);
      cursor = page.nextCursor;
    } while (cursor);
    expect(listed.size).toBe(1_000);
  });

  test('keeps a bounded number of events: an older cursor is given a snapshot, a newer one what it lacks', async () => {
    const engine = createEngine({ retention: { eventsPerTask: 20 }, progressIntervalMs: 0 });
    const id = await start(engine, 'count', { to: 500 });
    const [first, ...rest] = await all(engine, id, null);
    expect(first?.type).toBe('snapshot');
    const last = rest.at(-1)?.seq ?? 0;
    expect(last).toBeGreaterThan(500);
    expect((await all(engine, id, 5)).map((event) => event.type)).toEqual(['snapshot', 'succeeded']);
    expect((await all(engine, id, last - 10)).map((event) => event.seq)).toEqual(
      Array.from({ length: 10 }, (_, i) => last - 9 + i),
    );
  });

  test('gives a subscriber that fell far behind the state, with all features, instead of a queue', async () => {
    const engine = createEngine({
      definitions: [
        task(async ({ progress, signal }) => {
          for (let i = 1; i <= 2_000; i++) await progress({ message: `${i}`, features: [feature(i)] });
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        }),
      ],
      progressIntervalMs: 0,
    });
    const id = await start(engine);
    const { signal } = new AbortController();
    const events = engine.events({ cursors: { [id]: null } }, { caller: ann, signal });
    await events.next();
    await vi.waitFor(async () => expect((await engine.get(id, ann))?.progress.message).toBe('2000'));
    const { value } = await events.next();
    expect(value?.type).toBe('snapshot');
    expect(value?.type === 'snapshot' && value.features?.length).toBe(2_000);
    await events.return();
  });
});

describe('closing', () => {
  test('leaves no timer and no task running', async () => {
    vi.useFakeTimers();
    const engine = createEngine({ progressIntervalMs: 50 });
    const id = await start(engine, 'wait', { gate: 'never' });
    await vi.waitFor(async () => expect((await engine.get(id, ann))?.progress.percent).toBe(10));
    const { signal } = new AbortController();
    const events = engine.events({ cursors: { [id]: null } }, { caller: ann, signal });
    await events.next();
    const next = events.next();
    await engine.close();
    await engine.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(await next).toEqual({ done: true, value: undefined });
    await expect(engine.cancel(id, ann)).rejects.toMatchObject({ error: { code: 'unavailable' } });
  });

  test('lets go of its signals when a reader leaves in the middle of an event', async () => {
    const engine = createEngine();
    const id = await start(engine, 'wait', { gate: 'never' });
    const abort = new AbortController();
    const added = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    const events = engine.events({ cursors: { [id]: null } }, { caller: ann, signal: abort.signal });
    await events.next();
    expect(added).toHaveBeenCalledOnce();
    abort.abort();
    expect(removed).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });
});

describe('definitions', () => {
  test('of the same name are refused, as is a queue without room', () => {
    expect(() => createEngine({ definitions: [count, count] })).toThrow(
      'Two task definitions are named "count"',
    );
    expect(() => createEngine({ tasksPerOwner: 0 })).toThrow(/"tasksPerOwner".*at least 1/);
    expect(() => createEngine({ queues: { default: { concurrency: 0 } } })).toThrow(/"default".*at least 1/);
  });

  test('run side by side as their queue says', async () => {
    const engine = createEngine({ definitions: [wait], queues: { default: { concurrency: 1 } } });
    await start(engine, 'wait', { gate: 'never' });
    await start(engine, 'wait', { gate: 'never' });
    await vi.waitFor(async () => {
      const { tasks } = await engine.list({}, ann);
      expect(tasks.map(({ status }) => status)).toEqual(['queued', 'running']);
    });
  });
});

/** The store, with a commit that does as the test says. */
function storeWith(commit: (real: () => Promise<void>) => Promise<void>): NetworkStore {
  return {
    tables: store.tables,
    rehearse: () => store.rehearse(),
    edit: (work) => store.edit(work),
    designs: () => store.designs(),
    createDesign: (design) => store.createDesign(design),
    postDesign: (name, how) => store.postDesign(name, how),
    dropDesign: (name) => store.dropDesign(name),
    features: (query) => store.features(query),
    records: (query) => store.records(query),
    snapshot: (options) => store.snapshot(options),
    begin() {
      const transaction = store.begin();
      return {
        work: transaction.work,
        view: (design) => transaction.view(design),
        designs: () => transaction.designs(),
        undo: (taskId, options) => transaction.undo(taskId, options),
        commit: () => commit(() => transaction.commit()),
        rollback: () => transaction.rollback(),
        savepoint: () => transaction.savepoint(),
      };
    },
  };
}
