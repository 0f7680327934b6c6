// Tests the stream on the connections and behind the servers that users reported: lines that come and go, quiet servers,
// gateways that answer in the server's place.
import { describe, expect, it, vi } from 'vitest';
import { delayOf, fakeTimeInEachTest, names, openPlayed, settle } from '../../support/client/openPlayed.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';
import { standInPage } from '../../support/client/standInPage.ts';

fakeTimeInEachTest();

const down = () => new TypeError('no network');
const html = (status: number) => new Response('<h1>', { status, headers: { 'content-type': 'text/html' } });

describe('a line that is up for 20 s and down for half a second', () => {
  it('has the next connection within 2 s, for ten minutes', async () => {
    const rounds = 30;
    const played = scriptedFetch(...Array.from({ length: rounds }, () => ['stream', down()] as const).flat());
    const { stream, states } = openPlayed(played);
    await settle();
    for (let round = 1; round < rounds; round += 1) {
      played.connection.send(`id: ${round}\ndata: x\n\n`);
      await vi.advanceTimersByTimeAsync(20_000);
      played.connection.end();
      await vi.advanceTimersByTimeAsync(2_000);
      expect(names(states).at(-1), `round ${round}`).toBe('live');
    }
    stream.close();
  });
});

it('a server that closes after each new id is not hammered', async () => {
  const played = scriptedFetch('stream');
  const { stream } = openPlayed(played);
  for (let second = 0; second < 600; second += 1) {
    // Ten times a second the server notices an open connection, sends one event and closes.
    for (let tenth = 0; tenth < 10; tenth += 1) {
      await vi.advanceTimersByTimeAsync(100);
      if (stream.state.state !== 'live') continue;
      played.connection.send(`id: ${played.connections.length}\ndata: x\n\n`);
      played.connection.end();
    }
  }
  // 6,000 without a pause. Each connection brings something new, so no pause is longer than a second.
  expect(played.connections.length).toBeLessThan(620);
  expect(played.connections.length).toBeGreaterThan(500);
  stream.close();
});

it('counts the attempts where a server accepts and drops at once', async () => {
  const played = scriptedFetch('stream');
  const { stream, states } = openPlayed(played);
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await settle();
    played.connection.end();
    await settle();
    expect(states.at(-1)).toMatchObject({ state: 'reconnecting', attempt });
    await vi.advanceTimersByTimeAsync(delayOf(states));
  }
  stream.close();
});

describe('clients that a server sends away together', () => {
  it.each([
    ['retry:', (random: number) => delayAfter(random, 'retry: 8000\n\n')],
    [
      'Retry-After',
      (random: number) =>
        delayAfter(random, new Response('', { status: 503, headers: { 'retry-after': '8' } })),
    ],
  ])('come back one after the other: %s', async (_, delayWith) => {
    expect(await delayWith(0)).toBe(8_000);
    expect(await delayWith(0.999_999)).toBeCloseTo(12_000, 0);
  });

  async function delayAfter(random: number, answer: string | Response): Promise<number> {
    vi.mocked(Math.random).mockReturnValue(random);
    const played = scriptedFetch(typeof answer === 'string' ? 'stream' : answer);
    const { stream, states } = openPlayed(played);
    await settle();
    if (typeof answer === 'string') {
      played.connection.send(answer);
      played.connection.end();
    }
    await settle();
    stream.close();
    return delayOf(states);
  }
});

describe('Retry-After as a date', () => {
  const busy = (headers: HeadersInit) => new Response('', { status: 503, headers });
  const HOUR = 3_600_000;

  it('counts from the server’s own clock, however wrong the client’s is', async () => {
    const server = Date.now() + HOUR;
    const { stream, states } = openPlayed(
      scriptedFetch(
        busy({ date: new Date(server).toUTCString(), 'retry-after': new Date(server + 9_000).toUTCString() }),
      ),
    );
    await settle();
    expect(delayOf(states)).toBe(9_000);
    stream.close();
  });

  it('counts for five minutes at most where the server shows no clock', async () => {
    const { stream, states } = openPlayed(
      scriptedFetch(busy({ 'retry-after': new Date(Date.now() + HOUR).toUTCString() })),
    );
    await settle();
    expect(delayOf(states)).toBe(300_000);
    stream.close();
  });
});

