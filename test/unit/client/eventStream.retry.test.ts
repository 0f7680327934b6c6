import { describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../../../src/client/index.ts';
import { delayOf, fakeTimeInEachTest, names, openPlayed, settle } from '../../support/client/openPlayed.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';

fakeTimeInEachTest();

describe('the pause before a retry', () => {
  /** The next so many pauses, in milliseconds, while every try fails. */
  async function pauses(states: ConnectionState[], count: number): Promise<number[]> {
    const result: number[] = [];
    while (result.length < count) {
      result.push(delayOf(states));
      await vi.advanceTimersByTimeAsync(delayOf(states));
    }
    return result;
  }

  it('is short once, then 1 s doubling to 30 s', async () => {
    const { stream, states } = openPlayed(scriptedFetch(new Error('down')));
    await settle();
    expect(await pauses(states, 8)).toEqual([80, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(states.at(-1)).toMatchObject({ attempt: 9 });
    stream.close();
  });

  it('is up to half shorter at random', async () => {
    vi.mocked(Math.random).mockReturnValue(0.999999);
    const { stream, states } = openPlayed(scriptedFetch(new Error('down')));
    await settle();
    const [first, second, third] = await pauses(states, 3);
    expect(first).toBeCloseTo(40, 0);
    expect(second).toBeCloseTo(500, 0);
    expect(third).toBeCloseTo(1000, 0);
    stream.close();
  });

  it('is short again after every connection that brought something new', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    await settle();
    for (let id = 1; id <= 5; id += 1) {
      played.connection.send(`id: ${id}\ndata: x\n\n`);
      played.connection.end();
      await settle();
      expect(delayOf(states)).toBeLessThanOrEqual(100);
      await vi.advanceTimersByTimeAsync(100);
    }
    stream.close();
  });

  it('grows where the server accepts and closes at once', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    const delays: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await settle();
      played.connection.end();
      await settle();
      delays.push(delayOf(states));
      await vi.advanceTimersByTimeAsync(delayOf(states));
    }
    expect(delays).toEqual([80, 1000, 2000, 4000]);
    stream.close();
  });

  it('grows where the server sends the same snapshot and closes at once', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    const delays: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await settle();
      played.connection.send('id: 5\ndata: the same\n\n');
      played.connection.end();
      await settle();
      delays.push(delayOf(states));
      await vi.advanceTimersByTimeAsync(delayOf(states));
    }
    expect(delays).toEqual([80, 1000, 2000, 4000]);
    stream.close();
  });

  it('starts over after a healthy minute', async () => {
    const played = scriptedFetch(new Error('1'), new Error('2'), new Error('3'), 'stream', new Error('4'));
    const { stream, states } = openPlayed(played);
    await settle();
    expect(await pauses(states, 3)).toEqual([80, 1000, 2000]);
    for (let second = 0; second < 61; second += 1) {
      played.connection.send(':\n');
      await vi.advanceTimersByTimeAsync(1000);
    }
    played.connection.end();
    await settle();
    expect(await pauses(states, 3)).toEqual([80, 1000, 2000]);
    stream.close();
  });

  it.each([
    ['seconds', () => '7', 7000],
    ['a date', () => new Date(Date.now() + 9000).toUTCString(), 9000],
  ])('is no shorter than Retry-After in %s', async (_name, value, floor) => {
    vi.setSystemTime('2026-01-01T00:00:00Z');
    const busy = new Response('', { status: 503, headers: { 'retry-after': value() } });
    const { stream, states } = openPlayed(scriptedFetch(busy, new Error('down')));
    await settle();
    expect(delayOf(states)).toBe(floor);
    await vi.advanceTimersByTimeAsync(floor);
    expect(delayOf(states), 'it is good for one pause').toBe(1000);
    stream.close();
  });

  it('survives a Retry-After longer than a timer can be', async () => {
    const busy = new Response('', { status: 429, headers: { 'retry-after': '99999999999' } });
    const played = scriptedFetch(busy);
    const { stream } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(played.connections).toHaveLength(1);
    stream.close();
  });
});

describe('the watchdog', () => {
  it('takes 45 s without a byte for a lost connection', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(44_000);
    expect(names(states)).toEqual(['connecting', 'live']);
    await vi.advanceTimersByTimeAsync(6000);
    expect(states).toContainEqual(expect.objectContaining({ reason: 'silent for 45 s' }));
    expect(played.connections[0]?.init.signal?.aborted).toBe(true);
    expect(played.connections[0]?.cancelled).toBe(true);
    expect(stream.state).toEqual({ state: 'live' });
    stream.close();
  });

  it('is content with any byte', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    await settle();
    for (let i = 0; i < 20; i += 1) {
      played.connection.send(':');
      await vi.advanceTimersByTimeAsync(40_000);
    }
    expect(names(states)).toEqual(['connecting', 'live']);
    stream.close();
  });

  it('also watches a request that is never answered, by a fetch that knows no signal', async () => {
    const played = scriptedFetch('silence', 'stream');
    const { stream } = openPlayed(played, { watchdogSeconds: 10 });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(stream.state).toEqual({ state: 'live' });
    stream.close();
  });

  it('compares wall clocks: after a sleep it does not wait another 45 s', async () => {
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    await settle();
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(played.connections).toHaveLength(2);
    stream.close();
  });
});

describe('the page', () => {
  function fakePage() {
    const page = new EventTarget();
    const listening = vi.fn<(change: number) => void>();
    vi.stubGlobal(
      'addEventListener',
      (type: string, listener: () => void, options: AddEventListenerOptions) => {
        listening(1);
        options.signal?.addEventListener('abort', () => listening(-1));
        page.addEventListener(type, listener, options);
      },
    );
    return {
      fire: (type: string) => page.dispatchEvent(new Event(type)),
      listeners: () => listening.mock.calls.reduce((sum, [change]) => sum + change, 0),
    };
  }

  it.each(['online', 'pageshow', 'resume'])('%s: tries at once', async (type) => {
    const page = fakePage();
    const played = scriptedFetch(new Error('1'), new Error('2'), new Error('3'), 'stream');
    const { stream } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(1100);
    expect(stream.state).toMatchObject({ state: 'reconnecting', attempt: 3 });
    page.fire(type);
    await settle();
    expect(stream.state).toEqual({ state: 'live' });
    page.fire(type);
    await settle();
    expect(played.connections, 'a live connection stays').toHaveLength(4);
    stream.close();
    expect(page.listeners()).toBe(0);
  });

  it.each([
    ['pagehide', 'pageshow'],
    ['freeze', 'resume'],
  ])('%s lets go of the connection until %s', async (away, back) => {
    const page = fakePage();
    const played = scriptedFetch('stream');
    const { stream, events } = openPlayed(played);
    await settle();
    played.connection.send('id: 1\ndata: a\n\n');
    await settle();
    page.fire(away);
    expect(played.connections[0]?.init.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(played.connections).toHaveLength(1);
    page.fire(back);
    await settle();
    expect(stream.state).toEqual({ state: 'live' });
    expect(played.connection.headers.get('last-event-id')).toBe('1');
    expect(events).toHaveLength(1);
    stream.close();
  });

  it('goes on while it is hidden', async () => {
    const page = fakePage();
    const played = scriptedFetch('stream');
    const { stream, events } = openPlayed(played);
    await settle();
    page.fire('visibilitychange');
    page.fire('blur');
    played.connection.send('data: a\n\n');
    await settle();
    expect(events).toHaveLength(1);
    stream.close();
  });
});
