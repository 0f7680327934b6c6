import { describe, expect, test, vi } from 'vitest';
import { EmbeddedEngine } from '../../../../../backend/embedded/EmbeddedEngine.ts';
import { SocketStream } from '../../../../../backend/http/SocketStream.ts';
import { ReflexSocket } from '../../../../../backend/protocols/reflex/ReflexSocket.ts';
import { MAX_TASKS } from '../../../../../backend/protocols/reflex/ReflexState.ts';
import { scopeOf } from '../../../../../backend/protocols/reflex/scope.ts';
import type { TaskEngine } from '../../../../../backend/tasks/TaskEngine.ts';
import { isTerminal } from '../../../../../src/contract/index.ts';
import { definitions, smallStore } from '../../../../support/tasks/definitions.ts';

/** The machine may be busy with other tests. */
const SOON = { timeout: 15_000 };
const caller = { owner: 'ann' };

function newEngine(finishedTasks = 10_000) {
  return new EmbeddedEngine({ definitions, store: smallStore(), retention: { finishedTasks } });
}

/** A reader that takes a message only when the test says so. */
async function slowReader(engine: TaskEngine, token = 'ann', taskId?: string) {
  const stream = new SocketStream(await ReflexSocket.open(engine, scopeOf(token, caller), taskId));
  const sent: {
    active_tasks: object[];
    all_tasks: Record<string, { status: string; progress: number; created_at: number }>;
  }[] = [];
  const ends: number[] = [];
  stream.start({
    send: (text) => void sent.push(JSON.parse(text)),
    close: ({ code }) => void ends.push(code),
  });
  return { stream, sent, ends };
}

async function run(engine: TaskEngine, name: string, params: Record<string, unknown>) {
  const { task } = await engine.enqueue({ name, params }, caller);
  return task.id;
}

async function ended(engine: TaskEngine, id: string) {
  await vi.waitFor(
    async () => expect(isTerminal((await engine.get(id, caller))?.status ?? '')).toBe(true),
    SOON,
  );
}

describe('a slow reader', () => {
  test('gets the newest state, and no backlog', async () => {
    const engine = newEngine();
    const { stream, sent } = await slowReader(engine);
    expect(sent).toEqual([{ type: 'state_update', active_tasks: [], all_tasks: {} }]);
    const ids = [];
    for (let i = 0; i < 30; i++) ids.push(await run(engine, 'count', { to: 20 }));
    for (const id of ids) await ended(engine, id);
    expect(sent).toHaveLength(1);
    stream.resume();
    expect(sent).toHaveLength(2);
    expect(Object.keys(sent[1]?.all_tasks ?? {}).sort()).toEqual(ids.sort());
    const created = Object.values(sent[1]?.all_tasks ?? {}).map(({ created_at }) => created_at);
    expect(created).toEqual([...created].sort((a, b) => a - b));
    expect(Object.values(sent[1]?.all_tasks ?? {}).every(({ status }) => status === 'FINISHED')).toBe(true);
    stream.resume();
    expect(sent).toHaveLength(2);
    stream.leave();
    await engine.close();
  });

  test('that is further behind than the engine keeps reads the list again', async () => {
    const engine = newEngine();
    const id = await run(engine, 'count', { to: 1 });
    await ended(engine, id);
    const { list } = engine;
    vi.spyOn(engine, 'list').mockImplementationOnce(async (...args) => ({
      ...(await list.apply(engine, args)),
      watchCursor: 'of-another-server',
    }));
    const { stream, sent } = await slowReader(engine);
    stream.resume();
    await vi.waitFor(() => expect(Object.keys(sent.at(-1)?.all_tasks ?? {})).toEqual([id]), SOON);
    stream.leave();
    await engine.close();
  });
});

test('a state shows those that have not ended, and the newest of the others', async () => {
  const engine = newEngine(MAX_TASKS + 100);
  const waiting = await run(engine, 'wait', { gate: 'reflex bounded' });
  for (let i = 0; i < MAX_TASKS + 20; i++) await run(engine, 'open', { gate: `reflex ${i}` });
  const last = await run(engine, 'count', { to: 1 });
  await ended(engine, last);
  // Those before it run at the same time, and may end later.
  await vi.waitFor(
    async () => expect((await engine.list({ status: 'active' }, caller)).tasks).toHaveLength(1),
    SOON,
  );
  const { stream, sent } = await slowReader(engine);
  const shown = Object.keys(sent[0]?.all_tasks ?? {});
  expect(shown).toHaveLength(MAX_TASKS);
  expect(shown).toContain(waiting);
  expect(shown).toContain(last);
  expect(sent[0]?.active_tasks).toHaveLength(1);
  stream.leave();
  await run(engine, 'open', { gate: 'reflex bounded' });
  await engine.close();
});

test('a state of many tasks is sent a few times a second at most, and its last change is not lost', async () => {
  const engine = newEngine();
  for (let i = 0; i < 500; i++) await run(engine, 'open', { gate: `reflex paced ${i}` });
  await ended(engine, await run(engine, 'count', { to: 1 }));
  const socket = await ReflexSocket.open(engine, scopeOf('ann', caller));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const first = socket.take() ?? '';
  expect(first.length).toBeGreaterThan(20_000);
  const { task } = await engine.enqueue({ name: 'deaf', params: {} }, caller);
  const readable = vi.fn();
  socket.onReadable = readable;
  expect(socket.take()).toBeUndefined();
  expect(socket.end).toBeUndefined();
  vi.advanceTimersByTime((first.length / 262_144) * 1_000 + 1);
  expect(readable).toHaveBeenCalled();
  expect(socket.take()).toContain(task.id);
  socket.close();
  readable.mockClear();
  vi.advanceTimersByTime(60_000);
  expect(readable).not.toHaveBeenCalled();
  vi.useRealTimers();
  await engine.cancel(task.id, caller);
  await engine.close();
});

test('a task that is deleted leaves the state, and the socket of its own closes with 4404', async () => {
  const engine = newEngine(1);
  const gate = 'reflex deleted';
  const id = await run(engine, 'wait', { gate });
  const all = await slowReader(engine);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  await run(engine, 'open', { gate });
  await ended(engine, id);
  const one = await slowReader(engine, 'ann', id);
  vi.setSystemTime(Date.now() + 3_600_000);
  await ended(engine, await run(engine, 'count', { to: 1 }));
  await ended(engine, await run(engine, 'count', { to: 1 }));
  await vi.waitFor(() => {
    all.stream.resume();
    expect(Object.keys(all.sent.at(-1)?.all_tasks ?? {})).not.toContain(id);
    one.stream.resume();
    expect(one.ends).toHaveLength(1);
  }, SOON);
  vi.useRealTimers();
  all.stream.leave();
  await engine.close();
});

test('an engine that closes closes its sockets with 1001', async () => {
  const engine = newEngine();
  const { stream, sent, ends } = await slowReader(engine);
  stream.resume();
  await engine.close();
  expect(ends).toEqual([1001]);
  expect(sent).toHaveLength(1);
});

test('a socket that no host starts ends after a minute', async () => {
  const engine = newEngine();
  const socket = await ReflexSocket.open(engine, scopeOf('ann', caller));
  vi.useFakeTimers();
  const onClose = vi.fn();
  new SocketStream(socket, { onClose });
  vi.advanceTimersByTime(60_000);
  expect(onClose).toHaveBeenCalledOnce();
  vi.useRealTimers();
  await engine.close();
});
