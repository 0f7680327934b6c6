import { describe, expect, it, vi } from 'vitest';
import { openEventStream } from '../../../src/client/index.ts';
import {
  ADDRESS,
  delayOf,
  fakeTimeInEachTest,
  names,
  openPlayed,
  settle,
} from '../../support/client/openPlayed.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';

fakeTimeInEachTest();

describe('a connection', () => {
  it('asks as an EventSource does, tells its states and hands on what comes', async () => {
    const played = scriptedFetch('stream');
    const { stream, events, states } = openPlayed(played);
    expect(states, 'nothing is called before openEventStream has returned').toEqual([]);
    expect(stream.state).toEqual({ state: 'connecting' });
    await settle();
    expect(played.connection.url).toBe(ADDRESS);
    expect(played.connection.init).toMatchObject({ method: 'GET', cache: 'no-store' });
    expect(played.connection.headers.get('accept')).toBe('text/event-stream');
    expect(played.connection.headers.has('last-event-id')).toBe(false);
    played.connection.send('id: 1\ndata: a\n\n');
    await settle();
    expect(events).toEqual([{ event: 'message', data: 'a', id: '1' }]);
    expect(names(states)).toEqual(['connecting', 'live']);
    expect(stream.lastEventId).toBe('1');
    stream.close();
    expect(stream.state).toEqual({ state: 'closed' });
  });

  it('sends headers, method, credentials and a body that is made anew for each connection', async () => {
    const played = scriptedFetch('stream');
    let made = 0;
    const { stream } = openPlayed(played, {
      body: () => `cursors ${++made}`,
      headers: async () => ({ 'x-tenant': 'north', accept: 'text/html' }),
      credentials: 'include',
      token: 'secret',
    });
    await settle();
    expect(played.connection.init).toMatchObject({
      method: 'POST',
      body: 'cursors 1',
      credentials: 'include',
    });
    expect(Object.fromEntries(played.connection.headers)).toMatchObject({
      'x-tenant': 'north',
      accept: 'text/event-stream',
      authorization: 'Bearer secret',
    });
    played.connection.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(played.connection.init.body).toBe('cursors 2');
    stream.close();
  });

  it('resumes after the last id: as a header in UTF-8 bytes, and as a parameter where one is named', async () => {
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played, { lastEventId: 'é/1', cursorParam: 'after' });
    await settle();
    expect(played.connection.url).toBe(`${ADDRESS}?after=%C3%A9%2F1`);
    expect(played.connection.headers.get('last-event-id')).toBe('Ã©/1');
    played.connection.send('id: 2\n\n');
    played.connection.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(played.connection.url).toBe(`${ADDRESS}?after=2`);
    expect(played.connection.headers.get('last-event-id')).toBe('2');
    stream.close();
  });

  it('puts the parameter after those that are there', async () => {
    const played = scriptedFetch('stream');
    const stream = openEventStream(`${ADDRESS}?a=b`, {
      fetch: played.fetch,
      lastEventId: '1',
      cursorParam: 'after',
      onEvent() {},
    });
    await settle();
    expect(played.connection.url).toBe(`${ADDRESS}?a=b&after=1`);
    stream.close();
  });

  it('is lost where an event grows beyond maxBufferBytes', async () => {
    const played = scriptedFetch('stream');
    const { stream, states, events } = openPlayed(played, { maxBufferBytes: 1000 });
    await settle();
    for (let i = 0; i < 20; i += 1) played.connection.send(`data: ${'x'.repeat(100)}\n`);
    await settle();
    expect(states.at(-1)).toMatchObject({ state: 'reconnecting', reason: expect.stringMatching(/buffer/) });
    expect(events).toEqual([]);
    expect(played.connections[0]?.cancelled).toBe(true);
    stream.close();
  });
});

