import { setupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  combine,
  createMockBackend,
  duplicates,
  failAt,
  generateTown,
  htmlInsteadOfStream,
  latency,
  lostCursor,
  type MockBackend,
  outOfOrder,
  REFRESHED_TOKEN,
  rateLimited,
  type Scenario,
  type ScenarioName,
  scenarios,
  serverErrorOnEnqueue,
  stall,
  streamCut,
  timesOut,
  unauthorizedThenRefresh,
} from '../../../../mocks/index.ts';
import { createTaskClient, type SystemClient, type TaskClientOptions } from '../../../../src/client/index.ts';
import { countTask } from '../../../support/tasks/countTask.ts';
import { followTask } from '../../../support/tasks/followTask.ts';

const town = generateTown({ addresses: 20 });
const STEPS = 200;

/** Lets the faked time run about ten times as fast as the real one, until the test has ended. */
function runClock() {
  vi.useFakeTimers();
  let runs = true;
  const clock = (async () => {
    while (runs) await vi.advanceTimersByTimeAsync(10);
  })();
  return async () => {
    runs = false;
    await clock;
    vi.useRealTimers();
  };
}

/** Waits for a condition by whichever clock the test has: `vi.waitFor` would let a faked one run far ahead. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 10));
}

type Connect = (backend: MockBackend, options?: Partial<TaskClientOptions>) => Required<SystemClient>;

const overFetch: Connect = ({ fetch }, options) =>
  createTaskClient({ baseUrl: 'http://tasks.test', fetch, ...options });

const overMsw: Connect = (backend, options) => {
  const server = setupServer(...backend.handlers('http://tasks.test/api'));
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => server.close());
  return createTaskClient({ baseUrl: 'http://tasks.test/api', ...options });
};

// The sockets that MSW stands in for keep to the real time.
describe.each([
  ['its own fetch', overFetch, runClock],
  ['msw/node', overMsw, () => {}],
])('a client of the mock backend over %s', (_, connect, clock) => {
  beforeEach(clock);

  async function open(scenario: Scenario | null, runSeconds = 0, options?: Partial<TaskClientOptions>) {
    const backend = await createMockBackend({ town, tasks: [countTask], runSeconds, scenario });
    onTestFinished(() => backend.close());
    return { backend, client: connect(backend, options) };
  }

  async function runToTheEnd(client: SystemClient, steps = STEPS) {
    const { id } = await client.enqueueTask('count', { steps });
    const seen = followTask(client, id);
    await seen.ended;
    return seen;
  }

  const whole = {
    endings: ['success', 'end'],
    result: { counted: STEPS },
    drawnTwice: [],
  };

  test('sees everything once where nothing goes wrong', async () => {
    const { client } = await open(null);
    const seen = await runToTheEnd(client);
    expect(seen).toMatchObject(whole);
    expect(seen.drawn.size).toBe(STEPS);
    expect(seen.progress.at(-1)).toMatchObject({ percent: 100, done: STEPS });
    expect(seen.connections).toEqual(['connecting', 'live', 'closed']);
  });

  test('latency: everything arrives, only later', async () => {
    const { client } = await open(latency({ ms: 30, jitterMs: 20 }), 0.6);
    const seen = await runToTheEnd(client);
    expect(seen).toMatchObject(whole);
    expect(seen.drawn.size).toBe(STEPS);
  });

  test.each(['reset', 'eof'] as const)(
    'streamCut (%s): it reconnects, loses nothing, sees nothing twice',
    async (how) => {
      const { client } = await open(streamCut({ everyMs: 150, how }), 0.6);
      const seen = await runToTheEnd(client);
      expect(seen).toMatchObject(whole);
      expect(seen.drawn.size).toBe(STEPS);
      expect(seen.snapshots).toBeLessThanOrEqual(2);
      expect(seen.connections).toContain('reconnecting');
      expect(seen.connections.at(-1)).toBe('closed');
    },
  );

  test('duplicates: nothing is told twice, the end least of all', async () => {
    const { client } = await open(duplicates(), 0.3);
    const seen = await runToTheEnd(client);
    expect(seen).toMatchObject(whole);
    expect(seen.drawn.size).toBe(STEPS);
    const percents = seen.progress.map(({ percent }) => percent);
    expect(new Set(percents).size).toBe(percents.length);
  });

  test('outOfOrder: what is old is not told again, progress never goes back', async () => {
    const { client } = await open(outOfOrder(), 0.3);
    const seen = await runToTheEnd(client);
    expect(seen).toMatchObject(whole);
    expect(seen.drawn.size).toBe(STEPS);
    const percents = seen.progress.map(({ percent }) => percent ?? 0);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
  });

  test('lostCursor: a snapshot brings back all that was built', async () => {
    const { client } = await open(
      combine('both', streamCut({ everyMs: 150, how: 'eof' }), lostCursor()),
      1.5,
    );
    const seen = await runToTheEnd(client);
    expect(seen).toMatchObject(whole);
    expect(seen.connections).toContain('reconnecting');
    // How many depends on when the line is cut; without a lost cursor there is one, or two when it saw the start.
    expect(seen.snapshots).toBeGreaterThan(2);
    // Without a gap; what was built while the client was away for the last time is committed, and not told any more.
    expect([...seen.drawn]).toEqual(Array.from(seen.drawn, (_, i) => `pole/${i + 1}`));
    expect(seen.drawn.size).toBeGreaterThan(0);
  });

  test('unauthorizedThenRefresh: the token is refreshed once, and the task runs', async () => {
    const asked: boolean[] = [];
    let current = 'expired';
    const token = ({ refresh }: { refresh: boolean }) => {
      asked.push(refresh);
      if (refresh) current = REFRESHED_TOKEN;
      return current;
    };
    const { client } = await open(unauthorizedThenRefresh(), 0, { token });
    expect(await runToTheEnd(client)).toMatchObject(whole);
    expect(asked.filter((refresh) => refresh)).toHaveLength(1);
  });

  test('unauthorizedThenRefresh: who cannot refresh is told to sign in', async () => {
    const { client } = await open(unauthorizedThenRefresh(), 0, { token: 'expired' });
    await expect(client.enqueueTask('count', { steps: 1 })).rejects.toMatchObject({
      code: 'unauthorized',
      status: 401,
      message: expect.stringContaining('token has expired'),
    });
  });

  test('rateLimited: the call is refused and says when to try again; then it works', async () => {
    const { client } = await open(rateLimited({ retryAfterSeconds: 7, times: 1 }));
    await expect(client.enqueueTask('count', { steps: STEPS })).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 7,
    });
    expect(await runToTheEnd(client)).toMatchObject(whole);
  });

  test('serverErrorOnEnqueue: a clear error, nothing queued, and the next attempt works', async () => {
    const { client } = await open(serverErrorOnEnqueue({ times: 1 }));
    await expect(client.enqueueTask('count', { steps: STEPS })).rejects.toMatchObject({
      code: 'internal',
      status: 500,
      message: expect.stringContaining('Nothing was started'),
    });
    expect((await client.listTasks()).tasks).toEqual([]);
    expect(await runToTheEnd(client)).toMatchObject(whole);
  });

  test('failAt: the task fails there, and says so once', async () => {
    const { client } = await open(failAt({ done: 50 }));
    const seen = await runToTheEnd(client);
    expect(seen.endings).toEqual(['failure', 'end']);
    expect(seen.error).toMatchObject({
      code: 'simulated-failure',
      message: expect.stringContaining('at 50 of 200'),
      details: { done: 50, total: STEPS },
    });
  });

  test('timesOut: the task is out of time half way, and says so once', async () => {
    const { client } = await open(timesOut({ afterSeconds: 0.2 }));
    const seen = await runToTheEnd(client);
    expect(seen.endings).toEqual(['failure', 'end']);
    expect(seen.error).toMatchObject({ code: 'timeout', details: { timeoutSeconds: 0.2 } });
    expect(seen.progress.at(-1)).toMatchObject({ percent: 50 });
  });

  test('htmlInsteadOfStream: it does not try for ever, but says what came instead', async () => {
    const { client } = await open(htmlInsteadOfStream());
    const seen = await runToTheEnd(client);
    expect(seen.endings).toEqual(['failure', 'end']);
    expect(seen.error).toMatchObject({
      code: 'invalid-response',
      message: expect.stringMatching(/text\/html.*sign-in page/),
    });
    expect(seen.connections).not.toContain('reconnecting');
  });

  test('switching a scenario off ends its silent streams, and the client catches up', async () => {
    const { backend, client } = await open(stall({ afterMs: 0 }), 0.3);
    const { id } = await client.enqueueTask('count', { steps: STEPS });
    const seen = followTask(client, id);
    await until(async () => (await client.getTask(id)).status === 'succeeded');
    expect(seen.endings).toEqual([]);
    backend.use(null);
    await seen.ended;
    expect(seen).toMatchObject(whole);
    expect(seen.drawn.size).toBe(STEPS);
  });

  test('a client that closes its stream is told nothing more, and the backend lets go of it', async () => {
    const { backend, client } = await open(null, 60);
    const events = vi.spyOn(backend.engine, 'events');
    const { id } = await client.enqueueTask('count', { steps: STEPS });
    const seen = followTask(client, id);
    await until(() => seen.connections.includes('live'));
    seen.stream.close();
    const [opened] = events.mock.results;
    await until(() => opened?.value.over);
    expect(seen.endings).toEqual([]);
  });
});

describe('with the clock under control', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function open(scenario: Scenario | null, runSeconds = 0) {
    const backend = await createMockBackend({ town, tasks: [countTask], runSeconds, scenario });
    onTestFinished(() => backend.close());
    return { backend, client: overFetch(backend) };
  }

  test('stall: after 45 s of silence the client reconnects, and sees the rest', async () => {
    const { client } = await open(stall({ afterMs: 5_000 }), 60);
    const { id } = await client.enqueueTask('count', { steps: STEPS });
    const seen = followTask(client, id);
    await vi.advanceTimersByTimeAsync(49_000);
    expect(seen.connections).toEqual(['connecting', 'live']);
    await vi.advanceTimersByTimeAsync(80_000);
    await seen.ended;
    expect(seen.reconnections[0]?.reason).toContain('45 s');
    expect(seen).toMatchObject({ endings: ['success', 'end'], drawnTwice: [] });
    expect(seen.drawn.size).toBe(STEPS);
  });

  test('rateLimited: the stream waits as long as it was asked to, and shows it', async () => {
    const { backend, client } = await open(null);
    const { id } = await client.enqueueTask('count', { steps: STEPS });
    backend.use(rateLimited({ retryAfterSeconds: 5, times: 1 }));
    const seen = followTask(client, id);
    await vi.waitFor(() => expect(seen.reconnections).toHaveLength(1));
    const [{ retryAt, reason } = { retryAt: 0, reason: '' }] = seen.reconnections;
    expect(reason).toContain('429');
    // It comes up to half later, so that not all clients come at once.
    expect(retryAt - Date.now()).toBeGreaterThan(4_000);
    await vi.advanceTimersByTimeAsync(8_000);
    await seen.ended;
    expect(seen.endings).toEqual(['success', 'end']);
  });

  test('runSeconds: percent does not run ahead of the time', async () => {
    const { client } = await open(null, 20);
    const { id } = await client.enqueueTask('count', { steps: STEPS });
    const seen = followTask(client, id);
    await vi.advanceTimersByTimeAsync(10_000);
    const half = seen.progress.at(-1)?.percent ?? 0;
    expect(half).toBeGreaterThan(45);
    expect(half).toBeLessThanOrEqual(51);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(seen.endings).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    await seen.ended;
    expect(seen.endings).toEqual(['success', 'end']);
  });

  test('runSeconds: the time a task is held back does not count against its timeout', async () => {
    const { client } = await open(null, 400);
    const { id } = await client.enqueueTask('count', { steps: STEPS });
    const seen = followTask(client, id);
    await vi.advanceTimersByTimeAsync(401_000);
    await seen.ended;
    expect(seen.endings).toEqual(['success', 'end']);
  });

  test.each(Object.keys(scenarios) as ScenarioName[])(
    '%s leaves no timer behind when the backend closes',
    async (name) => {
      const { backend, client } = await open(scenarios[name](), 30);
      const enqueued = client
        .enqueueTask('count', { steps: STEPS })
        .then(({ id }) => followTask(client, id))
        .catch(() => undefined);
      await vi.advanceTimersByTimeAsync(5_000);
      const seen = await enqueued;
      seen?.stream.close();
      await backend.close();
      await vi.advanceTimersByTimeAsync(100);
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});
