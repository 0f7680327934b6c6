import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followStream } from '../../support/client/followStream.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';
import { streamOf } from '../../support/client/streamOf.ts';

/** Tests how the rules for pauses between connections play together. eventStream.retry.test.ts tests each rule alone. */

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const down = new TypeError('no network');

/** The pauses that were told over this many minutes, and 'quick' for what is at most 100 ms. */
async function pausesOver(minutes: number, ...answers: Parameters<typeof scriptedFetch>) {
  const { fetch, connections } = scriptedFetch(...answers);
  const reported = followStream('http://stream.test/events', { fetch });
  await vi.advanceTimersByTimeAsync(minutes * 60_000);
  reported.stream.close();
  expect(connections.length - reported.pauses.length).toBeLessThanOrEqual(1);
  return reported.pauses.map((pause) => (pause <= 100 ? 'quick' : pause));
}

test('a connection that brought something new starts over', async () => {
  const pauses = await pausesOver(1, down, down, down, streamOf('id: 7\ndata: a\n\n'), down);
  expect(pauses.slice(0, 6)).toEqual(['quick', 1_000, 2_000, 'quick', 1_000, 2_000]);
});

describe('a server is not hammered that', () => {
  test.each([
    ['sends a comment and closes', streamOf(':\n\n')],
    ['sends half an event and closes', streamOf('id: 1\ndata: 1')],
    ['sends an event without an id and closes', streamOf('data: 1\n\n')],
    ['sends an id without an event and closes', streamOf('id: 1\n\n')],
    ['answers an empty stream', streamOf()],
  ])('%s', async (_, answer) => {
    const pauses = await pausesOver(1, answer);
    // What was new the first time may make one quick retry more.
    expect(pauses.filter((pause) => pause === 'quick').length).toBeLessThanOrEqual(2);
    expect(pauses.filter((pause) => pause !== 'quick').slice(0, 5)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000,
    ]);
  });
});

test('a stream without ids has its quick retry where events came over more than half a second', async () => {
  const { fetch, connections } = scriptedFetch('stream');
  const reported = followStream('http://stream.test/events', { fetch });
  for (let round = 1; round <= 4; round++) {
    await vi.advanceTimersByTimeAsync(0);
    connections.at(-1)?.send('data: a\n\n');
    await vi.advanceTimersByTimeAsync(600);
    connections.at(-1)?.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(connections).toHaveLength(round + 1);
  }
  reported.stream.close();
  expect(Math.max(...reported.pauses)).toBeLessThanOrEqual(100);
});

describe('what the server asks for is a floor', () => {
  const busy = (retryAfter: string) =>
    new Response('', { status: 503, headers: { 'retry-after': retryAfter } });

  test('retry: counts for all connections that follow, and the backoff goes on underneath', async () => {
    const pauses = await pausesOver(2, streamOf('retry: 3000\nid: 1\ndata: a\n\n'), down);
    expect(pauses.slice(0, 5)).toEqual([3_000, 3_000, 3_000, 4_000, 8_000]);
  });

  test('a newer retry: replaces it', async () => {
    const pauses = await pausesOver(
      1,
      streamOf('retry: 5000\nid: 1\ndata: a\n\n'),
      streamOf('retry: 0\nid: 2\ndata: b\n\n'),
      down,
    );
    expect(pauses.slice(0, 3)).toEqual([5_000, 'quick', 1_000]);
  });

  test('the longest of them all counts; all clients at once would be too many, so some come up to half later', async () => {
    vi.mocked(Math.random).mockReturnValue(0.9);
    const pauses = await pausesOver(1, streamOf('retry: 2000\n\n'), busy('9'), busy('1'));
    expect(pauses.slice(0, 3)).toEqual([2_900, 13_050, 2_900]);
  });

  test.each(['', 'soon', '-5', '0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'Retry-After: %j is none',
    async (value) => {
      const pauses = await pausesOver(1, busy(value), down);
      expect(pauses.slice(0, 2)).toEqual(['quick', 1_000]);
    },
  );

  test.each(['retry: 99999999999999999999\n\n', `retry: ${'9'.repeat(400)}\n\n`])(
    'retry: of years is no reason to hammer',
    async (text) => {
      expect(await pausesOver(600, streamOf(text))).toHaveLength(1);
    },
  );
});