describe('an end without a terminal event', () => {
  it.each([
    ['clean end', (connection: { end(): void }) => connection.end()],
    ['reset', (connection: { fail(error: unknown): void }) => connection.fail(new TypeError('terminated'))],
  ])('%s: reconnects', async (_name, cut) => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    await settle();
    cut(played.connection);
    await settle();
    expect(names(states)).toEqual(['connecting', 'live', 'reconnecting']);
    expect(states.at(-1)).toMatchObject({ attempt: 1 });
    expect(delayOf(states)).toBeLessThanOrEqual(100);
    await vi.advanceTimersByTimeAsync(100);
    expect(names(states).slice(3)).toEqual(['connecting', 'live']);
    stream.close();
  });

  it.each([408, 425, 429, 500, 502, 503, 599])('status %i: tries again', async (status) => {
    const played = scriptedFetch(new Response('busy', { status }), 'stream');
    const { stream, states, errors } = openPlayed(played);
    await settle();
    expect(states.at(-1)).toMatchObject({ state: 'reconnecting', reason: `status ${status}` });
    await vi.advanceTimersByTimeAsync(100);
    expect(stream.state).toEqual({ state: 'live' });
    expect(errors).toEqual([]);
    stream.close();
  });

  it('a network error: tries again', async () => {
    const played = scriptedFetch(new TypeError('Failed to fetch'), 'stream');
    const { stream, states } = openPlayed(played);
    await settle();
    expect(states.at(-1)).toMatchObject({ reason: 'TypeError: Failed to fetch' });
    await vi.advanceTimersByTimeAsync(100);
    expect(stream.state).toEqual({ state: 'live' });
    stream.close();
  });
});

describe('a final answer', () => {
  const html = '<!doctype html><title>Sign in</title>';
  it.each<[string, Response, { code: string; status: number; message?: unknown }]>([
    ['204', new Response(null, { status: 204 }), { code: 'invalid-response', status: 204 }],
    ['400', new Response('no', { status: 400 }), { code: 'invalid-response', status: 400 }],
    ['401', new Response('no', { status: 401 }), { code: 'unauthorized', status: 401 }],
    ['404', new Response('no', { status: 404 }), { code: 'invalid-response', status: 404 }],
    [
      'HTML',
      new Response(html, { headers: { 'content-type': 'text/html' } }),
      { code: 'invalid-response', status: 200, message: expect.stringContaining('answered 200 text/html') },
    ],
    ['no content type', new Response(new Uint8Array(1)), { code: 'invalid-response', status: 200 }],
    [
      'a content type that only begins alike',
      new Response('', { headers: { 'content-type': 'text/event-streams' } }),
      { code: 'invalid-response', status: 200 },
    ],
    [
      'a problem',
      Response.json(
        { type: 'urn:problem-type:lrt:forbidden', title: 'No', status: 403, detail: 'Not yours' },
        { status: 403, headers: { 'content-type': 'application/problem+json' } },
      ),
      { code: 'forbidden', status: 403, message: 'Not yours' },
    ],
  ])('%s: told once, then closed, never tried again', async (_name, response, expected) => {
    const played = scriptedFetch(response);
    const { stream, states, errors } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ name: 'TaskClientError', ...expected });
    expect(names(states)).toEqual(['connecting', 'closed']);
    expect(played.connections).toHaveLength(1);
    expect(stream.state).toEqual({ state: 'closed' });
  });

  it('takes a content type with parameters and in capitals', async () => {
    const response = new Response('', { headers: { 'content-type': 'Text/Event-Stream; charset=utf-8' } });
    const { stream, states } = openPlayed(scriptedFetch(response));
    await settle();
    expect(names(states)).toContain('live');
    stream.close();
  });

  it('is told even where the body of what answered has no end', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000)) });
    const fetch = async () => new Response(endless, { headers: { 'content-type': 'text/plain' } });
    const { errors } = openPlayed({ fetch });
    await settle();
    expect(errors).toHaveLength(1);
  });
});

describe('after a 401', () => {
  it('asks once for new headers and goes on', async () => {
    const played = scriptedFetch(new Response('', { status: 401 }), 'stream');
    const headers = vi.fn(async ({ refresh }: { refresh: boolean }) => ({
      authorization: refresh ? 'new' : 'old',
    }));
    const { stream, states } = openPlayed(played, { headers });
    await settle();
    expect(played.connections.map((one) => one.headers.get('authorization'))).toEqual(['old', 'new']);
    expect(names(states)).toEqual(['connecting', 'live']);
    played.connection.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(headers.mock.calls.map(([context]) => context.refresh)).toEqual([false, true, false]);
    stream.close();
  });

  it('gives up where the new ones are refused too', async () => {
    const played = scriptedFetch(new Response('', { status: 401 }));
    const { errors } = openPlayed(played, { token: () => 'stale' });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(played.connections).toHaveLength(2);
    expect(errors).toMatchObject([{ code: 'unauthorized' }]);
  });

  it('tries again later where the token cannot be had', async () => {
    const played = scriptedFetch('stream');
    const token = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValue('t');
    const { stream, states } = openPlayed(played, { token });
    await vi.advanceTimersByTimeAsync(100);
    expect(names(states)).toEqual(['connecting', 'reconnecting', 'connecting', 'live']);
    stream.close();
  });
});
