// Tests how the client follows a task where events are strange or too large, and where a proxy holds the stream back.
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createMockBackend, defineTask } from '../../../../../mocks/index.ts';
import { createTaskClient, type TaskHandlers } from '../../../../../src/client/index.ts';
import { answer, answerJson, type Script } from '../../../../support/client/scriptedEventServer.ts';
import {
  cleanUp,
  cleanUpAfterEach,
  problem,
  snapshot,
  startClient,
} from '../../../../support/client/startClient.ts';

cleanUpAfterEach();
// Loaded beforehand, so that no test waits for the disk.
beforeAll(() => import('../../../../../src/client/protocols/lrt/followCarefully.ts'));

const head = { taskId: 't1', at: '2026-01-01T00:00:05.000Z', attempt: 1 };
type Wire = { type: string } & Record<string, unknown>;

const wire = (seq: number, event: Wire) =>
  `event: ${event.type}\nid: ${seq}\ndata: ${JSON.stringify({ ...head, seq, ...event })}\n\n`;
const succeeded = (seq: number) => wire(seq, { type: 'succeeded', result: { holes: 3 } });
const point = { type: 'Point', coordinates: [1, 2] };
const feature = (id: unknown, rest: object = {}) => ({
  type: 'Feature',
  id,
  geometry: point,
  properties: { table: 'pole' },
  ...rest,
});

function recorder() {
  const calls: [name: string, argument?: unknown][] = [];
  const record = (name: string) => (argument?: unknown) => void calls.push([name, argument]);
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
  const names = () => calls.map(([name]) => name).filter((name) => name !== 'connection');
  const of = (name: string) => calls.flatMap(([each, argument]) => (each === name ? [argument] : []));
  const states = () => of('connection').map((state) => (state as { state: string }).state);
  return { calls, handlers, names, of, states };
}

async function follow(...scripts: Script[]) {
  const { server, client } = await startClient(scripts);
  const seen = recorder();
  const stream = client.streamTaskProgress('t1', seen.handlers);
  cleanUp(() => stream.close());
  return { server, ...seen };
}

/** Sends the first texts once. The client comes back for what follows. */
const inTwo = (first: string, rest: string): Script[] => [
  (connection) => connection.send(first),
  (connection) => connection.send(rest),
];

describe('one strange field ends nothing', () => {
  it.each<[string, object[], string[], RegExp | undefined]>([
    [
      'geometry: null',
      [feature('pole/1', { geometry: null }), feature('pole/2')],
      ['pole/2'],
      /features\[0\]\.geometry/,
    ],
    [
      'a GeometryCollection',
      [
        feature('pole/1', { geometry: { type: 'GeometryCollection', geometries: [point] } }),
        feature('pole/2'),
      ],
      ['pole/2'],
      /features\[0\]\.geometry/,
    ],
    ['a numeric id', [feature(5), feature('pole/2')], ['5', 'pole/2'], undefined],
    ['no id', [feature(undefined), feature('pole/2')], ['pole/2'], /features\[0\]/],
    ['properties: null', [feature('pole/1', { properties: null })], ['pole/1'], undefined],
    ['a feature that is null', [null as never, feature('pole/2')], ['pole/2'], /features\[0\]/],
    [
      'a thousand without a geometry',
      [...Array.from({ length: 1000 }, (_, i) => feature(`pole/${i}`, { geometry: null })), feature('x/1')],
      ['x/1'],
      /features\[4\]\.geometry and 995 more$/,
    ],
  ])('features: %s', async (_, features, drawn, warning) => {
    const { names, of } = await follow(...inTwo(wire(1, { type: 'features', features }), succeeded(2)));
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    const ids = of('features').flatMap((batch) => (batch as { id: string }[]).map(({ id }) => id));
    expect(ids).toEqual(drawn);
    expect(of('success')).toEqual([{ holes: 3 }]);
    expect(of('log')).toEqual(
      warning ? [expect.objectContaining({ level: 'warning', message: expect.stringMatching(warning) })] : [],
    );
  });

  it.each<[string, Wire, string, object]>([
    [
      'an unknown log level',
      { type: 'log', level: 'fatal', message: 'wet' },
      'log',
      { level: 'info', message: 'wet' },
    ],
    [
      'progress without step',
      { type: 'progress', progress: { percent: 40, message: 'digging' } },
      'progress',
      { percent: 40, step: null, message: 'digging' },
    ],
    [
      'progress with text for a number',
      { type: 'progress', progress: { percent: '40', step: 1, message: 'digging', total: 'many' } },
      'progress',
      { percent: null, step: 1, message: 'digging' },
    ],
    [
      'a status that there is not',
      { type: 'snapshot', task: snapshot({ status: 'paused' as 'running' }) },
      'snapshot',
      { status: 'running', id: 't1' },
    ],
    [
      'a snapshot of a server that says little',
      { type: 'snapshot', task: { id: 't1', status: 'running', params: null } },
      'snapshot',
      { status: 'running', id: 't1', params: {}, tags: [], owner: '' },
    ],
    [
      'an item whose geometry is none',
      { type: 'items', items: [{ id: 7, code: 'too-far', message: '90 m', geometry: 'here' }, null] },
      'items',
      [{ id: '7', code: 'too-far', message: '90 m' }],
    ],
  ])('%s', async (_, event, handler, expected) => {
    const { names, of } = await follow(...inTwo(wire(1, event), succeeded(2)));
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    expect(of(handler)).toContainEqual(
      Array.isArray(expected)
        ? expected.map((one) => expect.objectContaining(one))
        : expect.objectContaining(expected),
    );
    expect(of('success')).toEqual([{ holes: 3 }]);
  });

  it('a server that counts its tasks with numbers', async () => {
    const { client } = await startClient([
      (connection) => connection.send(wire(1, { type: 'succeeded', taskId: 7, result: 1 })),
    ]);
    const seen = recorder();
    client.streamTaskProgress(7, seen.handlers);
    await vi.waitFor(() => expect(seen.names()).toEqual(['success', 'end']));
  });

  it('why a task failed, as far as it can be read', async () => {
    const error = { code: 7, message: '9 m', details: 'none' };
    const { names, of } = await follow((connection) => connection.send(wire(1, { type: 'failed', error })));
    await vi.waitFor(() => expect(names()).toEqual(['log', 'failure', 'end']));
    expect(of('failure')).toEqual([{ code: 'failed', message: '9 m' }]);
  });

  it('a field that may be absent is left out at once, without the code that reads strange events', async () => {
    const error = { code: 'too-deep', message: '9 m', details: 'none' };
    const { names, of } = await follow((connection) => connection.send(wire(1, { type: 'failed', error })));
    await vi.waitFor(() => expect(names()).toEqual(['failure', 'end']));
    expect(of('failure')).toEqual([{ code: 'too-deep', message: '9 m' }]);
  });

  it('no event is lost or doubled on the way to the code that reads strange ones', async () => {
    const progress = (seq: number) =>
      wire(seq, { type: 'progress', progress: { percent: seq, step: null, message: '' } });
    const strange = wire(3, { type: 'log', level: 'fatal', message: 'wet' });
    const all = [progress(1), progress(2), strange, progress(4), progress(5), succeeded(6)];
    const { names, of, server } = await follow((connection, { url }) =>
      connection.send(all.slice(Number(new URL(url, 'http://x').searchParams.get('after'))).join('')),
    );
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'));
    expect(of('progress').map((one) => (one as { percent: number }).percent)).toEqual([1, 2, 4, 5]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/tasks/t1/events',
      '/api/tasks/t1/events?after=3',
    ]);
  });
});

