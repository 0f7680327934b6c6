import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeReflexServer } from '../../../../support/client/fakeReflexServer.ts';
import { followReflex } from '../../../../support/client/followReflex.ts';
import { standInPage } from '../../../../support/client/standInPage.ts';

/** A WebSocket of the Reflex protocol comes and goes. createReflexClient.test.ts has what is sent over it. */

const START = Date.UTC(2026, 0, 1);
const settle = () => vi.advanceTimersByTimeAsync(0);
const running = (progress: number) => ({ status: 'PROCESSING', progress });
const finished = { status: 'FINISHED', progress: 100 };

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Follows task 'a'. At its end nothing may be left: neither a timer nor a WebSocket. */
async function follow(change: (server: ReturnType<typeof fakeReflexServer>) => void = () => {}) {
  const server = fakeReflexServer();
  server.set('a', running(10));
  change(server);
  const followed = followReflex(server, 'a');
  await settle();
  return { server, ...followed };
}

function leavesNothing(server: ReturnType<typeof fakeReflexServer>) {
  expect(vi.getTimerCount()).toBe(0);
  expect(server.open).toEqual([]);
}

test('a WebSocket that closes without an end is a lost connection: what came meanwhile is not missed', async () => {
  const { server, percents, states, outcomes } = await follow();
  server.tasks.a = { ...running(60), created_at: 1 };
  server.latest.closes();
  await vi.advanceTimersByTimeAsync(100);
  expect(states.map(({ state }) => state)).toEqual([
    'connecting',
    'live',
    'reconnecting',
    'connecting',
    'live',
  ]);
  expect(states[2]).toMatchObject({ attempt: 1, reason: 'the WebSocket was closed (1006)' });
  expect(percents).toEqual([10, 60]);
  expect(outcomes).toEqual([]);
  server.set('a', finished);
  expect(outcomes).toEqual(['success', 'end']);
  leavesNothing(server);
});

test.each([1000, 1001, 1005, 1006, 1011, 1012, 4404, 4999])(
  'the code %i is no end: the client asks the server',
  async (code) => {
    const { server, outcomes, stream } = await follow();
    server.latest.closes(code);
    await vi.advanceTimersByTimeAsync(100);
    expect(server.sockets).toHaveLength(2);
    expect(outcomes).toEqual([]);
    stream.close();
    leavesNothing(server);
  },
);

test('an end that came while the connection was lost is reported once', async () => {
  const { server, outcomes } = await follow();
  server.tasks.a = finished;
  server.latest.closes();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outcomes).toEqual(['success', 'end']);
  expect(server.sockets).toHaveLength(1);
  leavesNothing(server);
});

test('a connection that drops every 20 s is back within 100 ms, each time', async () => {
  const { server, states, stream } = await follow();
  for (let round = 1; round <= 20; round++) {
    await vi.advanceTimersByTimeAsync(20_000);
    server.tasks.a = running(10 + round);
    server.latest.closes();
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toEqual({ state: 'live' });
  }
  stream.close();
  leavesNothing(server);
});

