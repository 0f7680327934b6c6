import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createTaskClient,
  type ListQuery,
  type SystemClient,
  type TaskHandlers,
} from '../../src/client/index.ts';

/** A task server whose engine has test/support/tasks/definitions.ts. */
export interface SystemClientHost {
  baseUrl: string;
  fetch?: typeof fetch;
  /** Default: createTaskClient, of the two above. */
  client?: ContractClient;
  close(): void | Promise<void>;
}

/** A client with every ability that tasks are started, shown and ended with. */
type ContractClient = Required<
  Pick<
    SystemClient,
    'enqueueTask' | 'streamTaskProgress' | 'cancelTask' | 'clearTask' | 'getTask' | 'listTasks' | 'retryTask'
  >
> & { waitFor(id: string | number): Promise<unknown> };

/** What a protocol need not carry: the tests about the rest hold all the same. */
export type Carried = 'results' | 'error codes' | 'features' | 'logs' | 'many tasks';

/** Follows a task to its end, and tells what was called in between. */
function follow(client: SystemClient, id: string | number) {
  const calls: [name: string, ...args: unknown[]][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args]);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const handlers: TaskHandlers = {
    onProgress: record('progress'),
    onSuccess: record('success'),
    onFailure: record('failure'),
    onCancelled: record('cancelled'),
    onSnapshot: record('snapshot'),
    onFeatures: record('features'),
    onLog: record('log'),
    onEnd() {
      calls.push(['end']);
      end();
    },
  };
  const stream = client.streamTaskProgress(id, handlers);
  const outcomes = () =>
    calls.filter(([name]) => ['success', 'failure', 'cancelled', 'end'].includes(name)).map(([name]) => name);
  return { calls, ended, outcomes, stream };
}

/**
 * What any host of the backend, reached by one of our own clients, gives a plugin. `lacks` names what its protocol does not
 * carry.
 */
