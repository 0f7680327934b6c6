import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SystemClient, TaskFilter, WatchOptions } from '../../../../../src/client/index.ts';
import { watchTaskList } from '../../../../../src/parts/watchTaskList.ts';
import { fakeReflexServer } from '../../../../support/client/fakeReflexServer.ts';
import { reflexClientOf } from '../../../../support/client/followReflex.ts';

/** List and watch over the Reflex protocol, whose server sends the whole state after each change. */

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Watches, and keeps in words what was reported. */
function watch(client: SystemClient, filter: TaskFilter = {}, options: WatchOptions = {}) {
  const seen: string[] = [];
  const cursors: string[] = [];
  const stream = client.watchTasks?.(
    filter,
    {
      onTask: ({ id, progress }) => void seen.push(`${id} ${progress.percent}`),
      onGone: (id) => void seen.push(`${id} gone`),
      onReset: () => void seen.push('reset'),
      onCursor: (cursor) => void cursors.push(cursor),
      onError: ({ code }) => void seen.push(code),
    },
    options,
  );
  return { seen, cursors, close: () => stream?.close() };
}

test('a watch begins now, and brings what is new, changed and gone', async () => {
  const server = fakeReflexServer();
  server.set('old', { status: 'Processing', progress: 5 });
  const { seen, close } = watch(reflexClientOf(server));
  await settle();
  expect(seen).toEqual([]);
  server.set('new', { status: 'NOT_STARTED', progress: 0 });
  server.set('old', { progress: 6 });
  delete server.tasks.new;
  server.set('old', { progress: 7 });
  expect(seen).toEqual(['new 0', 'old 6', 'old 7', 'new gone']);
  close();
  server.set('old', { progress: 8 });
  expect(seen).toHaveLength(4);
  expect(server.open).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('from the cursor of a list nothing is missed, however long that was ago', async () => {
  const server = fakeReflexServer();
  server.set('a', { status: 'Processing', progress: 1 });
  server.set('b', { status: 'Processing', progress: 1 });
  const client = reflexClientOf(server);
  const { watchCursor } = await client.listTasks();
  server.set('a', { progress: 2 });
  delete server.tasks.b;
  server.set('c', { status: 'NOT_STARTED', progress: 0 });
  const { seen, cursors, close } = watch(client, {}, { after: watchCursor });
  await settle();
  expect(seen.sort()).toEqual(['a 2', 'b gone', 'c 0']);
  close();
  // Another watch goes on from the cursor of this one.
  server.set('a', { progress: 3 });
  const second = watch(client, {}, { after: cursors.at(-1) });
  await settle();
  expect(second.seen).toEqual(['a 3']);
  second.close();
});

test.each(['another.7', '', 'x'])('a cursor that the client does not know (%j) resets', async (after) => {
  const server = fakeReflexServer();
  const { seen, close } = watch(reflexClientOf(server), {}, { after });
  await settle();
  expect(seen).toEqual(['reset']);
  close();
});

test('what changed while the connection was lost is brought, and what went too', async () => {
  const server = fakeReflexServer();
  server.set('a', { status: 'Processing', progress: 1 });
  server.set('b', { status: 'Processing', progress: 1 });
  const { seen, close } = watch(reflexClientOf(server));
  await settle();
  server.tasks.a = { status: 'Finished', progress: 100 };
  delete server.tasks.b;
  server.latest.closes();
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual(['a 100', 'b gone']);
  close();
});

test('filters: a task leaves those that run as it ends', async () => {
  const server = fakeReflexServer();
  server.set('a', { status: 'Processing', progress: 1 });
  const client = reflexClientOf(server);
  const active = watch(client, { status: 'active' });
  const finished = watch(client, { status: 'finished' });
  const named = watch(client, { name: 'other' });
  const placed = watch(client, { bbox: [0, 0, 1, 1] });
  await settle();
  expect(server.open).toHaveLength(1);
  server.set('a', { status: 'Finished', progress: 100 });
  expect([active, finished, named, placed].map(({ seen }) => seen)).toEqual([['a gone'], ['a 100'], [], []]);
  for (const { close } of [active, finished, named, placed]) close();
  expect(server.open).toEqual([]);
});

test('a server that refuses ends the watch with the reason', async () => {
  const server = fakeReflexServer();
  server.onSocket = (socket) => socket.closes();
  server.answer = () => new Response('', { status: 401 });
  const { seen } = watch(reflexClientOf(server));
  await vi.advanceTimersByTimeAsync(200);
  expect(seen).toEqual(['unauthorized']);
  expect(vi.getTimerCount()).toBe(0);
});

test('the list of the parts stands on it: 5,000 tasks at once, then one of them ends', async () => {
  const server = fakeReflexServer();
  const lists: string[][] = [];
  const stop = watchTaskList(reflexClientOf(server), { status: 'active', limit: 200 }, (result) => {
    if ('tasks' in result) lists.push(result.tasks.map(({ id }) => id));
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(lists.at(-1)).toEqual([]);
  for (let index = 0; index < 5_000; index++) {
    server.tasks[`t${index}`] = { status: 'Processing', progress: 1, created_at: 1_790_000_000 + index };
  }
  server.set('t4999', { progress: 2 });
  await vi.advanceTimersByTimeAsync(100);
  expect(lists.at(-1)?.slice(0, 2)).toEqual(['t4999', 't4998']);
  expect(lists.at(-1)).toHaveLength(200);
  expect(lists.length).toBeLessThan(10);
  server.set('t4999', { status: 'Finished' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(lists.at(-1)?.slice(0, 2)).toEqual(['t4998', 't4997']);
  expect(lists.at(-1)).toHaveLength(200);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('pages: newest first, also where many were created at the same time', async () => {
  const server = fakeReflexServer();
  for (let index = 0; index < 7; index++) {
    server.tasks[`t${index}`] = { status: 'Processing', created_at: 1_790_000_000 + Math.floor(index / 3) };
  }
  const client = reflexClientOf(server);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTasks({ limit: 2, ...(cursor !== undefined && { cursor }) });
    ids.push(...page.tasks.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(ids).toEqual(['t6', 't5', 't4', 't3', 't2', 't1', 't0']);
  await expect(client.listTasks({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-request' });
});
