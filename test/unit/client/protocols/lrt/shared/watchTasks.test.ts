// Tests the watches of a client, which go with the one stream of all tabs, on the backend's own engine.
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  createTaskClient,
  type SystemClient,
  type TaskClientOptions,
  type TaskFilter,
  type TaskSnapshot,
} from '../../../../../../src/client/index.ts';
import { openTabsInEachTest } from '../../../../../support/client/openTabs.ts';
import { problem } from '../../../../../support/client/startClient.ts';
import { createTestBackend } from '../../../../../support/http/startBackend.ts';

const closing: (() => void)[] = [];
/** Registered after the check that nothing is left, so it runs before that. */
const closeAfterEachTest = () =>
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

let gates = 0;
const nextGate = () => `watch gate ${++gates}`;

/** The backend, and what its clients ask for. */
function startBackend() {
  const { engine, fetch } = createTestBackend('/api');
  const bodies: Record<string, unknown>[] = [];
  const open = new Set<object>();
  let refuse: ((body: Record<string, unknown>) => Response | undefined) | undefined;
  let cut = new AbortController();
  const counted: typeof globalThis.fetch = async (input, init) => {
    const isStream = `${input}`.endsWith('/tasks/events');
    const body = isStream ? JSON.parse(`${init?.body}`) : {};
    if (isStream) bodies.push(body);
    const refused = isStream ? refuse?.(body) : undefined;
    if (refused) return refused;
    const signal = AbortSignal.any([cut.signal, ...(init?.signal ? [init.signal] : [])]);
    const response = await fetch(new Request(input, { ...init, signal }));
    if (isStream && response.ok) {
      open.add(body);
      signal.addEventListener('abort', () => open.delete(body));
    }
    return response;
  };
  onTestFinished(() => engine.close());
  return {
    engine,
    fetch: counted,
    bodies,
    open: () => [...open],
    refuseStreams: (by: typeof refuse) => {
      refuse = by;
    },
    cut: () => {
      cut.abort(new Error('cut'));
      cut = new AbortController();
    },
  };
}
type Backend = ReturnType<typeof startBackend>;

/** Watches, and notes what the watch says: the newest state of each task that the filter selects. */
function watch(client: SystemClient, filter: TaskFilter, after?: string) {
  const tasks = new Map<string, TaskSnapshot>();
  const gone: string[][] = [];
  const states: string[] = [];
  const errors: unknown[] = [];
  let resets = 0;
  let cursor = '';
  const stream = client.watchTasks?.(
    filter,
    {
      onTask: (task) => void tasks.set(task.id, task),
      onGone(id, task) {
        tasks.delete(id);
        gone.push([id, ...(task ? [task.status] : [])]);
      },
      onReset: () => {
        resets += 1;
      },
      onCursor: (given) => {
        cursor = given;
      },
      onConnection: ({ state }) => void states.push(state),
      onError: (error) => void errors.push(error),
    },
    { after },
  );
  const close = () => stream?.close();
  closing.push(close);
  return { tasks, gone, states, errors, resets: () => resets, cursor: () => cursor, close };
}
type Watch = ReturnType<typeof watch>;

const isLive = (one: Watch) => vi.waitFor(() => expect(one.states.at(-1)).toBe('live'));
const statusOf = (one: Watch, id: string) => one.tasks.get(id)?.status;