test('a server that closes each WebSocket as soon as it has sent the known state is not hammered', async () => {
  const { server, pauses, stream } = await follow((server) => {
    server.onSocket = (socket) => {
      socket.opens();
      socket.sends(server.stateOf(socket.url));
      socket.closes(1008, 'invalid key');
    };
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pauses.slice(0, 7)).toEqual([80, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  stream.close();
  leavesNothing(server);
});

test('the pauses have no limit of tries, and 503 with Retry-After is waited for', async () => {
  const { server, pauses, stream } = await follow((server) => {
    server.onSocket = (socket) => socket.closes();
    server.answer = () => new Response('', { status: 503, headers: { 'retry-after': '50' } });
  });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(pauses.slice(0, 3)).toEqual([80, 50_000, 50_000]);
  expect(pauses.length).toBeGreaterThan(60);
  stream.close();
  leavesNothing(server);
});

describe('what the server refuses for good ends the follower, with the reason that the handshake hides', () => {
  const answers = (status: number, code: string) => () =>
    Response.json(
      { type: `urn:problem-type:lrt:${code}`, title: code, status, detail: `It is ${code}` },
      { status, headers: { 'content-type': 'application/problem+json' } },
    );

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'task-not-found'],
  ])('%i', async (status, code) => {
    const { server, failures, outcomes } = await follow((server) => {
      server.onSocket = (socket) => socket.closes();
      server.answer = answers(status, code);
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(failures).toEqual([expect.objectContaining({ code, message: `It is ${code}` })]);
    expect(outcomes).toEqual(['failure', 'end']);
    leavesNothing(server);
  });

  test('a page of a proxy in place of everything', async () => {
    const { server, failures } = await follow((server) => {
      server.onSocket = (socket) => socket.closes();
      server.answer = () =>
        new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(failures).toEqual([expect.objectContaining({ code: 'invalid-response' })]);
    expect(failures[0]?.message).toMatch(
      /tasks\/tab-1\/a answered no state of the Reflex protocol.*baseUrl.*sign-in/,
    );
    leavesNothing(server);
  });

  test('once the server was seen, such a page is a gateway in its place', async () => {
    const { server, outcomes, states } = await follow();
    server.answer = () => new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } });
    server.latest.closes();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(outcomes).toEqual([]);
    server.answer = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states.at(-1)).toEqual({ state: 'live' });
    server.set('a', finished);
    leavesNothing(server);
  });
});

test('after a 401 the token is refreshed, and the next WebSocket has the new one', async () => {
  const server = fakeReflexServer();
  server.set('a', running(10));
  server.onSocket = (socket) => {
    if (!socket.protocols[1]?.endsWith(btoa('new').replaceAll('=', ''))) return socket.closes();
    socket.opens();
    socket.sends(server.stateOf(socket.url));
  };
  server.answer = (_, { headers }) =>
    headers.get('authorization') === 'Bearer new' ? undefined : new Response('', { status: 401 });
  let held = 'old';
  const { states, stream } = followReflex(server, 'a', {
    token: ({ refresh }) => {
      if (refresh) held = 'new';
      return held;
    },
  });
  await vi.advanceTimersByTimeAsync(200);
  expect(states.at(-1)).toEqual({ state: 'live' });
  expect(server.sockets.map(({ protocols }) => protocols)).toEqual([
    ['lrt', 'bearer.b2xk'],
    ['lrt', 'bearer.bmV3'],
  ]);
  for (const { url } of server.sockets) expect(url).toBe('ws://reflex.test/api/ws/tasks/tab-1/a');
  stream.close();
  leavesNothing(server);
});

