// Tests the list of tasks where the host's client can watch: it reads the list once, and then shows what changes.
import { act, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { ListQuery, SystemClient, WatchHandlers } from '../../../src/client/SystemClient.ts';
import type { TaskFilter, TaskPage, TaskSnapshot } from '../../../src/contract/index.ts';
import { useTaskList } from '../../../src/parts/index.ts';

/** A client whose list and watch do as the test says. */
function scripted(canWatch = true) {
  const lists: {
    query: ListQuery | undefined;
    resolve(page: TaskPage): void;
    reject(error: unknown): void;
  }[] = [];
  const watches: {
    filter: TaskFilter;
    after: string | undefined;
    handlers: WatchHandlers;
    isOpen: boolean;
  }[] = [];
  const client: SystemClient = {
    ...createFakeSystem({ minimal: true }).client,
    listTasks: (query) =>
      new Promise((resolve, reject) => {
        lists.push({ query, resolve, reject });
      }),
    ...(canWatch && {
      watchTasks(
        filter: TaskFilter,
        handlers: WatchHandlers,
        { after }: { after?: string | undefined } = {},
      ) {
        const one = { filter, after, handlers, isOpen: true };
        watches.push(one);
        return {
          close() {
            one.isOpen = false;
          },
        };
      },
    }),
  };
  return { client, lists, watches };
}

let made = 0;
const task = (id: string, change: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
  ...createFakeSystem().add({ id, status: 'running' }).snapshot,
  seq: 1,
  createdAt: new Date(Date.UTC(2026, 0, 1) + 1_000 * ++made).toISOString(),
  ...change,
});

let shownTasks: readonly TaskSnapshot[] = [];
let renders = 0;
function List({ system, query }: { system: SystemClient; query: ListQuery }) {
  const { tasks, status, error } = useTaskList(system, query);
  shownTasks = tasks;
  renders += 1;
  return <p role="status">{[status, error?.code, ...tasks.map(({ id }) => id)].filter(Boolean).join(' ')}</p>;
}
const shown = () => screen.getByRole('status').textContent;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame', 'Date'],
  });
  renders = 0;
  return () => vi.useRealTimers();
});

const frame = () => act(() => vi.advanceTimersByTimeAsync(100));

async function opened(query: ListQuery, page: TaskPage) {
  const system = scripted();
  const { unmount } = render(<List system={system.client} query={query} />);
  system.lists[0]?.resolve(page);
  await frame();
  const watch = system.watches[0];
  if (!watch) throw new Error('The list is not watched');
  return { ...system, watch, unmount };
}

test('it goes on from the list, with the filter of the query, and ends with the component', async () => {
  const old = task('old');
  const { lists, watch, unmount } = await opened(
    { status: 'active', name: 'dig', limit: 5 },
    { tasks: [old], watchCursor: 'e.7' },
  );
  expect(watch).toMatchObject({ filter: { status: 'active', name: 'dig' }, after: 'e.7', isOpen: true });
  expect(watch.filter).not.toHaveProperty('limit');
  watch.handlers.onTask(task('new'));
  await frame();
  expect(shown()).toBe('ready new old');
  await act(() => vi.advanceTimersByTimeAsync(600_000));
  expect(lists).toHaveLength(1);
  unmount();
  expect(watch.isOpen).toBe(false);
});

test('a task that did not change stays the same object, and many changes are one update', async () => {
  const [a, b] = [task('a'), task('b')];
  const { watch } = await opened({}, { tasks: [b, a], watchCursor: 'e.7' });
  const before = renders;
  for (let seq = 2; seq < 50; seq++) watch.handlers.onTask({ ...a, seq });
  watch.handlers.onTask({ ...b });
  await frame();
  expect(renders - before).toBe(1);
  expect(shownTasks.map(({ seq }) => seq)).toEqual([1, 49]);
  expect(shownTasks[0]).toBe(b);
  watch.handlers.onTask({ ...a, seq: 3 });
  watch.handlers.onTask({ ...b });
  await frame();
  expect(renders - before).toBe(1);
});

test('it holds no more tasks than the query allows, and older ones move up when one leaves', async () => {
  const [a, b, c] = [task('a'), task('b'), task('c')];
  const { lists, watch } = await opened({ limit: 2 }, { tasks: [b, a], watchCursor: 'e.7' });
  watch.handlers.onTask(c);
  await frame();
  expect(shown()).toBe('ready c b');
  watch.handlers.onTask({ ...a, seq: 2 });
  await frame();
  expect(shown()).toBe('ready c b');
  watch.handlers.onGone('c', { ...c, status: 'succeeded' });
  await frame();
  expect(shown()).toBe('ready b');
  await act(() => vi.advanceTimersByTimeAsync(1_500));
  expect(lists).toHaveLength(2);
  lists[1]?.resolve({ tasks: [b, a], watchCursor: 'e.9' });
  await frame();
  expect(shown()).toBe('ready b a');
  expect(shownTasks[0]).toBe(b);
});

