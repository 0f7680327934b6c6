import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { catchUncaught } from '../../support/client/catchUncaught.ts';
import { followStream } from '../../support/client/followStream.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';
import { streamOf } from '../../support/client/streamOf.ts';

/** Closes the stream at awkward moments; eventStream.closing.test.ts closes it at plain ones. */

const ADDRESS = 'http://stream.test/events';
const settle = () => vi.advanceTimersByTimeAsync(0);
const gone = () => new Response('', { status: 404 });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('close()', () => {
  test('during the pause before a retry: it does not happen', async () => {
    const { fetch, connections } = scriptedFetch(new TypeError('no network'));
    const reported = followStream(ADDRESS, { fetch });
    await settle();
    reported.stream.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reported.log).toEqual(['connecting', 'reconnecting']);
    expect(connections).toHaveLength(1);
  });

  test.each(['come', 'fail'])(
    'while headers are waited for: that they %s later opens nothing',
    async (how) => {
      const { fetch, connections } = scriptedFetch('stream');
      const headers = Promise.withResolvers<HeadersInit>();
      const reported = followStream(ADDRESS, { fetch, headers: () => headers.promise });
      await settle();
      reported.stream.close();
      if (how === 'fail') headers.reject(new Error('the sign-in is down'));
      else headers.resolve({});
      await vi.advanceTimersByTimeAsync(60_000);
      expect(reported.log).toEqual(['connecting']);
      // A real fetch refuses a request whose signal has aborted.
      expect(connections.every(({ init }) => init.signal?.aborted)).toBe(true);
    },
  );

  test.each(['connecting', 'live', 'reconnecting'])('from within onConnection(%s)', async (at) => {
    const { fetch } = scriptedFetch(streamOf('data: a\n\n'));
    const reported = followStream(ADDRESS, {
      fetch,
      onConnection: ({ state }) => state === at && reported.stream.close(),
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reported.log.at(-1)).toBe(at);
    expect(reported.stream.state).toEqual({ state: 'closed' });
  });

  test("from within onError: not even 'closed' is told", async () => {
    const { fetch } = scriptedFetch(gone());
    const reported = followStream(ADDRESS, { fetch, onError: () => reported.stream.close() });
    await settle();
    expect(reported.log).toEqual(['connecting', 'invalid-response']);
    expect(reported.stream.state).toEqual({ state: 'closed' });
  });

  test('from within onEvent of the terminal event: the end is not told', async () => {
    const { fetch } = scriptedFetch(streamOf('data: end\n\n'));
    const reported = followStream(ADDRESS, {
      fetch,
      isTerminal: () => true,
      onEvent: () => reported.stream.close(),
    });
    await settle();
    expect(reported.log).toEqual(['connecting', 'live', 'end']);
  });
});

test('a connection that was given up is heard no more, though its host goes on sending', async () => {
  const { fetch, connections } = scriptedFetch('stream');
  const late = Promise.withResolvers<Response>();
  const reported = followStream(ADDRESS, { fetch: vi.fn(fetch).mockReturnValueOnce(late.promise) });
  await vi.advanceTimersByTimeAsync(51_000);
  late.resolve(streamOf('id: 9\ndata: late\n\n'));
  connections.at(-1)?.send('id: 3\ndata: new\n\n');
  await settle();
  expect(reported.events.map(({ data }) => data)).toEqual(['new']);
  expect(reported.stream.lastEventId).toBe('3');
  reported.stream.close();
});

test('a terminal event is told once where the server closes right after it', async () => {
  const { fetch, connections } = scriptedFetch(streamOf('data: a\n\ndata: end\n\n'));
  const reported = followStream(ADDRESS, { fetch, isTerminal: ({ data }) => data === 'end' });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(reported.log).toEqual(['connecting', 'live', 'a', 'end', 'closed']);
  expect(connections).toHaveLength(1);
});

describe('the signal of an application', () => {
  test.each([
    ['close()', 'stream'],
    ['a terminal event', streamOf('data: end\n\n')],
    ['a refusal', gone()],
  ] as const)('is let go of after %s', async (_, answer) => {
    const { signal } = new AbortController();
    const { fetch } = scriptedFetch(answer);
    const reported = followStream(ADDRESS, { fetch, signal, isTerminal: () => true });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await settle();
    if (answer === 'stream') reported.stream.close();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('tells nothing when it aborts', async () => {
    const abort = new AbortController();
    const reported = followStream(ADDRESS, { fetch: scriptedFetch('stream').fetch, signal: abort.signal });
    await settle();
    abort.abort();
    await settle();
    expect(reported.log).toEqual(['connecting', 'live']);
  });
});

test('an error thrown in onError is uncaught, and the stream is closed all the same', async () => {
  const uncaught = catchUncaught();
  const reported = followStream(ADDRESS, {
    fetch: scriptedFetch(gone()).fetch,
    onError() {
      throw new Error('onError');
    },
  });
  await settle();
  expect(reported.log).toEqual(['connecting', 'invalid-response', 'closed']);
  expect(uncaught.messages()).toEqual(['onError']);
});

describe('maxBufferBytes', () => {
  test('a line that never ends is not collected for ever, and the stream resumes before it', async () => {
    const { fetch, connections } = scriptedFetch('stream');
    const reported = followStream(ADDRESS, { fetch, maxBufferBytes: 20_000 });
    await settle();
    connections[0]?.send('id: 1\ndata: a\n\nid: 2\ndata: ');
    for (let sent = 0; sent < 20_000 && !connections[0]?.cancelled; sent += 100) {
      connections[0]?.send('x'.repeat(100));
      await settle();
    }
    expect(reported.log).toEqual(['connecting', 'live', 'a', 'reconnecting']);
    await vi.advanceTimersByTimeAsync(100);
    expect(connections[1]?.headers.get('last-event-id')).toBe('1');
    reported.stream.close();
  });

  test('what is just below arrives whole', async () => {
    const { fetch } = scriptedFetch(streamOf(`data: ${'x'.repeat(9_000)}\n`, `data: ${'y'.repeat(900)}\n\n`));
    const reported = followStream(ADDRESS, { fetch, maxBufferBytes: 20_000 });
    await settle();
    expect(reported.events[0]?.data).toHaveLength(9_901);
    reported.stream.close();
  });
});
