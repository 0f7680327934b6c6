import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SystemClient, TaskHandlers } from '../../../src/client/SystemClient.ts';
import { TaskClientError } from '../../../src/client/TaskClientError.ts';
import { runningMs } from '../../../src/client/taskReducer.ts';
import { createTaskStore } from '../../../src/client/taskStore.ts';
import type { GeoFeature, TaskSnapshot } from '../../../src/contract/index.ts';

/** A host's client that does nothing on its own: the test calls the handlers. */
function scripted(overrides: Partial<SystemClient> = {}) {
  const streams: { id: string | number; handlers: TaskHandlers; closed: number }[] = [];
  const system: SystemClient = {
    enqueueTask: async () => ({ id: 7 }),
    streamTaskProgress(id, handlers) {
      const stream = { id, handlers, closed: 0 };
      streams.push(stream);
      return {
        close() {
          stream.closed += 1;
        },
      };
    },
    ...overrides,
  };
  const store = createTaskStore(system);
  const handlers = () => streams.at(-1)?.handlers ?? {};
  return { store, streams, handlers };
}

const progress = (percent: number | null) =>
  ({ percent, step: null, message: `${percent} %`, status: 'running' }) as const;

const feature = (id: string): GeoFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [0, 0] },
  properties: { table: 'pole' },
});

function snapshot(change: Partial<TaskSnapshot>): TaskSnapshot {
  return {
    id: '7',
    name: 'dig',
    queue: 'default',
    status: 'running',
    progress: { percent: 10, step: 1, message: 'digging' },
    params: { depth: 1 },
    owner: 'local',
    tags: [],
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: '2026-01-01T00:00:10Z',
    attempt: 1,
    seq: 3,
    ...change,
  };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a task from its start', () => {
  it('is queued, runs and succeeds at 100 %', async () => {
    const { store, handlers } = scripted();
    const started = await store.start('dig', { depth: 1 });
    expect(started).toMatchObject({ id: '7', name: 'dig', params: { depth: 1 }, status: 'queued' });
    handlers().onProgress?.(progress(42.5));
    expect(store.get('7')).toMatchObject({ status: 'running', progress: { percent: 42.5 } });
    handlers().onSuccess?.({ holes: 1 });
    expect(store.get('7')).toMatchObject({
      status: 'succeeded',
      result: { holes: 1 },
      progress: { percent: 100 },
    });
    store.dispose();
  });

  it('that is refused is not followed', async () => {
    const refusal = new Error('no');
    const { store, streams } = scripted({ enqueueTask: () => Promise.reject(refusal) });
    await expect(store.start('dig', {})).rejects.toBe(refusal);
    expect(streams).toEqual([]);
    store.dispose();
  });

  it.each([undefined, {}, { id: null }, 'x'])(
    'that resolves with %j instead of an id says so',
    async (ref) => {
      const { store } = scripted({ enqueueTask: () => Promise.resolve(ref as never) });
      await expect(store.start('dig', {})).rejects.toThrow('enqueueTask("dig") resolved without the id');
      store.dispose();
    },
  );
});

describe('time', () => {
  it('is the server’s, whatever the local clock says, and goes on locally', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    handlers().onSnapshot?.(snapshot({}), { at: '2026-01-01T00:01:10Z' });
    const running = store.get('7');
    if (!running) throw new Error('not followed');
    expect(runningMs(running, Date.now())).toBe(60_000);
    expect(runningMs(running, Date.now() + 5_000)).toBe(65_000);
    vi.setSystemTime(Date.now() + 8_000);
    handlers().onSuccess?.(null);
    const ended = store.get('7');
    if (!ended) throw new Error('not followed');
    expect(runningMs(ended, Date.now() + 99_000)).toBe(68_000);
    store.dispose();
  });

  it('of a task found after its end is from its start to its end', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    const ended = snapshot({ status: 'succeeded', finishedAt: '2026-01-01T00:00:40Z', result: 1 });
    handlers().onSnapshot?.(ended, { at: '2026-01-02T00:00:00Z' });
    handlers().onSuccess?.(1);
    const state = store.get('7');
    if (!state) throw new Error('not followed');
    expect(runningMs(state, Date.now())).toBe(30_000);
    expect(state.status).toBe('succeeded');
    store.dispose();
  });
});