describe('an event that is larger than the client takes', () => {
  // 64 MiB of memory are 32 Mi characters.
  const big: Script = async (connection) => {
    connection.head();
    connection.send('event: features\nid: 5\ndata: ');
    for (let i = 0; i < 35; i += 1) connection.send('x'.repeat(2 ** 20));
    connection.send('\n\n');
  };

  it('is loaded no more than twice: the client asks for the state, and goes on from there', async () => {
    let loads = 0;
    const { names, of, server } = await follow(async (connection, request) => {
      const { pathname, searchParams } = new URL(request.url, 'http://x');
      if (pathname === '/api/tasks/t1') return answerJson(200, snapshot({ seq: 6 }))(connection, request);
      if (searchParams.get('after') === '6') return connection.send(succeeded(7));
      loads += 1;
      await big(connection, request);
    });
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'), { timeout: 15_000 });
    expect(loads).toBeLessThanOrEqual(3);
    expect(of('success')).toEqual([{ holes: 3 }]);
    expect(of('log')).toEqual([
      expect.objectContaining({
        level: 'warning',
        message: expect.stringContaining('up to number 6 is larger'),
      }),
    ]);
    expect(server.requests.at(-1)?.url).toBe('/api/tasks/t1/events?after=6');
  }, 30_000);

  it('is the end: the client learns it from the state', async () => {
    const { names, of } = await follow(async (connection, request) => {
      const end = snapshot({ seq: 5, status: 'succeeded', result: { holes: 3 } });
      if (request.url === '/api/tasks/t1') return answerJson(200, end)(connection, request);
      await big(connection, request);
    });
    await vi.waitFor(() => expect(names().at(-1)).toBe('end'), { timeout: 15_000 });
    expect(of('success')).toEqual([{ holes: 3 }]);
  }, 30_000);
});

const TIMERS = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'] as const;

/** Lets a second of the client's time pass, and gives sockets the time that they need. */
async function passSecond(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_000);
  for (let i = 0; i < 200; i += 1) await setImmediate();
}

