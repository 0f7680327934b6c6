import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { SERVER_SENT_EVENTS } from '../../../../backend/http/EventFormat.ts';
import { eventStreamOf, eventStreamResponse } from '../../../../backend/http/eventStreamResponse.ts';
import { StreamScheduler } from '../../../../server/src/http/StreamScheduler.ts';
import { writeEvents } from '../../../../server/src/http/writeEvents.ts';
import { openRaw } from '../../../support/server/rawHttp.ts';
import { logEvent, type PlayedEvents, playedEvents } from '../../../support/tasks/playedEvents.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server whose every answer is the events, but for what `before` answers. */
async function serve(
  played: PlayedEvents,
  before: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean = () => false,
) {
  const scheduler = new StreamScheduler();
  const sockets: Socket[] = [];
  const onClose = vi.fn();
  await played.events.open();
  const server = createServer((incoming, outgoing) => {
    if (before(incoming, outgoing)) return;
    sockets.push(incoming.socket);
    const response = eventStreamResponse(new Request('http://x.test/'), played.events, {
      format: SERVER_SENT_EVENTS,
      context: { onStream: () => onClose },
    });
    const events = eventStreamOf(response.body);
    if (!events) throw new Error('no events');
    writeEvents(events, response, outgoing, scheduler);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, sockets, onClose };
}

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x.test\r\n\r\n`;
const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('the events follow the head in order, and the connection closes after the last', async () => {
  const played = playedEvents(logEvent(1), logEvent(2));
  const { url, onClose } = await serve(played);
  const client = await openRaw(url);
  client.send(GET('/events'));
  await vi.waitFor(() => expect(idsIn(client.received())).toEqual([1, 2]));
  played.play(logEvent(3));
  await vi.waitFor(() => expect(idsIn(client.received())).toEqual([1, 2, 3]));
  played.play(logEvent(4), logEvent(5));
  played.end();
  const text = await client.closed;
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[\w-]+: .*\r\n)*\r\n:\n\nevent: log\nid: 1\n/);
  expect(text).toMatch(/^connection: close\r$/im);
  expect(text).not.toMatch(/^transfer-encoding/im);
  expect(idsIn(text)).toEqual(upTo(5));
  expect(onClose).toHaveBeenCalledOnce();
});

test('a slow reader gets all of it in order, and is owed little; nothing is left on its socket', async () => {
  const big = 'x'.repeat(10_000);
  const count = 3_000;
  const played = playedEvents(...upTo(count).map((seq) => logEvent(seq, big)));
  played.end();
  const { url, sockets } = await serve(played);
  const client = await openRaw(url);
  client.socket.pause();
  client.send(GET('/events'));
  await vi.waitFor(() => expect(sockets[0]?.listenerCount('drain')).toBe(2));
  const [socket] = sockets;
  const { taken } = played;
  expect(taken).toBeLessThan(count);
  expect(socket?.writableLength).toBeLessThan(200_000);
  client.socket.resume();
  expect(idsIn(await client.closed)).toEqual(upTo(count));
  // What Node itself listens for stays.
  expect(socket?.listenerCount('drain')).toBeLessThanOrEqual(1);
  expect(played.isClosed).toBe(true);
}, 30_000);

test('listens to its socket for no longer than it lasts', async () => {
  const played = playedEvents(logEvent(1));
  let before: unknown[] = [];
  const { url, sockets } = await serve(played, (incoming) => {
    before = incoming.socket.listeners('close');
    return false;
  });
  const client = await openRaw(url);
  client.send(GET('/events'));
  await vi.waitFor(() => expect(idsIn(client.received())).toEqual([1]));
  expect(sockets[0]?.listeners('close')).toHaveLength(before.length + 1);
  played.end();
  await client.closed;
  await vi.waitFor(() => expect(played.isClosed).toBe(true));
  const after = sockets[0]?.listeners('close') ?? [];
  expect(after.filter((listener) => !before.includes(listener))).toEqual([]);
});

test.each(['leaves', 'closes its half'])('a client that %s ends it', async (way) => {
  const played = playedEvents(logEvent(1));
  const { url, onClose } = await serve(played);
  const client = await openRaw(url);
  client.send(GET('/events'));
  await vi.waitFor(() => expect(idsIn(client.received())).toEqual([1]));
  if (way === 'leaves') client.socket.destroy();
  else client.socket.end();
  await vi.waitFor(() => {
    // As it would be: events go on meanwhile.
    played.play(logEvent(2));
    expect(onClose).toHaveBeenCalledOnce();
  });
  expect(played.isClosed).toBe(true);
});

test('behind a request that is not answered yet, the events wait for it, and then go on in order', async () => {
  const played = playedEvents(logEvent(1));
  const slow: ServerResponse[] = [];
  const { url, sockets } = await serve(played, ({ url: path }, outgoing) => {
    if (path !== '/slow') return false;
    slow.push(outgoing);
    return true;
  });
  const client = await openRaw(url);
  client.send(GET('/slow') + GET('/events'));
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  played.play(logEvent(2), logEvent(3));
  await vi.waitFor(() => expect(played.taken).toBe(3));
  expect(client.received()).toBe('');
  slow[0]?.end('the slow answer');
  await vi.waitFor(() => expect(idsIn(client.received())).toEqual([1, 2, 3]));
  played.play(logEvent(4));
  await vi.waitFor(() => expect(idsIn(client.received())).toEqual([1, 2, 3, 4]));
  played.play(logEvent(5));
  played.end();
  const text = await client.closed;
  expect(idsIn(text)).toEqual(upTo(5));
  expect(text.indexOf('the slow answer')).toBeLessThan(text.indexOf('event: log'));
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
});

test('behind a request that is not answered yet, no more waits than a little, and goes out then', async () => {
  const big = 'x'.repeat(10_000);
  const played = playedEvents(...upTo(300).map((seq) => logEvent(seq, big)));
  played.end();
  const slow: ServerResponse[] = [];
  const { url } = await serve(played, ({ url: path }, outgoing) => {
    if (path !== '/slow') return false;
    slow.push(outgoing);
    return true;
  });
  const client = await openRaw(url);
  client.send(GET('/slow') + GET('/events'));
  await vi.waitFor(() => expect(played.taken).toBeGreaterThan(3));
  await new Promise((resolve) => setImmediate(resolve));
  expect(played.taken).toBeLessThan(20);
  slow[0]?.end('the slow answer');
  expect(idsIn(await client.closed)).toEqual(upTo(300));
});

test('a client that leaves while its events wait for another answer ends them', async () => {
  const played = playedEvents(logEvent(1));
  const { url, sockets, onClose } = await serve(played, ({ url: path }) => path === '/slow');
  const client = await openRaw(url);
  client.send(GET('/slow') + GET('/events'));
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  client.socket.destroy();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(played.isClosed).toBe(true);
});

test('a client that has left before its events begin ends them', async () => {
  const played = playedEvents(logEvent(1));
  await played.events.open();
  const onClose = vi.fn();
  const response = eventStreamResponse(new Request('http://x.test/'), played.events, {
    format: SERVER_SENT_EVENTS,
    context: { onStream: () => onClose },
  });
  const events = eventStreamOf(response.body);
  const answered = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    incoming.socket.once('close', () => {
      if (events) writeEvents(events, response, outgoing, new StreamScheduler());
      answered.resolve();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const address = server.address();
  const client = await openRaw(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  client.send(GET('/events'));
  await once(server, 'request');
  client.socket.destroy();
  await answered.promise;
  expect(onClose).toHaveBeenCalledOnce();
  expect(played.isClosed).toBe(true);
});
