import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventStreamResponse } from '../../../backend/protocols/eventStreamResponse.ts';
import { TaskRefusal } from '../../../backend/tasks/TaskRefusal.ts';
import type { TaskEvent } from '../../../src/contract.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const event = (seq: number, message = 'm'): TaskEvent => ({
  taskId: 't',
  seq,
  at: '2026-01-01T00:00:00Z',
  attempt: 1,
  type: 'log',
  level: 'info',
  message,
});

/** Events that come to nothing more after those given, until the signal aborts. */
function endless(given: TaskEvent[] = []) {
  const seen: { signal?: AbortSignal; sent: number } = { sent: 0 };
  const events = async function* (signal: AbortSignal) {
    seen.signal = signal;
    for (const one of given) {
      seen.sent += 1;
      yield one;
    }
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  return { events, seen };
}

const request = (signal?: AbortSignal) => new Request('http://x.test/', signal ? { signal } : {});
const text = (part: ReadableStreamReadResult<Uint8Array>) => new TextDecoder().decode(part.value);

function readerOf(response: Response) {
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no body');
  return reader;
}

test('comments at once, then every 15 s, while the reader keeps up', async () => {
  const { events } = endless();
  const reader = readerOf(eventStreamResponse(request(), events, { ids: true }));
  expect(text(await reader.read())).toBe(':\n\n');
  const next = reader.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(text(await next)).toBe(':\n\n');
  await reader.cancel();
});

test('writes one line of data, with the number as id unless told otherwise', async () => {
  for (const ids of [true, false]) {
    const { events } = endless([event(7, 'two\nlines')]);
    const reader = readerOf(eventStreamResponse(request(), events, { ids }));
    await reader.read();
    const data = JSON.stringify(event(7, 'two\nlines'));
    expect(text(await reader.read())).toBe(`event: log\n${ids ? 'id: 7\n' : ''}data: ${data}\n\n`);
    await reader.cancel();
  }
});

test.each(['stream', 'request', 'both'])(
  'stops when the %s is left, and leaves nothing behind',
  async (way) => {
    const { events, seen } = endless([event(1)]);
    const abort = new AbortController();
    const asked = request(abort.signal);
    const removed = vi.spyOn(asked.signal, 'removeEventListener');
    const reader = readerOf(eventStreamResponse(asked, events, { ids: true }));
    await reader.read();
    expect(vi.getTimerCount()).toBe(1);
    if (way !== 'request') await reader.cancel();
    if (way !== 'stream') abort.abort();
    await vi.waitFor(() => expect(seen.signal?.aborted).toBe(true));
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalled();
    await reader.closed;
  },
);

test('of a request that was already aborted ends at once', async () => {
  const { events } = endless();
  const reader = readerOf(eventStreamResponse(request(AbortSignal.abort()), events, { ids: true }));
  expect(text(await reader.read())).toBe(':\n\n');
  expect((await reader.read()).done).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('closes after the last event', async () => {
  const events = async function* () {
    yield event(1);
  };
  const response = eventStreamResponse(request(), events, { ids: true });
  expect((await response.text()).match(/^event:/gm)).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('cuts the stream when the events fail: the client comes back', async () => {
  const events = async function* (): AsyncGenerator<TaskEvent> {
    yield event(1);
    throw new Error('gone');
  };
  const response = eventStreamResponse(request(), events, { ids: true });
  await expect(response.text()).rejects.toThrow('gone');
  expect(vi.getTimerCount()).toBe(0);
});

test('ends the stream when the engine closes before anything was read', async () => {
  const onError = vi.fn();
  const events = async function* (): AsyncGenerator<TaskEvent> {
    yield* [];
    throw new TaskRefusal({ code: 'unavailable', message: 'closing' });
  };
  const response = eventStreamResponse(request(), events, { ids: true, context: { onError } });
  expect(await response.text()).toBe(':\n\n');
  expect(onError).not.toHaveBeenCalled();
});

test('tells its host of a failure, once, and that the stream is over, once', async () => {
  const failure = new Error('gone');
  const onError = vi.fn();
  const closed = vi.fn();
  const events = async function* (): AsyncGenerator<TaskEvent> {
    yield event(1);
    throw failure;
  };
  const context = { onError, onStream: () => closed };
  const response = eventStreamResponse(request(), events, { ids: true, context });
  await expect(response.text()).rejects.toThrow('gone');
  expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
  expect(closed).toHaveBeenCalledOnce();
});

test('asks for no more events than the reader takes', async () => {
  const big = 'x'.repeat(20_000);
  const { events, seen } = endless(Array.from({ length: 100 }, (_, i) => event(i, big)));
  const reader = readerOf(eventStreamResponse(request(), events, { ids: true }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen.sent).toBeLessThan(10);
  await reader.cancel();
});

test('answers HEAD without a body', () => {
  const { events, seen } = endless();
  const head = new Request('http://x.test/', { method: 'HEAD' });
  expect(eventStreamResponse(head, events, { ids: true }).body).toBeNull();
  expect(seen.signal).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});