describe('listeners', () => {
  it('hear of any number of events once a frame, and of the end at once', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    vi.advanceTimersByTime(20);
    const listener = vi.fn();
    store.subscribe(listener);
    for (let percent = 0; percent < 100; percent += 1) handlers().onProgress?.(progress(percent));
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20);
    expect(listener).toHaveBeenCalledTimes(1);
    handlers().onProgress?.(progress(99));
    handlers().onSuccess?.(1);
    expect(listener).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(20);
    expect(listener).toHaveBeenCalledTimes(2);
    store.dispose();
  });

  it('none hears after its undo', () => {
    const { store, streams } = scripted();
    store.follow('1');
    const undone = vi.fn();
    store.subscribe(undone)();
    streams[0]?.handlers.onSuccess?.(1);
    vi.advanceTimersByTime(20);
    expect(undone).not.toHaveBeenCalled();
    store.dispose();
  });

  it('get every batch of features, in order and at once', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    const batches: unknown[] = [];
    store.onFeatures((id, features, { replace }) => batches.push([id, features.map((f) => f.id), replace]));
    handlers().onFeatures?.([feature('pole/1')], { replace: true });
    handlers().onFeatures?.([feature('pole/2'), feature('pole/3')], { replace: false });
    expect(batches).toEqual([
      ['7', ['pole/1'], true],
      ['7', ['pole/2', 'pole/3'], false],
    ]);
    store.dispose();
  });

  it('that throw keep nobody else from hearing', async () => {
    const uncaught = vi.fn();
    process.prependOnceListener('uncaughtException', uncaught);
    const others = process.listeners('uncaughtException').filter((listener) => listener !== uncaught);
    for (const listener of others) process.off('uncaughtException', listener);
    const { store, handlers } = scripted();
    store.follow('7');
    const second = vi.fn();
    store.subscribe(() => {
      throw new Error('mine');
    });
    store.subscribe(second);
    handlers().onSuccess?.(1);
    expect(second).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
    await expect.poll(() => uncaught.mock.calls.length).toBe(1);
    for (const listener of others) process.on('uncaughtException', listener);
    store.dispose();
    vi.useFakeTimers();
  });
});

describe('a host’s own client', () => {
  it.each([
    ['end, then success', ['onEnd', 'onSuccess']],
    ['success twice, then failure and end', ['onSuccess', 'onSuccess', 'onFailure', 'onEnd']],
  ] as const)('%s: succeeded, once', async (_, calls) => {
    const { store, handlers } = scripted();
    store.follow('7');
    for (const name of calls) {
      if (name === 'onFailure') handlers().onFailure?.({ code: 'x', message: 'late' });
      else if (name === 'onSuccess') handlers().onSuccess?.('first');
      else handlers().onEnd?.();
    }
    await Promise.resolve();
    expect(store.get('7')).toMatchObject({ status: 'succeeded', result: 'first', ended: true });
    store.dispose();
  });

  it('end without the others: over, and nobody knows how', async () => {
    const { store, handlers } = scripted();
    store.follow('7');
    handlers().onProgress?.(progress(50));
    handlers().onEnd?.();
    await Promise.resolve();
    expect(store.get('7')).toMatchObject({ status: 'running', ended: true, connection: { state: 'closed' } });
    store.dispose();
  });

  it('progress without percent, or nothing at all, is progress', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    handlers().onProgress?.({ message: 'working' } as never);
    handlers().onProgress?.(undefined as never);
    handlers().onProgress?.({ percent: 'half', message: 7 } as never);
    expect(store.get('7')).toMatchObject({
      status: 'running',
      progress: { percent: null, message: 'working' },
    });
    store.dispose();
  });

  it.each([
    ['a string', 'disk full', { code: 'exception', message: 'disk full' }],
    ['an Error', new Error('disk full'), { code: 'exception', message: 'disk full' }],
    ['nothing', undefined, { code: 'exception', message: 'The host gave no reason' }],
  ])('failure told as %s', (_, given, error) => {
    const { store, handlers } = scripted();
    store.follow('7');
    handlers().onFailure?.(given as never);
    expect(store.get('7')).toMatchObject({ status: 'failed', error });
    store.dispose();
  });

  it('that throws at once loses sight of the task, which is queued all the same', () => {
    const { store } = scripted({
      streamTaskProgress() {
        throw new Error('no stream here');
      },
    });
    expect(store.follow('7')).toMatchObject({
      status: 'queued',
      ended: true,
      error: { message: 'no stream here' },
    });
    store.dispose();
  });

  it('that returns nothing to close can be forgotten', () => {
    const { store } = scripted({ streamTaskProgress: () => undefined as never });
    store.follow('7');
    store.forget('7');
    expect(store.get('7')).toBeUndefined();
    store.dispose();
  });

  it('that calls on after close changes nothing', () => {
    const { store, streams } = scripted();
    store.follow('7');
    store.forget('7');
    expect(streams[0]?.closed).toBe(1);
    store.follow('7');
    streams[0]?.handlers.onSuccess?.('stale');
    expect(store.get('7')?.status).toBe('queued');
    store.dispose();
    expect(streams[1]?.closed).toBe(1);
  });

  it('without cancelTask cannot cancel', async () => {
    const { store } = scripted();
    await expect(store.cancel('7')).rejects.toThrow('cannot cancel');
    store.dispose();
  });
});