export function declareSystemClientContract(
  name: string,
  start: () => Promise<SystemClientHost>,
  { lacks = [] }: { lacks?: readonly Carried[] } = {},
): void {
  const carries = (what: Carried) => !lacks.includes(what);
  const resultOf = <Result>(result: Result) => (carries('results') ? result : undefined);
  const errorOf = (code: string, error: object) =>
    expect.objectContaining(carries('error codes') ? { code, ...error } : { code: 'failed' });

  describe(`system client over ${name}`, () => {
    let host: SystemClientHost;
    let client: ContractClient;
    let gates = 0;
    const nextGate = () => `${name} gate ${++gates}`;

    beforeAll(async () => {
      host = await start();
      const { baseUrl, fetch } = host;
      client = host.client ?? createTaskClient({ baseUrl, ...(fetch && { fetch }) });
    });
    afterAll(() => host.close());

    it('runs a task: progress that only grows, one success, then the end', async () => {
      const { id } = await client.enqueueTask('count', { to: 50 });
      const { calls, ended, outcomes } = follow(client, id);
      await ended;
      expect(outcomes()).toEqual(['success', 'end']);
      expect(calls).toContainEqual(['success', resultOf({ counted: 50 })]);
      const percents = calls.flatMap(([call, progress]) =>
        call === 'progress' ? [Number((progress as { percent: number | null }).percent)] : [],
      );
      expect(percents).toEqual([...percents].sort((a, b) => a - b));
      expect(percents.at(-1)).toBe(100);
    });

    it('clears a task that has ended, and says why it does not clear another', async () => {
      const { id } = await client.enqueueTask('count', { to: 1 });
      await client.waitFor(id);
      await client.clearTask(id);
      await client.clearTask(id);
      await expect(client.getTask(id)).rejects.toMatchObject({ code: 'task-not-found' });
      const gate = nextGate();
      const waiting = await client.enqueueTask('wait', { gate });
      await expect(client.clearTask(waiting.id)).rejects.toMatchObject({ code: 'not-finished' });
      await client.enqueueTask('open', { gate });
      await client.waitFor(waiting.id);
    });

    if (carries('many tasks')) {
      it('reads the log of a task that has ended', async () => {
        const gate = nextGate();
        const { id } = await client.enqueueTask('wait', { gate });
        await client.enqueueTask('open', { gate });
        await client.waitFor(id);
        const reader = createTaskClient({ baseUrl: host.baseUrl, ...(host.fetch && { fetch: host.fetch }) });
        const { lines, hasMore } = await reader.listLog(id, { level: 'info' });
        expect(lines).toMatchObject([{ level: 'info', message: 'waiting', attempt: 1 }]);
        expect(hasMore).toBe(false);
      });

      it('says what a task would come to, and why it would be refused', async () => {
        const asks = createTaskClient({ baseUrl: host.baseUrl, ...(host.fetch && { fetch: host.fetch }) });
        expect(await asks.previewTask('write', { end: 'return' })).toMatchObject({
          counts: [{ kind: 'pole', change: 'add', count: 1 }],
          features: [{ type: 'Feature' }],
          featureTotal: 1,
        });
        expect(await asks.previewTask('write', {})).toMatchObject({ refusal: { code: 'invalid-params' } });
        await expect(asks.previewTask('count', { to: 1 })).rejects.toMatchObject({ code: 'no-preview' });
        await expect(asks.previewTask('none', {})).rejects.toMatchObject({ code: 'unknown-task' });
        expect((await client.listTasks({})).tasks.filter(({ name }) => name === 'write')).toEqual([]);
      });

      it('makes a file of what a task has built, and says why there is none', async () => {
        const saves = createTaskClient({ baseUrl: host.baseUrl, ...(host.fetch && { fetch: host.fetch }) });
        const { id } = await client.enqueueTask('write', { end: 'return' });
        await client.waitFor(id);
        const { name, blob } = await saves.exportTask(id, { format: 'geojson' });
        expect(name).toBe(`write-${id}.geojson`);
        expect(JSON.parse(await blob.text())).toMatchObject({ features: [{ type: 'Feature' }] });
        await expect(saves.exportTask('none', { format: 'gpkg' })).rejects.toMatchObject({
          code: 'task-not-found',
        });
      });

      it('counts tasks, and acts on many by a task', async () => {
        const many = createTaskClient({ baseUrl: host.baseUrl, ...(host.fetch && { fetch: host.fetch }) });
        const { id } = await client.enqueueTask('fail', { message: 'no' }, { tags: ['many'] });
        await client.waitFor(id).catch(() => {});
        expect(await many.countTasks({ tag: 'many' })).toEqual({
          byStatus: { queued: 0, running: 0, succeeded: 0, failed: 1, cancelled: 0 },
          others: 0,
        });
        const ref = await many.bulkTasks({ action: 'clear', filter: { tag: 'many' } });
        expect(await client.waitFor(ref.id)).toEqual({ action: 'clear', done: 1, failed: 0 });
        expect((await many.countTasks({ tag: 'many', status: 'failed' })).byStatus.failed).toBe(0);
        expect((await client.listTasks({ status: 'failed', tag: 'many' })).tasks).toEqual([]);
        await expect(many.bulkTasks({ action: 'clear', ids: [] })).rejects.toMatchObject({
          code: 'invalid-request',
        });
      });
    }

    if (carries('features')) {
      it('brings every feature once', async () => {
        const { id } = await client.enqueueTask('count', { to: 200, draw: true });
        const { calls, ended } = follow(client, id);
        await ended;
        let drawn: string[] = [];
        for (const [call, features, info] of calls) {
          if (call !== 'features') continue;
          const ids = (features as { id: string }[]).map((feature) => feature.id);
          drawn = (info as { replace: boolean }).replace ? ids : [...drawn, ...ids];
        }
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const feature of drawn) expect(feature).toMatch(/^pole\/\d+$/);
      });
    }

    it('tells who comes later where the task is, and how it ended', async () => {
      const gate = nextGate();
      const { id } = await client.enqueueTask('wait', { gate });
      const early = follow(client, id);
      await vi.waitFor(() =>
        expect(early.calls).toContainEqual([
          'progress',
          expect.objectContaining({ message: `waiting for ${gate}` }),
        ]),
      );
      const late = follow(client, id);
      await vi.waitFor(() =>
        expect(late.calls).toContainEqual([
          'snapshot',
          expect.objectContaining({ status: 'running', name: 'wait', params: { gate } }),
          expect.objectContaining({ at: expect.any(String) }),
        ]),
      );
      await client.enqueueTask('open', { gate });
      await Promise.all([early.ended, late.ended]);
      expect(early.outcomes()).toEqual(['success', 'end']);
      expect(late.outcomes()).toEqual(['success', 'end']);
      const afterwards = follow(client, id);
      await afterwards.ended;
      expect(afterwards.outcomes()).toEqual(['success', 'end']);
      expect(afterwards.calls).toContainEqual(['success', resultOf({ opened: gate })]);
    });

    it('waitFor: resolves with the result, rejects with the error, and with a cancellation', async () => {
      const { id } = await client.enqueueTask('count', { to: 5 });
      expect(await client.waitFor(id)).toEqual(resultOf({ counted: 5 }));
      expect(await client.waitFor(id)).toEqual(resultOf({ counted: 5 }));
      const failing = await client.enqueueTask('fail', { message: 'Only 3 left', code: 'not-enough' });
      await expect(client.waitFor(failing.id)).rejects.toMatchObject({
        name: 'TaskClientError',
        message: 'Only 3 left',
        ...(carries('error codes') ? { code: 'not-enough', details: { available: 3 } } : { code: 'failed' }),
      });
      const waiting = await client.enqueueTask('wait', { gate: nextGate() });
      const cancelled = { name: 'TaskClientError', code: 'cancelled' };
      const result = expect(client.waitFor(waiting.id)).rejects.toMatchObject(cancelled);
      await client.cancelTask(waiting.id);
      await result;
      await expect(client.waitFor('no-such-task')).rejects.toMatchObject({ code: 'task-not-found' });
    });

    it('tells why a task failed', async () => {
      const { id } = await client.enqueueTask('fail', { message: 'Only 3 left', code: 'not-enough' });
      const { calls, ended, outcomes } = follow(client, id);
      await ended;
      expect(outcomes()).toEqual(['failure', 'end']);
      expect(calls).toContainEqual([
        'failure',
        errorOf('not-enough', { message: 'Only 3 left', details: { available: 3 } }),
      ]);
      expect(calls).toContainEqual(['failure', expect.objectContaining({ message: 'Only 3 left' })]);
    });

    it('tells of a task that ran out of time', async () => {
      const { id } = await client.enqueueTask('impatient', {});
      const { calls, ended } = follow(client, id);
      await ended;
      expect(calls).toContainEqual(['failure', errorOf('timeout', {})]);
    });

    it('cancels, once', async () => {
      const { id } = await client.enqueueTask('wait', { gate: nextGate() });
      const { ended, outcomes } = follow(client, id);
      await client.cancelTask(id);
      await ended;
      expect(outcomes()).toEqual(['cancelled', 'end']);
      await expect(client.cancelTask(id)).rejects.toMatchObject({ code: 'already-finished' });
      expect(await client.getTask(id)).toMatchObject({ status: 'cancelled' });
    });

    it('says nothing after close(), while the task runs on', async () => {
      const gate = nextGate();
      const { id } = await client.enqueueTask('wait', { gate });
      const left = follow(client, id);
      await vi.waitFor(() => expect(left.calls).not.toEqual([]));
      left.stream.close();
      left.stream.close();
      const heard = left.calls.length;
      await client.enqueueTask('open', { gate });
      await follow(client, id).ended;
      expect(left.calls).toHaveLength(heard);
    });

    it('runs a task again', async () => {
      const { id } = await client.enqueueTask('count', { to: 3 });
      await follow(client, id).ended;
      const again = await client.retryTask(id);
      expect(again.id).not.toBe(id);
      await follow(client, again.id).ended;
      expect(await client.getTask(again.id)).toMatchObject({
        status: 'succeeded',
        params: { to: 3 },
        retryOf: id,
      });
    });

    it('lists tasks, newest first, page by page', async () => {
      const tag = nextGate();
      const ids: (string | number)[] = [];
      for (let to = 1; to <= 3; to += 1) {
        const { id } = await client.enqueueTask('count', { to }, { tags: [tag] });
        ids.unshift(id);
      }
      const first = await client.listTasks({ q: tag, limit: 2 });
      const cursor = first.nextCursor ?? '';
      const second = await client.listTasks({ q: tag, limit: 2, cursor });
      expect([...first.tasks, ...second.tasks].map((task) => task.id)).toEqual(ids);
      expect(second.nextCursor).toBeUndefined();
    });

    it('the same key gives the same task', async () => {
      const options = { idempotencyKey: nextGate() };
      const first = await client.enqueueTask('count', { to: 2 }, options);
      const second = await client.enqueueTask('count', { to: 2 }, options);
      expect(second.id).toBe(first.id);
    });

    it.each<[string, string, object, object]>([
      ['an unknown task', 'dance', {}, { code: 'unknown-task' }],
      ['a missing parameter', 'count', {}, { code: 'invalid-params', parameters: [{ parameter: 'to' }] }],
      [
        'a parameter of another type',
        'count',
        { to: 'abc' },
        { code: 'invalid-params', parameters: [{ parameter: 'to' }] },
      ],
      [
        'a parameter too many',
        'count',
        { to: 1, at: 2 },
        { code: 'invalid-params', parameters: [{ parameter: 'at' }] },
      ],
      [
        'a parameter that the network refuses',
        'checked',
        { pole: 999 },
        { code: 'invalid-params', parameters: [{ parameter: 'pole', code: 'not-found' }] },
      ],
    ])('%s: refused, and nothing is queued', async (_name, task, params, error) => {
      const tag = nextGate();
      await expect(client.enqueueTask(task, params, { tags: [tag] })).rejects.toMatchObject({
        name: 'TaskClientError',
        ...error,
      });
      expect((await client.listTasks({ q: tag })).tasks).toEqual([]);
    });

    it.each(['a/b', '../tasks', 'ünï 🎯', '?limit=1#x', '%2F', '__proto__'])(
      'the id %j is one id, wherever it goes',
      async (id) => {
        const missing = { code: 'task-not-found', status: 404 };
        await expect(client.getTask(id)).rejects.toMatchObject(missing);
        await expect(client.cancelTask(id)).rejects.toMatchObject(missing);
        await expect(client.retryTask(id)).rejects.toMatchObject(missing);
      },
    );

    it('the same key with other params is refused', async () => {
      const options = { idempotencyKey: nextGate() };
      await client.enqueueTask('count', { to: 2 }, options);
      await expect(client.enqueueTask('count', { to: 3 }, options)).rejects.toMatchObject({
        code: 'idempotency-conflict',
        status: 409,
      });
    });

    it('lists what is asked for; a task that runs is active, and cannot be run again', async () => {
      const [tag, gate] = [nextGate(), nextGate()];
      const { id: counting } = await client.enqueueTask('count', { to: 1 }, { tags: [tag] });
      await follow(client, counting).ended;
      const { id: waiting } = await client.enqueueTask('wait', { gate }, { tags: [tag] });
      const ids = async (query: ListQuery) =>
        (await client.listTasks({ q: tag, ...query })).tasks.map((task) => task.id);
      expect(await ids({ status: 'active' })).toEqual([waiting]);
      expect(await ids({ status: 'finished' })).toEqual([counting]);
      expect(await ids({ name: 'wait' })).toEqual([waiting]);
      await expect(client.listTasks({ limit: 0 })).rejects.toMatchObject({
        code: 'invalid-request',
        parameters: [{ parameter: 'limit' }],
      });
      await expect(client.retryTask(waiting)).rejects.toMatchObject({ code: 'not-retryable' });
      await client.enqueueTask('open', { gate });
      await follow(client, waiting).ended;
    });

    if (carries('logs')) {
      it('keeps a log', async () => {
        // The second waits for the first, so that it is followed before it says anything.
        const params = { key: nextGate(), gate: nextGate() };
        await client.enqueueTask('wait_alone', params);
        const { calls, ended } = follow(client, (await client.enqueueTask('wait_alone', params)).id);
        await vi.waitFor(() => expect(calls.map(([call]) => call)).toContain('snapshot'));
        await client.enqueueTask('open', { gate: params.gate });
        await ended;
        const log = calls.filter(([call]) => call === 'log');
        expect(log).toEqual([['log', expect.objectContaining({ level: 'info', message: 'waiting' })]]);
      });
    }

    it('a task that is not there: refused by calls, one failure and the end by the stream', async () => {
      const missing = { code: 'task-not-found' };
      await expect(client.getTask('nothing')).rejects.toMatchObject(missing);
      await expect(client.cancelTask('nothing')).rejects.toMatchObject(missing);
      await expect(client.retryTask('nothing')).rejects.toMatchObject(missing);
      const { calls, ended } = follow(client, 'nothing');
      await ended;
      expect(calls).toEqual([['failure', expect.objectContaining(missing)], ['end']]);
    });
  });
}
