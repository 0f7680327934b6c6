import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { SERVER_SENT_EVENTS, SERVER_SENT_EVENTS_WITHOUT_IDS } from '../../../../backend/http/EventFormat.ts';
import { eventStreamResponse } from '../../../../backend/http/eventStreamResponse.ts';
import { logEvent, playedEvents } from '../../../support/tasks/playedEvents.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const request = (signal?: AbortSignal) => new Request('http://x.test/', signal ? { signal } : {});
const text = (part: ReadableStreamReadResult<Uint8Array>) => new TextDecoder().decode(part.value);

function readerOf(response: Response) {
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no body');
  return reader;
}

test('comments at once, then every 15 s, while the reader keeps up', async () => {
  const { events } = playedEvents();
  const reader = readerOf(eventStreamResponse(request(), events, { format: SERVER_SENT_EVENTS }));
  expect(text(await reader.read())).toBe(':\n\n');
  const next = reader.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(text(await next)).toBe(':\n\n');
  // It has not asked for more: nothing piles up for it.
  await vi.advanceTimersByTimeAsync(60_000);
  const one = reader.read();
  const another = reader.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(text(await one)).toBe(':\n\n');
  await reader.cancel();
  expect((await another).done).toBe(true);
});

test('writes one line of data, with the number as id unless told otherwise', async () => {
  for (const ids of [true, false]) {
    const event = logEvent(7, 'two\nlines');
    const { events } = playedEvents(event);
    const reader = readerOf(
      eventStreamResponse(request(), events, {
        format: ids ? SERVER_SENT_EVENTS : SERVER_SENT_EVENTS_WITHOUT_IDS,
      }),
    );
    await reader.read();
    const data = JSON.stringify(event);
    expect(text(await reader.read())).toBe(`event: log\n${ids ? 'id: 7\n' : ''}data: ${data}\n\n`);
    await reader.cancel();
  }
});

test('writes what has come in the meantime together, in order', async () => {
  const { events, play } = playedEvents();
  const reader = readerOf(eventStreamResponse(request(), events, { format: SERVER_SENT_EVENTS }));
  await reader.read();
  for (let seq = 1; seq <= 50; seq++) play(logEvent(seq));
  const together = text(await reader.read());
  expect(together.match(/^id: \d+$/gm)).toEqual(Array.from({ length: 50 }, (_, i) => `id: ${i + 1}`));
  play(logEvent(51));
  expect(text(await reader.read())).toMatch(/^event: log\nid: 51\n/);
  await reader.cancel();
});

test.each(['stream', 'request', 'both'])(
  'stops when the %s is left, and leaves nothing behind',
  async (way) => {
    const played = playedEvents(logEvent(1));
    const abort = new AbortController();
    const asked = request(abort.signal);
    const removed = vi.spyOn(asked.signal, 'removeEventListener');
    const reader = readerOf(eventStreamResponse(asked, played.events, { format: SERVER_SENT_EVENTS }));
    await reader.read();
    await reader.read();
    expect(vi.getTimerCount()).toBe(1);
    if (way !== 'request') await reader.cancel();
    if (way !== 'stream') abort.abort();
    expect(played.isClosed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalled();
    await reader.closed;
  },
);

test('of a request that was already aborted ends at once', async () => {
  const { events } = playedEvents();
  const reader = readerOf(
    eventStreamResponse(request(AbortSignal.abort()), events, { format: SERVER_SENT_EVENTS }),
  );
  expect(text(await reader.read())).toBe(':\n\n');
  expect((await reader.read()).done).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('that nobody ever reads is given up, and does not count for ever', async () => {
  const played = playedEvents(logEvent(1));
  await played.events.open();
  const closed = vi.fn();
  eventStreamResponse(request(), played.events, {
    format: SERVER_SENT_EVENTS,
    context: { onStream: () => closed },
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(closed).toHaveBeenCalledOnce();
  expect(played.isClosed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('that its host refuses lets go of the events', async () => {
  const played = playedEvents(logEvent(1));
  await played.events.open();
  const onStream = () => {
    throw new TaskRefusal({ code: 'rate-limited', message: 'too many' });
  };
  expect(() =>
    eventStreamResponse(request(), played.events, { format: SERVER_SENT_EVENTS, context: { onStream } }),
  ).toThrow('too many');
  expect(played.isClosed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('closes after the last event', async () => {
  const { events, end } = playedEvents(logEvent(1));
  end();
  const response = eventStreamResponse(request(), events, { format: SERVER_SENT_EVENTS });
  expect((await response.text()).match(/^event:/gm)).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('cuts the stream when the events fail: the client comes back', async () => {
  const { events, fail } = playedEvents(logEvent(1));
  fail(new Error('gone'));
  const response = eventStreamResponse(request(), events, { format: SERVER_SENT_EVENTS });
  await expect(response.text()).rejects.toThrow('gone');
  expect(vi.getTimerCount()).toBe(0);
});

test('ends the stream when the engine closes before anything was read', async () => {
  const onError = vi.fn();
  const { events, fail } = playedEvents();
  fail(new TaskRefusal({ code: 'unavailable', message: 'closing' }));
  const response = eventStreamResponse(request(), events, {
    format: SERVER_SENT_EVENTS,
    context: { onError },
  });
  expect(await response.text()).toBe(':\n\n');
  expect(onError).not.toHaveBeenCalled();
});

test('tells its host of a failure, once, and that the stream is over, once', async () => {
  const failure = new Error('gone');
  const onError = vi.fn();
  const closed = vi.fn();
  const { events, fail } = playedEvents(logEvent(1));
  fail(failure);
  const context = { onError, onStream: () => closed };
  const response = eventStreamResponse(request(), events, { format: SERVER_SENT_EVENTS, context });
  await expect(response.text()).rejects.toThrow('gone');
  expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
  expect(closed).toHaveBeenCalledOnce();
});

test('asks for no more events than the reader takes', async () => {
  const big = 'x'.repeat(20_000);
  const played = playedEvents(...Array.from({ length: 100 }, (_, i) => logEvent(i, big)));
  const reader = readerOf(eventStreamResponse(request(), played.events, { format: SERVER_SENT_EVENTS }));
  await vi.advanceTimersByTimeAsync(30_000);
  await reader.read();
  await reader.read();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(played.taken).toBe(1);
  await reader.cancel();
});

test('answers HEAD without a body', async () => {
  const played = playedEvents(logEvent(1));
  await played.events.open();
  const head = new Request('http://x.test/', { method: 'HEAD' });
  expect(eventStreamResponse(head, played.events, { format: SERVER_SENT_EVENTS }).body).toBeNull();
  expect([played.taken, played.isClosed]).toEqual([0, true]);
  expect(vi.getTimerCount()).toBe(0);
});