test('after a reset the list is read again, and what comes meanwhile counts', async () => {
  const [a, b] = [task('a'), task('b')];
  const { lists, watches, watch } = await opened({}, { tasks: [b, a], watchCursor: 'e.7' });
  watch.handlers.onReset?.();
  watch.handlers.onGone('b');
  watch.handlers.onTask({ ...a, seq: 9 });
  const c = task('c');
  watch.handlers.onTask(c);
  lists[1]?.resolve({ tasks: [b, { ...a, seq: 5 }], watchCursor: 'f.1' });
  await frame();
  expect(shown()).toBe('ready c a');
  expect(shownTasks[1]?.seq).toBe(9);
  expect(watches).toHaveLength(1);
});

test('while the connection is lost the list says so and keeps what it knows', async () => {
  const { watch } = await opened({}, { tasks: [task('a')], watchCursor: 'e.7' });
  const lost = (attempt: number) =>
    act(async () =>
      watch.handlers.onConnection?.({ state: 'reconnecting', attempt, retryAt: 0, reason: 'gone' }),
    );
  await lost(1);
  expect(shown()).toBe('ready a');
  await lost(2);
  expect(shown()).toBe('failed network a');
  await act(async () => watch.handlers.onConnection?.({ state: 'live' }));
  await frame();
  expect(shown()).toBe('ready a');
});

test.each(['no cursor', 'no watch', 'a watch that is refused'])('%s: the list is polled', async (lack) => {
  const { client, lists, watches } = scripted(lack !== 'no watch');
  const { unmount } = render(<List system={client} query={{}} />);
  const page = { tasks: [task('a')], ...(lack !== 'no cursor' && { watchCursor: 'e.7' }) };
  lists[0]?.resolve(page);
  await frame();
  await act(async () => watches[0]?.handlers.onError?.({ code: 'invalid-request', message: 'no filters' }));
  await frame();
  if (lack !== 'no watch') lists[1]?.resolve(page);
  await frame();
  expect(shown()).toBe('ready a');
  const before = lists.length;
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  expect(lists).toHaveLength(before + 1);
  unmount();
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(lists).toHaveLength(before + 1);
});

test('a list that fails is read again, and watched once it came', async () => {
  const { client, lists, watches } = scripted();
  render(<List system={client} query={{}} />);
  lists[0]?.reject(Object.assign(new Error('down'), { code: 'network' }));
  await frame();
  expect(shown()).toBe('failed network');
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  lists[1]?.resolve({ tasks: [task('a')], watchCursor: 'e.7' });
  await frame();
  expect(shown()).toBe('ready a');
  expect(watches).toHaveLength(1);
});

test('the places of queued tasks stay fresh: one call for all, at most every 5 s, while something waits and the page is seen', async () => {
  const calls: (readonly string[])[] = [];
  let place = 3;
  const system = scripted();
  const client: SystemClient = {
    ...system.client,
    waitingTasks: async (ids) => {
      calls.push(ids);
      return Object.fromEntries(ids.map((id) => [id, { reason: 'worker', queue: 'default', place }]));
    },
  };
  const waiting = { reason: 'worker', queue: 'default', place: 3 } as const;
  const a = task('a', { status: 'queued', waiting });
  const { unmount } = render(<List system={client} query={{}} />);
  system.lists[0]?.resolve({ tasks: [task('b'), a], watchCursor: 'x' });
  await frame();
  await act(() => vi.advanceTimersByTimeAsync(400));
  expect(calls).toEqual([['a']]);
  // A place that did not change renders nothing.
  expect(shownTasks.find(({ id }) => id === 'a')).toBe(a);
  place = 2;
  // An event brings no place, and takes none away.
  await act(async () => system.watches[0]?.handlers.onTask({ ...task('a', { status: 'queued' }), seq: 2 }));
  await frame();
  expect(shownTasks.find(({ id }) => id === 'a')?.waiting?.place).toBe(3);
  expect(calls).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(5_100));
  expect(calls).toHaveLength(2);
  await frame();
  expect(shownTasks.find(({ id }) => id === 'a')?.waiting?.place).toBe(2);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(calls).toHaveLength(2);
  hidden.mockReturnValue(false);
  await act(async () => void document.dispatchEvent(new Event('visibilitychange')));
  await act(() => vi.advanceTimersByTimeAsync(400));
  expect(calls).toHaveLength(3);
  // It runs: nothing waits any more.
  await act(async () => system.watches[0]?.handlers.onTask({ ...task('a', { status: 'running' }), seq: 3 }));
  await frame();
  expect(shownTasks.find(({ id }) => id === 'a')).not.toHaveProperty('waiting');
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(calls).toHaveLength(3);
  hidden.mockRestore();
  unmount();
});
