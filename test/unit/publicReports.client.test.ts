/** Symptoms from the public bug reports of clients of event streams, tried on ours. docs/tried.md lists them all. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openEventStream, type StreamEvent, type TaskHandlers } from '../../src/client/index.ts';
import { answer, type Script, startScriptedEventServer } from '../support/client/scriptedEventServer.ts';
import { cleanUpAfterEach, snapshot, startClient } from '../support/client/startClient.ts';

cleanUpAfterEach();

/** Events that a body brings, given in these chunks of bytes. */
async function eventsOf(...chunks: (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  const encoder = new TextEncoder();
  let connections = 0;
  const stream = openEventStream('http://scripted/events', {
    fetch: async () => {
      connections += 1;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          if (connections > 1) return;
          for (const chunk of chunks) {
            controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
          }
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
    onEvent: (event) => events.push(event),
    isTerminal: ({ event }) => event === 'end',
  });
  onTestFinished(() => stream.close());
  await vi.waitFor(() => expect(stream.state).toEqual({ state: 'closed' }));
  return events.slice(0, -1);
}

const END = 'event: end\ndata:\n\n';
const dataOf = (events: StreamEvent[]) => events.map(({ data }) => data);

describe('the bytes of a stream', () => {
  it('rexxars/eventsource-parser#17: a carriage return at the end of a chunk, with and without its line feed', async () => {
    for (const rest of [['\n'], []]) {
      const events = await eventsOf('data: A\r\n', 'data: B\r', ...rest, 'data: C\r\n', '\n', END);
      expect(dataOf(events)).toEqual(['A\nB\nC']);
    }
  });

  it('rexxars/eventsource-parser#41: a byte order mark that is cut within its bytes', async () => {
    for (const cut of [1, 2, 3]) {
      const bytes = new TextEncoder().encode('\uFEFFdata: first\n\ndata: second\n\n');
      const events = await eventsOf(bytes.slice(0, cut), bytes.slice(cut), END);
      expect(dataOf(events)).toEqual(['first', 'second']);
    }
  });

  it('EventSource/eventsource#326: fields that end with CRLF, and blank lines that end with LF', async () => {
    const events = await eventsOf('event: a\r\n', 'data: 1\n\n', 'event: b\r', 'data: 2\r\n\r\n', END);
    expect(events.map(({ event, data }) => [event, data])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});

describe('a stream that reconnects', () => {
  async function open(...scripts: Script[]) {
    const server = await startScriptedEventServer(...scripts);
    onTestFinished(() => server.close());
    const events: StreamEvent[] = [];
    const states: string[] = [];
    const stream = openEventStream(server.url, {
      onEvent: (event) => events.push(event),
      onConnection: ({ state }) => states.push(state),
    });
    onTestFinished(() => stream.close());
    const cursors = () => server.requests.map(({ headers }) => headers['last-event-id']);
    return { server, events, states, stream, cursors };
  }

  it('EventSource/eventsource#291, modelcontextprotocol/typescript-sdk#2809: the id is sent again by connections that brought none', async () => {
    const { cursors, events } = await open(
      (connection) => {
        connection.event(7);
        connection.end();
      },
      (connection) => {
        connection.send(': nothing new\n\n');
        connection.reset();
      },
      answer(503, { 'retry-after': '0' }),
      (connection) => connection.event(8),
    );
    await vi.waitFor(() => expect(events.map(({ id }) => id)).toEqual(['7', '8']), { timeout: 10_000 });
    expect(cursors()).toEqual([undefined, '7', '7', '7']);
  });

  it.each([
    [
      'Azure/fetch-event-source#79: a server that ends each answer, and sends all of it again',
      () =>
        new Response('id: 1\ndata: He\n\nid: 2\ndata: llo\n\n', {
          headers: { 'content-type': 'text/event-stream' },
        }),
    ],
    ['Azure/fetch-event-source#17: a server that fails', () => new Response('busy', { status: 500 })],
  ])('%s is asked less and less, and not every second', async (_name, answerOf) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let requests = 0;
    const stream = openEventStream('http://scripted/events', {
      onEvent: () => {},
      fetch: async () => {
        requests += 1;
        return answerOf();
      },
    });
    onTestFinished(() => stream.close());
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests).toBeLessThan(60);
    expect(requests).toBeGreaterThan(10);
  });
});

describe('following a task', () => {
  const event = (seq: number, type: string, rest: object) => ({
    type,
    taskId: 't1',
    seq,
    at: '2026-01-01T00:00:00.000Z',
    attempt: 1,
    ...rest,
  });
  const recorder = () => {
    const calls: string[] = [];
    const note = (name: string) => (value?: unknown) => {
      const state = name === 'connection' ? ` ${(value as { state: string }).state}` : '';
      calls.push(`${name}${state}`);
    };
    const handlers: TaskHandlers = {
      onSuccess: note('success'),
      onFailure: note('failure'),
      onConnection: note('connection'),
      onEnd: note('end'),
    };
    return { calls, handlers };
  };

  it('anomalyco/opencode#39352, Kitware/HPCCloud#55: a task that ended while the connection was lost ends for its follower', async () => {
    const { client } = await startClient([
      (connection) => {
        connection.event(1, event(1, 'snapshot', { task: snapshot() }), 'snapshot');
        connection.reset();
      },
      // The server kept no event of the time between: it sends the state that it has.
      (connection) =>
        connection.event(
          9,
          event(9, 'snapshot', { task: snapshot({ status: 'succeeded', result: { dug: 2 }, seq: 9 }) }),
          'snapshot',
        ),
    ]);
    const { calls, handlers } = recorder();
    client.streamTaskProgress('t1', handlers);
    await vi.waitFor(() => expect(calls.at(-1)).toBe('end'));
    expect(calls.filter((call) => !call.startsWith('connection'))).toEqual(['success', 'end']);
  });

  it('modelcontextprotocol/python-sdk#1949: a connection that is lost before the first event leaves nobody waiting', async () => {
    const { client } = await startClient([
      (connection) => {
        connection.head();
        connection.reset();
      },
      (connection) => connection.event(1, event(1, 'succeeded', { result: 1 }), 'succeeded'),
    ]);
    expect(await client.waitFor('t1')).toBe(1);
  });

  it('netease-lcap/wave-agent#1129: a connection that is back counts as live again', async () => {
    const { client } = await startClient([
      (connection) => {
        connection.event(1, event(1, 'snapshot', { task: snapshot() }), 'snapshot');
        connection.reset();
      },
      (connection) =>
        connection.event(2, event(2, 'progress', { progress: snapshot().progress }), 'progress'),
    ]);
    const { calls, handlers } = recorder();
    const stream = client.streamTaskProgress('t1', handlers);
    onTestFinished(() => stream.close());
    await vi.waitFor(() =>
      expect(calls).toEqual([
        'connection connecting',
        'connection live',
        'connection reconnecting',
        'connection connecting',
        'connection live',
      ]),
    );
  });
});