describe('a proxy that swallows the upgrade', () => {
  test('calls stand in for the WebSocket, and it is tried again', async () => {
    const { server, states, percents, outcomes } = await follow((server) => {
      server.onSocket = (socket) => socket.closes();
    });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states.at(-1)).toEqual({ state: 'polling' });
    server.tasks.a = running(30);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(percents.at(-1)).toBe(30);
    const tried = server.sockets.length;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(server.sockets.length).toBe(tried + 1);
    expect(states.at(-1)).toEqual({ state: 'polling' });
    // The proxy is gone.
    server.onSocket = (socket) => {
      socket.opens();
      socket.sends(server.stateOf(socket.url));
    };
    await vi.advanceTimersByTimeAsync(63_000);
    expect(states.at(-1)).toEqual({ state: 'live' });
    server.set('a', finished);
    expect(outcomes).toEqual(['success', 'end']);
    leavesNothing(server);
  });

  test('one that opens the WebSocket and delivers nothing is found out too', async () => {
    const { server, states, percents, outcomes } = await follow((server) => {
      server.onSocket = (socket) => socket.opens();
    });
    for (let second = 1; second <= 60; second++) {
      server.tasks.a = running(10 + second);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(states.at(-1)).toEqual({ state: 'polling' });
    expect(percents.at(-1)).toBeGreaterThan(65);
    server.tasks.a = finished;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(outcomes).toEqual(['success', 'end']);
    leavesNothing(server);
  });

  test('without any WebSocket in this place, calls stand in', async () => {
    const { states, outcomes, server } = await follow((server) => {
      server.WebSocket = class extends server.WebSocket {
        constructor() {
          super('ws://none.test');
          throw new DOMException('The policy forbids it', 'SecurityError');
        }
      };
    });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states.at(-1)).toEqual({ state: 'polling' });
    server.tasks.a = finished;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(outcomes).toEqual(['success', 'end']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a WebSocket that is dead and looks alive', () => {
  test('is found out by a call after 45 s of silence, where the task went on', async () => {
    const { server, states, percents, stream } = await follow();
    const dead = server.latest;
    await vi.advanceTimersByTimeAsync(1_000);
    server.tasks.a = running(70);
    await vi.advanceTimersByTimeAsync(51_000);
    expect(percents.at(-1)).toBe(70);
    expect(states.some((state) => 'reason' in state && /silent/.test(state.reason))).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states.at(-1)).toEqual({ state: 'live' });
    expect(server.sockets).toHaveLength(2);
    const heard = states.length;
    // The browser says minutes later that the first one is closed, and brings what it had kept.
    dead.sends({ type: 'state_update', ...running(99) });
    dead.closes();
    expect(percents.at(-1)).toBe(70);
    expect(states).toHaveLength(heard);
    stream.close();
    leavesNothing(server);
  });

  test('a task that is quiet for an hour keeps its WebSocket', async () => {
    const { server, states, stream } = await follow();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(server.sockets).toHaveLength(1);
    expect(server.calls.length).toBeGreaterThan(60);
    expect(server.calls.length).toBeLessThan(90);
    expect(states.at(-1)).toEqual({ state: 'live' });
    stream.close();
    leavesNothing(server);
  });

  test('one that neither opens nor closes is given up after 10 s; a call shows the state meanwhile', async () => {
    const { server, percents, states, stream } = await follow((server) => {
      server.onSocket = () => {};
    });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(percents).toEqual([10]);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(states.at(-1)).toMatchObject({ state: 'reconnecting', reason: expect.stringContaining('10 s') });
    expect(server.sockets[0]?.isClosed).toBe(true);
    stream.close();
    leavesNothing(server);
  });

  test('a machine that slept connects again at once', async () => {
    const { server, states, stream } = await follow();
    vi.setSystemTime(START + 3_600_000);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(server.sockets).toHaveLength(2);
    expect(states.at(-1)).toEqual({ state: 'live' });
    stream.close();
    leavesNothing(server);
  });
});

describe('the page', () => {
  test('online ends a pause, and a connection over the network before', async () => {
    const page = standInPage();
    const { server, states, stream } = await follow();
    await vi.advanceTimersByTimeAsync(5_000);
    page.fire('offline');
    page.fire('online');
    await settle();
    expect(server.sockets).toHaveLength(2);
    expect(states.at(-1)).toEqual({ state: 'live' });
    stream.close();
    expect(page.heard()).toEqual([]);
    leavesNothing(server);
  });

  test.each([
    ['pagehide', 'pageshow'],
    ['freeze', 'resume'],
  ])('%s closes the WebSocket, so that the page is kept; %s connects', async (away, back) => {
    const page = standInPage();
    const { server, states, percents, stream } = await follow();
    page.fire(away);
    expect(server.open).toEqual([]);
    server.tasks.a = running(80);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(server.sockets).toHaveLength(1);
    page.fire(back);
    await settle();
    expect(percents.at(-1)).toBe(80);
    expect(states.at(-1)).toEqual({ state: 'live' });
    stream.close();
    leavesNothing(server);
  });
});

test('close() at any moment leaves nothing, and nothing is said afterwards', async () => {
  for (let ms = 0; ms <= 2_200; ms += 55) {
    const { server, states, stream } = await follow((server) => {
      server.onSocket = (socket) => socket.closes();
    });
    await vi.advanceTimersByTimeAsync(ms);
    stream.close();
    stream.close();
    const heard = states.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toHaveLength(heard);
    leavesNothing(server);
  }
});
