import { afterEach, expect, it, vi } from 'vitest';
import { type EventStreamOptions, openEventStream, type StreamEvent } from '../../../src/client/index.ts';
import { answer, type Script, startScriptedEventServer } from '../../support/client/scriptedEventServer.ts';

/** Over real sockets: what fetch itself makes of a server that misbehaves. */

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function open(scripts: Script[], options: Partial<EventStreamOptions> = {}) {
  const server = await startScriptedEventServer(...scripts);
  cleanUp.push(server.close);
  const events: StreamEvent[] = [];
  const states: string[] = [];
  const errors: unknown[] = [];
  const stream = openEventStream(`${server.url}/events`, {
    onEvent: (event) => events.push(event),
    onConnection: ({ state }) => states.push(state),
    onError: (error) => errors.push(error),
    ...options,
  });
  cleanUp.push(stream.close);
  return { server, stream, events, states, errors };
}

const ids = (events: StreamEvent[]) => events.map(({ id }) => id);

it.each([
  ['clean end', 'end'],
  ['reset', 'reset'],
] as const)('%s: goes on after the last id', async (_name, cut) => {
  const { server, events, stream } = await open([
    async (connection) => {
      connection.event(1);
      connection.event(2);
      await vi.waitFor(() => expect(ids(events)).toEqual(['1', '2']));
      connection[cut]();
    },
    (connection, request) => connection.event(Number(request.headers['last-event-id']) + 1),
  ]);
  await vi.waitFor(() => expect(ids(events)).toEqual(['1', '2', '3']));
  expect(stream.state).toEqual({ state: 'live' });
  expect(server.requests).toHaveLength(2);
});

it('a reset within an event: the half of it is dropped, all of it comes again', async () => {
  const { events, stream } = await open([
    async (connection) => {
      connection.event(1);
      connection.send('id: 2\ndata: ha');
      await vi.waitFor(() => expect(ids(events)).toEqual(['1']));
      connection.reset();
    },
    (connection, request) => {
      expect(request.headers['last-event-id']).toBe('1');
      connection.event(2, 'whole');
    },
  ]);
  await vi.waitFor(() => expect(events.map(({ data }) => data)).toEqual(['1', '"whole"']));
  stream.close();
});

it('characters and line ends that are cut between packets', async () => {
  const { events } = await open([
    (connection) => connection.trickle('event: né\r\nid: 1\r\ndata: ñ€🎯\r\n\r\ndata: b\r\r'),
  ]);
  await vi.waitFor(() =>
    expect(events).toEqual([
      { event: 'né', data: 'ñ€🎯', id: '1' },
      { event: 'message', data: 'b', id: '1' },
    ]),
  );
});

it('a stall without a byte is a lost connection', async () => {
  // On a busy machine a connection can stall before its first event as well: the next one then sends the same event.
  const { events, server } = await open(
    [(connection, request) => connection.event(Number(request.headers['last-event-id'] ?? 0) + 1)],
    { watchdogSeconds: 0.2 },
  );
  await vi.waitFor(() => expect(ids(events).slice(0, 2)).toEqual(['1', '2']), { timeout: 10_000 });
  await vi.waitFor(() => expect(server.requests[0]?.closed).toBe(true));
});

it('a server that is down, then busy, then well', async () => {
  const { events } = await open([
    (connection) => connection.reset(),
    answer(503, { 'retry-after': '0' }, 'busy'),
    (connection) => connection.event(1),
  ]);
  await vi.waitFor(() => expect(ids(events)).toEqual(['1']), { timeout: 5000 });
});

it('a sign-in page in its place', async () => {
  const { server, errors, states } = await open([
    answer(302, { location: '/sign-in' }),
    answer(200, { 'content-type': 'text/html' }, '<!doctype html><title>Sign in</title>'),
  ]);
  await vi.waitFor(() => expect(states.at(-1)).toBe('closed'));
  expect(errors).toMatchObject([
    { code: 'invalid-response', message: expect.stringContaining('200 text/html') },
  ]);
  expect(server.requests.map(({ url }) => url)).toEqual(['/events', '/sign-in']);
});

it('204 ends it', async () => {
  const { server, errors, states } = await open([answer(204)]);
  await vi.waitFor(() => expect(states.at(-1)).toBe('closed'));
  expect(errors).toMatchObject([{ status: 204 }]);
  expect(server.requests).toHaveLength(1);
});

it('close() lets go of the socket', async () => {
  const { server, stream, events } = await open([(connection) => connection.event(1)]);
  await vi.waitFor(() => expect(events).toHaveLength(1));
  stream.close();
  await vi.waitFor(() => expect(server.requests[0]?.closed).toBe(true));
});
