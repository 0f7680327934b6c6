import { describe, expect, it, vi } from 'vitest';
import type { TaskEvent, TaskHandlers, TaskSnapshot } from '../../../../../src/client/index.ts';
import { answer, answerJson, type Script } from '../../../../support/client/scriptedEventServer.ts';
import {
  cleanUp,
  cleanUpAfterEach,
  problem,
  snapshot,
  startClient,
} from '../../../../support/client/startClient.ts';

cleanUpAfterEach();

type EventOf<Type> = Omit<Extract<TaskEvent, { type: Type }>, 'taskId' | 'at' | 'attempt' | 'seq'>;

/** A task event as it goes over the wire. */
function wire<Type extends TaskEvent['type']>(seq: number, event: EventOf<Type>, rest: object = {}): string {
  const data = { taskId: 't1', seq, at: '2026-01-01T00:00:05.000Z', attempt: 1, ...event, ...rest };
  return `event: ${event.type}\nid: ${seq}\ndata: ${JSON.stringify(data)}\n\n`;
}

const progress = (seq: number, rest: object = {}) =>
  wire<'progress'>(seq, { type: 'progress', progress: { percent: seq, step: 1, message: `${seq}` } }, rest);
const state = (seq: number, change: Partial<TaskSnapshot> = {}, rest: object = {}) =>
  wire<'snapshot'>(seq, { type: 'snapshot', task: snapshot({ seq, ...change }) }, rest);
const succeeded = (seq: number) => wire<'succeeded'>(seq, { type: 'succeeded', result: { holes: 3 } });
const feature = (id: string) => ({
  type: 'Feature' as const,
  id,
  geometry: { type: 'Point' as const, coordinates: [0, 0] as [number, number] },
  properties: { table: 'pole' },
});

/** Everything that is called, in order: [name, first argument]. */
function recorder(leaveOut: (keyof TaskHandlers)[] = []) {
  const calls: [name: string, argument?: unknown, info?: unknown][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args] as [string]);
  const handlers: TaskHandlers = {
    onProgress: record('progress'),
    onSuccess: record('success'),
    onFailure: record('failure'),
    onCancelled: record('cancelled'),
    onEnd: record('end'),
    onSnapshot: record('snapshot'),
    onFeatures: record('features'),
    onItems: record('items'),
    onLog: record('log'),
    onConnection: record('connection'),
  };
  for (const name of leaveOut) delete handlers[name];
  const names = () => calls.map(([name]) => name).filter((name) => name !== 'connection');
  return { calls, handlers, names };
}

async function follow(scripts: Script[], leaveOut: (keyof TaskHandlers)[] = []) {
  const { server, client } = await startClient(scripts);
  const seen = recorder(leaveOut);
  const stream = client.streamTaskProgress('t1', seen.handlers);
  cleanUp(() => stream.close());
  return { server, stream, ...seen };
}

const send =
  (...texts: string[]): Script =>
  (connection) =>
    connection.send(texts.join(''));