it('cancel: asked for, until the task says that it is', async () => {
  const cancelTask = vi.fn(async () => {});
  const { store, handlers } = scripted({ cancelTask });
  store.follow('7');
  await store.cancel('7');
  expect(cancelTask).toHaveBeenCalledWith('7');
  expect(store.get('7')).toMatchObject({ status: 'queued', cancelRequested: true });
  handlers().onCancelled?.();
  expect(store.get('7')).toMatchObject({ status: 'cancelled', cancelRequested: false });
  store.dispose();
});

it('a line that is refused for good: the task may run on, and can be followed again', () => {
  const { store, streams } = scripted();
  store.follow('7');
  streams[0]?.handlers.onProgress?.(progress(50));
  const refused = new TaskClientError({ code: 'unauthorized', message: 'sign in' });
  streams[0]?.handlers.onFailure?.(refused);
  expect(store.get('7')).toMatchObject({ status: 'running', ended: true, error: { code: 'unauthorized' } });
  expect(store.follow('7')).toMatchObject({ status: 'queued', ended: false });
  streams[1]?.handlers.onFailure?.(new TaskClientError({ code: 'task-not-found', message: 'gone' }));
  expect(store.get('7')).toMatchObject({ status: 'failed', error: { code: 'task-not-found' } });
  store.dispose();
});

describe('parts of the work, logs and ignored parameters', () => {
  it('adds up items, and begins anew with the snapshot of another attempt', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    const tooFar = { id: 'a/2', code: 'too-far', message: '90 m' };
    handlers().onItems?.([{ id: 'a/1', ok: true }, tooFar], { at: '' });
    handlers().onItems?.([{ id: 'a/3', ok: true }], { at: '' });
    expect(store.get('7')?.items).toEqual({ ok: 2, failed: 1, failures: [tooFar] });
    const items = { ok: 5, failed: 0, failures: [] };
    handlers().onSnapshot?.(snapshot({ items, ignoredParams: ['lng'] }), { at: '2026-01-01T00:00:20Z' });
    expect(store.get('7')).toMatchObject({ items, ignoredParams: ['lng'] });
    handlers().onSnapshot?.(snapshot({}), { at: '2026-01-01T00:00:20Z' });
    expect(store.get('7')?.items).toEqual(items);
    handlers().onSnapshot?.(snapshot({ attempt: 2 }), { at: '2026-01-01T00:00:20Z' });
    expect(store.get('7')?.items).toBeUndefined();
    expect(store.get('7')?.ignoredParams).toBeUndefined();
    store.dispose();
  });

  it('keeps what a task that has ended had', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    handlers().onItems?.([{ id: 'a/1', ok: true }], { at: '' });
    handlers().onSuccess?.({});
    handlers().onItems?.([{ id: 'a/2', ok: true }], { at: '' });
    expect(store.get('7')).toMatchObject({ status: 'succeeded', items: { ok: 1 } });
    store.dispose();
  });

  it('keeps the newest 200 log entries, each bounded', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    const at = '2026-01-01T00:00:20Z';
    for (let i = 0; i < 250; i++) handlers().onLog?.({ level: 'info', message: `${i}`, at });
    handlers().onLog?.({ level: 'error', message: 'x'.repeat(1_000_000), at });
    const logs = store.get('7')?.logs ?? [];
    expect(logs).toHaveLength(200);
    expect(logs[0]).toEqual({ level: 'info', message: '51', at });
    expect(logs.at(-1)?.message).toHaveLength(2_000);
    store.dispose();
  });

  it.each<[given: unknown, kept: object]>([
    ['lost', { level: 'info', message: 'lost' }],
    [
      { level: 'x', message: 7 },
      { level: 'info', message: '' },
    ],
    [null, { level: 'info', message: '' }],
  ])('takes whatever a host’s own client logs: %j', (given, kept) => {
    const { store, handlers } = scripted();
    store.follow('7');
    handlers().onLog?.(given as never);
    expect(store.get('7')?.logs).toEqual([{ ...kept, at: expect.any(String) }]);
    store.dispose();
  });

  it('takes the items that have an id, whatever a host’s own client gives', () => {
    const { store, handlers } = scripted();
    store.follow('7');
    const given = [null, 7, {}, { id: 5 }, { id: 'a' }, { id: 'b', ok: true, geometry: 5 }];
    handlers().onItems?.(given as never, { at: '' });
    handlers().onItems?.('all' as never, { at: '' });
    expect(store.get('7')?.items).toMatchObject({
      ok: 1,
      failed: 1,
      failures: [{ id: 'a', code: 'exception' }],
    });
    store.dispose();
  });
});

it('dispose: closes every stream, and tells nobody', () => {
  const { store, streams } = scripted();
  const listener = vi.fn();
  store.subscribe(listener);
  store.follow('1');
  store.follow('2');
  store.dispose();
  expect(streams.map(({ closed }) => closed)).toEqual([1, 1]);
  vi.advanceTimersByTime(200);
  expect(listener).not.toHaveBeenCalled();
});
