import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createService } from '../../../../../server/src/service/createService.ts';
import { longRunning, quick, type ServiceControls } from '../../../../../server/src/service/methods.ts';
import type { ConnectionState, TaskError, TaskSnapshot } from '../../../../../src/client/index.ts';
import {
  type ControlClientOptions,
  createControlClient,
} from '../../../../../src/client/protocols/control/createControlClient.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A service with one task that the test drives, and a client that counts its questions. */
function open(options: Partial<ControlClientOptions> = {}) {
  const running = new Map<string, ServiceControls & PromiseWithResolvers<unknown>>();
  let runs = 0;
  const service = createService({
    methods: {
      Hello: quick(({ parameters }) => ({ hello: parameters.name })),
      Work: longRunning(({ taskId }, controls) => {
        runs += 1;
        const end = Promise.withResolvers<unknown>();
        controls.signal.addEventListener('abort', () => end.reject(controls.signal.reason));
        running.set(taskId, { ...controls, ...end });
        return end.promise;
      }),
    },
  });
  /** Answers in place of the service, until it is undefined. */
  let instead: ((path: string) => Response | undefined | Promise<Response | undefined>) | undefined;
  const asked: { path: string; at: number }[] = [];
  const client = createControlClient({
    baseUrl: 'http://service.test',
    canCancel: true,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const path = new URL(request.url).pathname.replace('/control/', '');
      asked.push({ path, at: Date.now() });
      return (await instead?.(path)) ?? service.fetch(request);
    },
    ...options,
  });
  return {
    client,
    service,
    asked,
    runs: () => runs,
    work: (id: string | number) => running.get(`${id}`) ?? expect.fail(`${id} does not run`),
    answerWith(answer: typeof instead) {
      instead = answer;
    },
  };
}

type Client = ReturnType<typeof open>['client'];

function follow(client: Client, id: string | number) {
  const percents: (number | null)[] = [];
  const messages: string[] = [];
  const outcomes: unknown[] = [];
  const states: ConnectionState['state'][] = [];
  const stream = client.streamTaskProgress(id, {
    onProgress({ percent, message }) {
      percents.push(percent);
      messages.push(message);
    },
    onSuccess: (result) => void outcomes.push({ result }),
    onFailure: (error: TaskError) => void outcomes.push({ code: error.code, message: error.message }),
    onCancelled: () => void outcomes.push('cancelled'),
    onConnection: ({ state }) => void states.push(state),
  });
  return { percents, messages, outcomes, states, stream };
}

const status = (fields: object) => Response.json(fields);