describe('following a task', () => {
  it('tells the state, the progress and one success, then the end', async () => {
    const { calls, names, server } = await follow([
      send(state(1, { status: 'queued' }), progress(2), progress(3), succeeded(4)),
    ]);
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    expect(names()).toEqual(['snapshot', 'progress', 'progress', 'progress', 'success', 'end']);
    const statuses = calls.flatMap(([name, given]) => (name === 'progress' ? [given] : []));
    expect(statuses).toMatchObject([{ status: 'queued' }, { status: 'running', percent: 2 }, { percent: 3 }]);
    expect(calls).toContainEqual(['success', { holes: 3 }]);
    expect(calls.at(-1)).toEqual(['end']);
    expect(calls.at(-2)).toEqual(['connection', { state: 'closed' }]);
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: '/api/tasks/t1/events' });
    await vi.waitFor(() => expect(server.requests[0]?.closed).toBe(true));
  });

  it('tells a failure with what the server says of it', async () => {
    const error = { code: 'not-enough-addresses', message: 'Only 3', details: { available: 3 } };
    const { calls, names } = await follow([send(wire<'failed'>(1, { type: 'failed', error }))]);
    await vi.waitFor(() => expect(names()).toEqual(['failure', 'end']));
    expect(calls).toContainEqual(['failure', error]);
  });

  it('tells a cancellation, as a failure where nobody asked for it', async () => {
    const cancelled = send(wire<'cancelled'>(1, { type: 'cancelled' }));
    const asked = await follow([cancelled]);
    await vi.waitFor(() => expect(asked.names()).toEqual(['cancelled', 'end']));
    const unasked = await follow([cancelled], ['onCancelled']);
    await vi.waitFor(() => expect(unasked.names()).toEqual(['failure', 'end']));
    expect(unasked.calls).toContainEqual(['failure', expect.objectContaining({ code: 'cancelled' })]);
  });

  it.each<[Partial<TaskSnapshot>, string]>([
    [{ status: 'succeeded', result: 5 }, 'success'],
    [{ status: 'failed', error: { code: 'timeout', message: 'late' } }, 'failure'],
    [{ status: 'failed' }, 'failure'],
    [{ status: 'cancelled' }, 'cancelled'],
  ])('takes a snapshot of an ended task for its end: %j', async (change, outcome) => {
    const { names } = await follow([send(state(9, change), succeeded(10))]);
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    expect(names()).toEqual(['snapshot', 'progress', outcome, 'end']);
  });

  it('hands on logs and features', async () => {
    const { calls, names } = await follow([
      send(
        state(1, {}, { features: [feature('pole/1')] }),
        wire<'features'>(2, { type: 'features', features: [feature('pole/2')] }),
        wire<'log'>(3, { type: 'log', level: 'warning', message: 'wet' }),
      ),
    ]);
    await vi.waitFor(() => expect(names()).toContain('log'));
    expect(calls).toContainEqual(['features', [feature('pole/1')], { replace: true }]);
    expect(calls).toContainEqual(['features', [feature('pole/2')], { replace: false }]);
    expect(calls).toContainEqual([
      'log',
      expect.objectContaining({ level: 'warning', message: 'wet', at: '2026-01-01T00:00:05.000Z' }),
    ]);
  });

  it('hands on how parts of the work ended', async () => {
    const items = [
      { id: 'a/1', ok: true as const },
      { id: 'a/2', code: 'too-far', message: '90 m' },
    ];
    const { calls, names } = await follow([
      send(
        state(1, { items: { ok: 0, failed: 0, failures: [] } }),
        wire<'items'>(2, { type: 'items', items }),
        succeeded(3),
      ),
    ]);
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    expect(calls).toContainEqual([
      'items',
      items,
      expect.objectContaining({ at: '2026-01-01T00:00:05.000Z' }),
    ]);
  });

  it('forgets what an earlier attempt drew', async () => {
    const { calls, names } = await follow([
      send(
        wire<'features'>(1, { type: 'features', features: [feature('pole/1')] }),
        state(2, { attempt: 2 }, { features: [] }),
        wire<'features'>(3, { type: 'features', features: [feature('pole/2')] }, { attempt: 2 }),
        succeeded(4),
      ),
    ]);
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    expect(calls.filter(([name]) => name === 'features')).toEqual([
      ['features', [feature('pole/1')], { replace: false }],
      ['features', [], { replace: true }],
      ['features', [feature('pole/2')], { replace: false }],
    ]);
  });

  it('drops what it has seen: duplicates, replays, events out of order', async () => {
    const { calls, names } = await follow([
      (connection) => {
        connection.send(progress(1) + progress(2) + progress(2) + progress(4) + progress(3));
        connection.end();
      },
      send(state(2), progress(1), progress(4), progress(5), succeeded(6), succeeded(6)),
    ]);
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    const percents = calls.flatMap(([name, given]) => (name === 'progress' ? [given] : []));
    expect(percents).toMatchObject([{ percent: 1 }, { percent: 2 }, { percent: 4 }, { percent: 5 }]);
    expect(names().slice(-2)).toEqual(['success', 'end']);
  });

  it('never misses the end, even where its number is an old one', async () => {
    const { names } = await follow([send(progress(50), succeeded(3))]);
    await vi.waitFor(() => expect(names()).toEqual(['progress', 'success', 'end']));
  });

  it.each(['end', 'reset'] as const)(
    'an answer that is over (%s) is not the end of the task',
    async (cut) => {
      const { names, server } = await follow([
        async (connection) => {
          connection.send(progress(1));
          await vi.waitFor(() => expect(names()).toEqual(['progress']));
          connection[cut]();
        },
        send(progress(2), succeeded(3)),
      ]);
      await vi.waitFor(() => expect(names()).toEqual(['progress', 'progress', 'success', 'end']));
      expect(server.requests[1]?.url).toBe('/api/tasks/t1/events?after=1');
      expect(server.requests[1]?.headers['last-event-id']).toBe('1');
    },
  );

  it.each<[string, Script, object]>([
    ['a 404 that is not the task server’s', answer(404), { code: 'invalid-response' }],
    [
      'no rights',
      answerJson(403, problem('forbidden', 403)),
      { code: 'forbidden', message: 'This is forbidden' },
    ],
    ['a sign-in page', answer(200, { 'content-type': 'text/html' }, '<p>'), { code: 'invalid-response' }],
    ['204', answer(204), { code: 'invalid-response' }],
  ])('%s: one failure, then the end', async (_name, script, error) => {
    const { calls, names } = await follow([script]);
    await vi.waitFor(() => expect(names()).toEqual(['failure', 'end']));
    expect(calls).toContainEqual(['failure', expect.objectContaining(error)]);
  });

  it.each([
    ['no JSON', 'event: progress\nid: 1\ndata: {"a\n\n'],
    ['another shape', 'event: progress\nid: 1\ndata: {"taskId":"t1","seq":"1"}\n\n'],
  ])('an event that is %s is skipped with a warning; it is no failure', async (_name, text) => {
    const { calls, names } = await follow([send(text, text, succeeded(2))]);
    await vi.waitFor(() => expect(names()).toEqual(['log', 'success', 'end']));
    expect(calls).toContainEqual(['log', expect.objectContaining({ level: 'warning' })]);
  });

  it('a failure whose reason is broken is still the failure of this task', async () => {
    const { calls, names } = await follow([
      send(wire(1, { type: 'failed', error: null } as never), succeeded(2)),
    ]);
    await vi.waitFor(() => expect(names()).toEqual(['log', 'failure', 'end']));
    expect(calls).toContainEqual(['failure', { code: 'failed', message: 'failed' }]);
  });

  it('an end that is not provably of this task makes the client ask for the state', async () => {
    const { names, server } = await follow([
      send(progress(1), 'event: failed\nid: 2\ndata: {"taskId":"t2","type":"failed"\n\n'),
      send(state(2, { status: 'succeeded' }), succeeded(3)),
    ]);
    await vi.waitFor(() =>
      expect(names()).toEqual(['progress', 'log', 'snapshot', 'progress', 'success', 'end']),
    );
    expect(server.requests[1]?.url).toBe('/api/tasks/t1/events');
    expect(server.requests[1]?.headers['last-event-id']).toBeUndefined();
  });

  it('leaves out events it does not know, and fields that are none of an event', async () => {
    const { names } = await follow([
      send(
        'event: constructor\ndata: {}\n\nevent: ping\ndata: -\n\ndata: {}\n\n',
        progress(1, { status: 'succeeded', task: 'x', features: 'y' }),
        succeeded(2),
      ),
    ]);
    await vi.waitFor(() => expect(names()).toEqual(['progress', 'success', 'end']));
  });

  it('close() within a handler: nothing afterwards', async () => {
    const { client } = await startClient([send(state(1), progress(2), succeeded(3))]);
    const seen = recorder();
    const stream = client.streamTaskProgress('t1', {
      ...seen.handlers,
      onSnapshot() {
        stream.close();
        stream.close();
      },
    });
    const after = recorder();
    const other = client.streamTaskProgress('t1', after.handlers);
    cleanUp(() => other.close());
    await vi.waitFor(() => expect(after.names().at(-1)).toBe('end'));
    expect(seen.calls).toEqual([
      ['connection', { state: 'connecting' }],
      ['connection', { state: 'live' }],
    ]);
  });

  it('a handler that throws keeps no other from being called', async () => {
    const uncaught: unknown[] = [];
    const onError = (error: unknown) => void uncaught.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', onError);
    cleanUp(() => {
      process.off('uncaughtException', onError);
      for (const listener of others) process.on('uncaughtException', listener);
    });
    const { client } = await startClient([send(progress(1), succeeded(2))]);
    const seen = recorder();
    client.streamTaskProgress('t1', {
      ...seen.handlers,
      onProgress() {
        throw new Error('progress');
      },
      onSuccess() {
        throw new Error('success');
      },
    });
    await vi.waitFor(() => expect(seen.names()).toEqual(['end']));
    await vi.waitFor(() => expect(uncaught.map(String)).toEqual(['Error: progress', 'Error: success']));
  });
});