/** Forwards requests to the server, and holds the body of each answer back until it has ended. */
async function startBufferingProxy(target: string) {
  let isHolding = true;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const forwarded = send(`${target}${url}`, { method, headers }, (answered) => {
      if (!isHolding) {
        outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(outgoing);
        return;
      }
      const chunks: Buffer[] = [];
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      outgoing.flushHeaders();
      answered.on('data', (chunk) => chunks.push(chunk));
      answered.on('end', () => outgoing.end(Buffer.concat(chunks)));
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  cleanUp(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    release() {
      isHolding = false;
      server.closeAllConnections();
    },
  };
}

describe('a proxy that holds bytes back', () => {
  afterEach(() => void vi.useRealTimers());

  /** A task of a real backend over HTTP, behind the proxy. Each step waits for the test. */
  async function openTask() {
    const steps: (() => void)[] = [];
    const dig = defineTask({
      name: 'dig',
      params: z.strictObject({}),
      async execute(_params, { progress }) {
        for (const percent of [30, 60]) {
          await progress({ percent, message: `${percent} %` });
          await new Promise<void>((resolve) => steps.push(resolve));
        }
        return { holes: 3 };
      },
    });
    const backend = await createMockBackend({ tasks: [dig] });
    cleanUp(() => backend.close());
    const server = createServer(async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      const leaving = new AbortController();
      outgoing.on('close', () => leaving.abort());
      const { method = 'GET', url } = incoming;
      const response = await backend.fetch(`http://tasks.test${url}`, {
        method,
        headers: { 'content-type': 'application/json' },
        signal: leaving.signal,
        ...(body && { body }),
      });
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.flushHeaders();
      try {
        for await (const chunk of response.body ?? []) outgoing.write(chunk);
      } catch {
        // The client has left.
      }
      outgoing.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp(() => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    });
    const proxy = await startBufferingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const client = createTaskClient({ baseUrl: proxy.url });
    const seen = recorder();
    const { id } = await client.enqueueTask('dig', {});
    vi.useFakeTimers({
      toFake: [...TIMERS],
      shouldAdvanceTime: true,
      advanceTimeDelta: 20,
    });
    const stream = client.streamTaskProgress(id, seen.handlers);
    cleanUp(() => stream.close());
    const step = async () => {
      await vi.waitFor(() => expect(steps.length).toBeGreaterThan(0));
      steps.shift()?.();
    };
    /** Lets time pass until the condition holds. */
    const until = async (condition: () => void) => {
      for (let second = 0; second < 60; second += 1) {
        try {
          condition();
          return;
        } catch {
          await passSecond();
        }
      }
      condition();
    };
    return { ...seen, proxy, step, until };
  }

  it('is got round by polls, and the user is told', async () => {
    const { names, of, states, step, until } = await openTask();
    await until(() => expect(states()).toContain('polling'));
    await until(() => expect(of('progress').at(-1)).toMatchObject({ percent: 30 }));
    await step();
    await until(() => expect(of('progress').at(-1)).toMatchObject({ percent: 60 }));
    expect(names()).not.toContain('end');
    await step();
    await until(() => expect(names().slice(-2)).toEqual(['success', 'end']));
    expect(of('success')).toEqual([{ holes: 3 }]);
  }, 30_000);

  it('that lets bytes through again: the client goes back to the stream', async () => {
    const { names, of, states, proxy, step, until } = await openTask();
    await until(() => expect(states()).toContain('polling'));
    proxy.release();
    await until(() => expect(states().at(-1)).toBe('live'));
    await step();
    await until(() => expect(of('progress').at(-1)).toMatchObject({ percent: 60 }));
    expect(states().at(-1)).toBe('live');
    await step();
    await until(() => expect(names().slice(-2)).toEqual(['success', 'end']));
  }, 30_000);
});

describe('a stream that is silent', () => {
  afterEach(() => void vi.useRealTimers());

  it('of a server that does not know ?wait: the client polls without', async () => {
    vi.useFakeTimers({ toFake: [...TIMERS], shouldAdvanceTime: true });
    const asked: string[] = [];
    const { names, states } = await follow((connection, request) => {
      const { pathname, search } = new URL(request.url, 'http://x');
      if (pathname.endsWith('/events')) return connection.head();
      asked.push(search);
      const isOver = asked.length > 3;
      const script = search
        ? answerJson(400, problem('invalid-request', 400))
        : answerJson(200, snapshot(isOver ? { status: 'succeeded', seq: 9 } : {}));
      return script(connection, request);
    });
    for (let second = 0; second < 60 && !names().includes('end'); second += 1) await passSecond();
    expect(names().slice(-2)).toEqual(['success', 'end']);
    expect(states()).toContain('polling');
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(asked.length).toBe(4);
  }, 20_000);

  it('because the server is gone: no poll is shown as working, and a refusal ends it', async () => {
    vi.useFakeTimers({ toFake: [...TIMERS], shouldAdvanceTime: true });
    let polls = 0;
    const { names, states, of } = await follow((connection, request) => {
      if (request.url.includes('/events')) return connection.head();
      polls += 1;
      return polls < 3
        ? answer(502)(connection, request)
        : answerJson(404, problem('task-not-found', 404))(connection, request);
    });
    for (let second = 0; second < 60 && !names().includes('end'); second += 1) await passSecond();
    expect(states()).not.toContain('polling');
    expect(of('failure')).toEqual([expect.objectContaining({ code: 'task-not-found' })]);
    expect(names().at(-1)).toBe('end');
  }, 20_000);
});