describe.each(['a page', 'Node'])('in %s', (where) => {
  const { openTab } = openTabsInEachTest();
  closeAfterEachTest();
  let backend: Backend;
  let client: SystemClient;
  beforeEach(async () => {
    backend = startBackend();
    vi.stubGlobal('fetch', backend.fetch);
    const options: TaskClientOptions = { baseUrl: 'http://app.test/api' };
    if (where === 'Node') vi.stubGlobal('document', undefined);
    client = where === 'Node' ? createTaskClient(options) : (await openTab()).client();
  });

  test('a watch brings tasks that did not exist when it began, and says when the filter leaves one out', async () => {
    const all = watch(client, {});
    const active = watch(client, { status: 'active' });
    const others = watch(client, { name: 'count' });
    await Promise.all([all, active, others].map(isLive));
    const gate = nextGate();
    const { id } = await client.enqueueTask('wait', { gate });
    const task = `${id}`;
    await vi.waitFor(() =>
      expect([statusOf(all, task), statusOf(active, task)]).toEqual(['running', 'running']),
    );
    await client.enqueueTask('open', { gate });
    await vi.waitFor(() => expect(statusOf(all, task)).toBe('succeeded'));
    await vi.waitFor(() => expect(active.gone).toContainEqual([task, 'succeeded']));
    expect(others.tasks.size).toBe(0);
    expect(all.tasks.get(task)).not.toHaveProperty('result');
    // Two watches that differ in status alone are one at the server.
    expect(backend.open()).toHaveLength(2);
  });

  test('a watch goes on from a list: what happened in between comes', async () => {
    const { watchCursor } = (await client.listTasks?.()) ?? {};
    const { id } = await client.enqueueTask('count', { to: 3 });
    const one = watch(client, {}, watchCursor);
    await vi.waitFor(() => expect(statusOf(one, `${id}`)).toBe('succeeded'));
    expect(one.resets()).toBe(0);
    one.close();
    const second = await client.enqueueTask('count', { to: 3 });
    const later = watch(client, {}, one.cursor());
    await vi.waitFor(() => expect(statusOf(later, `${second.id}`)).toBe('succeeded'));
    expect([...later.tasks.keys()]).not.toContain(`${id}`);
  });

  test('a watch that joins another one is told to read the list again, and misses nothing afterwards', async () => {
    const first = watch(client, {});
    await isLive(first);
    const { watchCursor } = (await client.listTasks?.()) ?? {};
    await client.enqueueTask('count', { to: 3 });
    await vi.waitFor(() => expect(first.tasks.size).toBe(1));
    const second = watch(client, {}, watchCursor);
    await vi.waitFor(() => expect(second.resets()).toBe(1));
    const { id } = await client.enqueueTask('count', { to: 3 });
    await vi.waitFor(() => expect(statusOf(second, `${id}`)).toBe('succeeded'));
    expect(backend.open()).toHaveLength(1);
    expect(first.resets()).toBe(0);
  });

  test('a connection that is lost goes on from the newest cursor', async () => {
    const one = watch(client, {});
    await isLive(one);
    const before = await client.enqueueTask('count', { to: 3 });
    await vi.waitFor(() => expect(statusOf(one, `${before.id}`)).toBe('succeeded'));
    backend.cut();
    const { id } = await client.enqueueTask('count', { to: 3 });
    await vi.waitFor(() => expect(statusOf(one, `${id}`)).toBe('succeeded'));
    expect(backend.bodies.at(-1)).toEqual({ filter: {}, after: expect.any(String) });
    expect(one.resets()).toBe(0);
    expect(one.states).toContain('reconnecting');
  });

  test('a cursor that the server does not know: the list has to be read again, and the watch goes on', async () => {
    const one = watch(client, {}, 'of-another-life.7');
    await vi.waitFor(() => expect(one.resets()).toBe(1));
    const { id } = await client.enqueueTask('count', { to: 3 });
    await vi.waitFor(() => expect(statusOf(one, `${id}`)).toBe('succeeded'));
  });

  test('a filter that the server refuses ends its own watch and no other', async () => {
    const good = watch(client, {});
    const bad = watch(client, { q: 'x'.repeat(300) });
    await vi.waitFor(() => expect(bad.errors).toHaveLength(1));
    expect(bad.errors[0]).toMatchObject({ name: 'TaskClientError', code: 'invalid-request' });
    await isLive(good);
    const { id } = await client.enqueueTask('count', { to: 3 });
    await vi.waitFor(() => expect(statusOf(good, `${id}`)).toBe('succeeded'));
    expect(bad.states.at(-1)).toBe('closed');
  });

  test('a server of before watches: the watch says so once', async () => {
    backend.refuseStreams(() => Response.json(problem('invalid-request', 400), { status: 400 }));
    const one = watch(client, {});
    await vi.waitFor(() => expect(one.errors).toHaveLength(1));
    expect(backend.open()).toEqual([]);
  });

  test('nothing is left at the server once the last watch is closed', async () => {
    const watches = [
      watch(client, {}),
      watch(client, { name: 'count' }),
      watch(client, { status: 'active' }),
    ];
    await Promise.all(watches.map(isLive));
    for (const one of watches) one.close();
    await vi.waitFor(() => expect(backend.open()).toEqual([]));
  });
});

describe('in several tabs', () => {
  const { openTab } = openTabsInEachTest();
  closeAfterEachTest();

  test('followed tasks and a watch have one stream, which passes on without a loss when the leader closes', async () => {
    const backend = startBackend();
    vi.stubGlobal('fetch', backend.fetch);
    const [first, second] = [await openTab(), await openTab()];
    const client = first.client();
    const gate = nextGate();
    const { id } = await client.enqueueTask('wait', { gate });
    const followed = first.follow(`${id}`, client);
    const ofFirst = watch(client, {});
    await isLive(ofFirst);
    const ofSecond = watch(second.client(), { status: 'active' });
    const also = second.follow(`${id}`);
    await isLive(ofSecond);
    await vi.waitFor(() => expect(also.seen).toContain('state'));
    await vi.waitFor(() => expect(backend.open()).toHaveLength(1));
    expect(backend.open()).toEqual([expect.objectContaining({ cursors: { [id]: null }, filter: {} })]);
    ofFirst.close();
    followed.close();
    const during = await second.client().enqueueTask('wait', { gate });
    await vi.waitFor(() => expect(statusOf(ofSecond, `${during.id}`)).toBe('running'));
    await second.client().enqueueTask('open', { gate });
    await vi.waitFor(() => expect(ofSecond.gone).toContainEqual([`${during.id}`, 'succeeded']));
    await vi.waitFor(() => expect(also.outcome).toEqual([{ opened: gate }]));
    expect(ofSecond.resets()).toBe(0);
    expect(backend.open()).toHaveLength(1);
  });

  test('an old server that knows no filters: the watch ends, and tasks are followed all the same', async () => {
    const backend = startBackend();
    vi.stubGlobal('fetch', backend.fetch);
    backend.refuseStreams((body) =>
      'filter' in body ? Response.json(problem('invalid-request', 400), { status: 400 }) : undefined,
    );
    const tab = await openTab();
    const client = tab.client();
    const gate = nextGate();
    const { id } = await client.enqueueTask('wait', { gate });
    const followed = tab.follow(`${id}`, client);
    const one = watch(client, {});
    await vi.waitFor(() => expect(one.errors).toHaveLength(1));
    await vi.waitFor(() => expect(followed.seen).toContain('state'));
    await client.enqueueTask('open', { gate });
    await vi.waitFor(() => expect(followed.outcome).toEqual([{ opened: gate }]));
  });
});