describe('a task of a service', () => {
  it('is followed to its output, and its progress never goes back', async () => {
    const { client, work } = open();
    const { id } = await client.enqueueTask('Work', {}, { idempotencyKey: 'job 1/ü' });
    const seen = follow(client, id);
    for (const percent of [10, 80, 20, 90]) {
      work(id).updateProgress(percent);
      await vi.advanceTimersByTimeAsync(15_000);
    }
    work(id).resolve({ poles: 3 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(seen.outcomes).toEqual([{ result: { poles: 3 } }]);
    expect(seen.percents).toEqual(seen.percents.toSorted((a, b) => Number(a) - Number(b)));
    expect(seen.percents.at(-1)).toBe(100);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that is quick has its output at once, and needs no question', async () => {
    const { client, asked } = open();
    const { id } = await client.enqueueTask('Hello', { name: 'world' });
    const seen = follow(client, id);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.outcomes).toEqual([{ result: { hello: 'world' } }]);
    expect(asked.map(({ path }) => path)).toEqual(['execute']);
  });

  it('that fails says why', async () => {
    const { client, work } = open();
    const { id } = await client.enqueueTask('Work', {});
    const seen = follow(client, id);
    work(id).reject(new Error('no such pole'));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(seen.outcomes).toEqual([{ code: 'failed', message: 'no such pole' }]);
  });

  it('is cancelled', async () => {
    const { client } = open();
    const { id } = await client.enqueueTask('Work', {});
    const seen = follow(client, id);
    await client.cancelTask?.(id);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(seen.outcomes).toEqual(['cancelled']);
  });

  it('has no button to cancel it where the service does not offer that', () => {
    expect(open({ canCancel: false }).client.cancelTask).toBeUndefined();
  });

  it('is asked for at most 20 times a minute, and its end is noticed within 2 s where progress foretells it', async () => {
    const { client, work, asked } = open();
    const { id } = await client.enqueueTask('Work', {});
    follow(client, id);
    const began = Date.now();
    let noticed = 0;
    void client.waitFor(id).then(() => {
      noticed = Date.now();
    });
    for (let second = 1; second < 180; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      work(id).updateProgress(second / 1.8);
    }
    const ended = Date.now();
    work(id).resolve(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(noticed - ended).toBeLessThanOrEqual(2_000);
    for (let minute = 0; minute < 3; minute++) {
      const from = began + minute * 60_000;
      const inMinute = asked.filter(
        ({ at, path }) => path.startsWith('status') && at >= from && at < from + 60_000,
      );
      expect(inMinute.length).toBeLessThanOrEqual(20);
    }
  });

  it('is asked for once, however many follow it, and not at all when nobody does', async () => {
    const { client, asked } = open();
    const { id } = await client.enqueueTask('Work', {});
    const all = [1, 2, 3].map(() => follow(client, id));
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.filter(({ path }) => path.startsWith('status'))).toHaveLength(1);
    for (const { stream } of all) stream.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a service that is not well', () => {
  it.each<[string, () => Response | Promise<Response>]>([
    ['is away', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'has a proxy before it with a page',
      () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['has a proxy before it that knows no such path', () => new Response('Not Found', { status: 404 })],
    [
      'is not the one: another framework says 404',
      () => Response.json({ detail: 'Not Found' }, { status: 404 }),
    ],
    ['answers 502', () => new Response('Bad gateway', { status: 502 })],
    ['answers a list', () => Response.json([1, 2])],
    ['says a word that is no state', () => status({ status: 'done', progress: 100 })],
    ['says complete without an output', () => status({ status: 'complete', progress: 100 })],
  ])('%s: the connection is lost, and no outcome is made up', async (_, answer) => {
    const { client, work, answerWith } = open();
    const { id } = await client.enqueueTask('Work', {});
    const seen = follow(client, id);
    await vi.advanceTimersByTimeAsync(1_000);
    answerWith((path) => (path.startsWith('status') || path.startsWith('output') ? answer() : undefined));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcomes).toEqual([]);
    expect(seen.states.at(-1)).toBe('reconnecting');
    answerWith(undefined);
    work(id).resolve('here');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcomes).toEqual([{ result: 'here' }]);
  });

  it('reports 150 %, goes back, and says words of ours in its message: the task runs on', async () => {
    const { client, answerWith } = open();
    const { id } = await client.enqueueTask('Work', {});
    const seen = follow(client, id);
    const answers = [
      { status: 'running', progress: 80, message: 'FINISHED' },
      { status: 'running', progress: 20, message: 'Error: nothing' },
      { status: 'running', progress: 150 },
      { status: 'running', progress: Number.NaN },
      { status: 'running', progress: 'half' },
    ];
    answerWith((path) =>
      path.startsWith('status') ? status(answers.shift() ?? { status: 'running' }) : undefined,
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcomes).toEqual([]);
    expect(seen.percents.filter((percent) => percent !== null)).toEqual([80, 80, 100]);
  });

  it('forgets its tasks: the task ends with an error that says so, and not where one of several processes knows it', async () => {
    const { client, answerWith } = open();
    const { id } = await client.enqueueTask('Work', {});
    const seen = follow(client, id);
    await vi.advanceTimersByTimeAsync(1_000);
    let answers = 0;
    answerWith((path) => {
      if (!path.startsWith('status')) return undefined;
      answers += 1;
      const isKnown = answers <= 24 && answers % 6 === 0;
      return isKnown ? undefined : Response.json({ detail: 'Task not found' }, { status: 404 });
    });
    while (answers <= 24) await vi.advanceTimersByTimeAsync(500);
    expect(seen.outcomes).toEqual([]);
    await vi.advanceTimersByTimeAsync(30_000);
    const message = expect.stringContaining('no longer knows');
    expect(seen.outcomes).toEqual([{ code: 'task-not-found', message }]);
  });

  it.each(['99999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'asks for patience without end (%s): it is asked again, and not at once',
    async (retryAfter) => {
      const { client, asked, answerWith } = open();
      const { id } = await client.enqueueTask('Work', {});
      follow(client, id);
      await vi.advanceTimersByTimeAsync(100);
      answerWith(() => new Response('busy', { status: 503, headers: { 'retry-after': retryAfter } }));
      await vi.advanceTimersByTimeAsync(60_000);
      const before = asked.length;
      expect(before).toBeLessThan(5);
      await vi.advanceTimersByTimeAsync(3 * 3_600_000);
      expect(asked.length).toBeGreaterThan(before);
    },
  );

  it('changes the id of a task: the client follows the one that it says', async () => {
    const { client, answerWith } = open();
    answerWith((path) => {
      if (path === 'execute') return status({ status: 'running', task_id: 'its-own' });
      return path === 'status/its-own' ? status({ status: 'failed', error: 'seen' }) : undefined;
    });
    const { id } = await client.enqueueTask('Work', {});
    const seen = follow(client, id);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.outcomes).toEqual([{ code: 'failed', message: 'seen' }]);
  });

  it('begins a task and its answer is lost: the task is found, and runs once', async () => {
    const { client, service, runs, answerWith } = open();
    const body = { method: 'Work', workflow_id: 'client', task_id: 'lost', parameters: {} };
    answerWith(async (path) => {
      if (path !== 'execute') return undefined;
      await service.fetch(
        new Request('http://service.test/control/execute', {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      );
      throw new TypeError('terminated');
    });
    expect(await client.enqueueTask('Work', {}, { idempotencyKey: 'lost' })).toEqual({ id: 'lost' });
    answerWith(undefined);
    expect(await client.enqueueTask('Work', {}, { idempotencyKey: 'lost' })).toEqual({ id: 'lost' });
    expect(runs()).toBe(1);
  });

  it.each([
    [
      'does not know the operation',
      Response.json({ detail: 'Unknown method: Nope' }, { status: 400 }),
      'invalid-request',
      /Unknown method: Nope/,
    ],
    [
      'cannot read the body',
      Response.json({ detail: [{ loc: ['body', 'method'], msg: 'Field required' }] }, { status: 422 }),
      'invalid-request',
      /Field required/,
    ],
    [
      'fails at once',
      Response.json({ status: 'failed', error: 'boom', task_id: null, output: null }),
      'failed',
      /boom/,
    ],
  ])('%s: the call is refused with its words', async (_, answer, code, message) => {
    const { client, answerWith } = open();
    answerWith(() => answer.clone());
    await expect(client.enqueueTask('Nope', {})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

it('refuses a key that is too long for an id, and starts nothing', async () => {
  const { client, asked } = open();
  const started = client.enqueueTask('Work', {}, { idempotencyKey: 'k'.repeat(201) });
  await expect(started).rejects.toMatchObject({ code: 'invalid-request' });
  expect(asked).toEqual([]);
});

it('lists and watches what it started, until the service has forgotten it', async () => {
  const { client, work, answerWith } = open();
  const tasks = new Map<string, TaskSnapshot>();
  const watch = client.watchTasks(
    { status: 'active' },
    { onTask: (task) => tasks.set(task.id, task), onGone: (id) => tasks.delete(id) },
  );
  const { id } = await client.enqueueTask('Work', { area: 'North' }, { tags: ['a'] });
  await client.enqueueTask('Hello', { name: 'x' });
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...tasks.values()]).toMatchObject([
    { id, name: 'Work', params: { area: 'North' }, status: 'running' },
  ]);
  work(id).resolve(null);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(tasks.size).toBe(0);
  const { id: other } = await client.enqueueTask('Work', {});
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...tasks.keys()]).toEqual([other]);
  answerWith(() => Response.json({ detail: 'Task not found' }, { status: 404 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tasks.size).toBe(0);
  const page = await client.listTasks();
  expect(page.tasks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'Hello succeeded',
    'Work succeeded',
  ]);
  watch.close();
  expect(vi.getTimerCount()).toBe(0);
});