describe('the watchdog', () => {
  async function minutes(count: number, { everySeconds, send }: { everySeconds: number; send(): void }) {
    for (let second = 1; second <= count * 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (second % everySeconds === 0) send();
    }
  }

  it('learns that a healthy server sends a comment once a minute', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    await settle();
    await minutes(20, { everySeconds: 60, send: () => played.connection.send(':\n') });
    expect(played.connections.length).toBeLessThanOrEqual(2);
    expect(names(states).at(-1)).toBe('live');
    stream.close();
  });

  it('waits 45 s again once bytes come as often as that', async () => {
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(played.connections, 'the silence may be the rhythm of the server').toHaveLength(2);
    await minutes(1, { everySeconds: 15, send: () => played.connection.send(':\n') });
    await vi.advanceTimersByTimeAsync(50_000);
    expect(played.connections).toHaveLength(3);
    stream.close();
  });

  it('waits 45 s again where the next connection brings what the silence held back', async () => {
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    for (let round = 1; round <= 4; round += 1) {
      await settle();
      played.connection.send(`id: ${round}\ndata: x\n\n`);
      await vi.advanceTimersByTimeAsync(50_000);
      expect(played.connections).toHaveLength(round + 1);
    }
    stream.close();
  });

  it('learns nothing from the sleep of the machine', async () => {
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    await settle();
    vi.setSystemTime(Date.now() + 3_600_000);
    // What was buffered comes before the watchdog looks.
    played.connection.send(':\n');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(played.connections).toHaveLength(2);
    stream.close();
  });

  it('waits no longer than five minutes', async () => {
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(played.connections.length).toBeGreaterThan(12);
    stream.close();
  });

  it.each([0, Number.POSITIVE_INFINITY, Number.NaN])(
    'does not watch at %d seconds',
    async (watchdogSeconds) => {
      const played = scriptedFetch('stream');
      const { stream } = openPlayed(played, { watchdogSeconds });
      await vi.advanceTimersByTimeAsync(86_400_000);
      expect(played.connections).toHaveLength(1);
      stream.close();
    },
  );
});

describe('the network comes back', () => {
  it('while the dead connection still looks live: the stream connects at once', async () => {
    const page = standInPage();
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    await settle();
    page.fire('offline');
    await vi.advanceTimersByTimeAsync(400);
    page.fire('online');
    await settle();
    expect(played.connections).toHaveLength(2);
    expect(played.connections[0]?.cancelled).toBe(true);
    stream.close();
  });

  it('while a reconnect hangs: the stream connects at once', async () => {
    const page = standInPage();
    const played = scriptedFetch('silence', 'stream');
    const { stream } = openPlayed(played);
    await vi.advanceTimersByTimeAsync(3_000);
    page.fire('online');
    await settle();
    expect(stream.state).toEqual({ state: 'live' });
    stream.close();
  });

  it('and bytes have come since it went: the connection stays', async () => {
    const page = standInPage();
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played);
    await settle();
    page.fire('offline');
    await vi.advanceTimersByTimeAsync(200);
    played.connection.send(':\n');
    await vi.advanceTimersByTimeAsync(200);
    page.fire('online');
    await settle();
    expect(played.connections).toHaveLength(1);
    stream.close();
  });
});

describe('an answer that is not the task server’s', () => {
  it.each([
    ['a gateway’s 404 while the server is deployed anew', html(404)],
    ['a sign-in page of the network', html(200)],
    ['a 403 of a firewall', html(403)],
  ])('%s is a lost connection once the stream was live', async (_, answer) => {
    const played = scriptedFetch('stream', answer, 'stream');
    const { stream, states, errors } = openPlayed(played);
    await settle();
    played.connection.end();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(errors).toEqual([]);
    expect(names(states).at(-1)).toBe('live');
    stream.close();
  });

  it('is a refusal before: the address may be wrong', async () => {
    const { errors } = openPlayed(scriptedFetch(html(404)));
    await settle();
    expect(errors).toMatchObject([{ code: 'invalid-response', status: 404 }]);
  });
});
