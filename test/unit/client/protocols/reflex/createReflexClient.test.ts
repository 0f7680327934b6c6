import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TaskSnapshot } from '../../../../../src/client/index.ts';
import { fakeReflexServer } from '../../../../support/client/fakeReflexServer.ts';
import { followReflex, reflexClientOf } from '../../../../support/client/followReflex.ts';

/** What servers of the Reflex protocol send, and what a plugin gets of it. reconnect.test.ts has the connections. */

const settle = () => vi.advanceTimersByTimeAsync(0);
const NOW = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A server that has task 'a', followed. */
async function follow(status: string, rest: object = {}) {
  const server = fakeReflexServer();
  server.set('a', { status, progress: 10, ...rest });
  const followed = followReflex(server, 'a');
  await settle();
  return { server, ...followed };
}

describe('the words of a server', () => {
  test.each([
    ['NOT_STARTED', 'queued', ''],
    ['PENDING', 'queued', ''],
    ['Starting', 'running', ''],
    ['PROCESSING', 'running', ''],
    ['Processing', 'running', ''],
    ['Processing batch 1/2', 'running', 'Processing batch 1/2'],
    ['Complete!', 'running', 'Complete!'],
    ['Erreur évitée', 'running', 'Erreur évitée'],
    ['Error rate is 3 %', 'running', 'Error rate is 3 %'],
    ['<img src=x onerror=alert(1)>', 'running', '<img src=x onerror=alert(1)>'],
    ['constructor', 'running', 'constructor'],
    ['', 'running', ''],
  ])('%j is %s with the message %j', async (word, status, message) => {
    const { snapshots, stream } = await follow(word);
    expect(snapshots.at(-1)).toMatchObject({ status, progress: { message } });
    stream.close();
  });

  test.each([
    ['FINISHED', ['success', 'end']],
    ['Finished', ['success', 'end']],
    ['COMPLETED', ['success', 'end']],
    ['ERROR', ['failure', 'end']],
    ['Failed', ['failure', 'end']],
    ['ERROR: no pole', ['failure', 'end']],
    ['ERROR: The task was cancelled', ['cancelled', 'end']],
    ['Cancelled', ['cancelled', 'end']],
  ])('%j is the end', async (word, ends) => {
    const { outcomes } = await follow(word);
    expect(outcomes).toEqual(ends);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the reason of an error is its message', async () => {
    expect((await follow('Error: no pole')).failures).toEqual([{ code: 'failed', message: 'no pole' }]);
    expect((await follow('ERROR', { error: 'no design' })).failures[0]).toMatchObject({
      message: 'no design',
    });
  });

  test('a server may have words of its own', async () => {
    const server = fakeReflexServer();
    server.set('a', { status: 'in Warteschlange' });
    const { snapshots, outcomes } = followReflex(server, 'a', {
      states: { 'In Warteschlange': 'queued', Erledigt: 'succeeded' },
    });
    await settle();
    expect(snapshots.at(-1)?.status).toBe('queued');
    server.set('a', { status: 'erledigt' });
    expect(outcomes).toEqual(['success', 'end']);
  });
});

describe('the template in Python', () => {
  test('sends initial_state, then all tasks to whoever follows one, and never closes', async () => {
    const server = fakeReflexServer();
    server.set('a', { status: 'Starting', progress: 0, id: 'a' });
    server.onSocket = (socket) => {
      socket.opens();
      socket.sends({ type: 'initial_state', ...server.tasks.a });
    };
    const { outcomes, percents, logs } = followReflex(server, 'a');
    await settle();
    server.latest.sends({
      type: 'state_update',
      active_tasks: [],
      all_tasks: { b: { status: 'Finished', progress: 100 }, a: { status: 'Processing', progress: 40 } },
    });
    expect(outcomes).toEqual([]);
    expect(percents).toEqual([0, 40]);
    server.latest.sends({
      type: 'state_update',
      active_tasks: [],
      all_tasks: { a: { status: 'Finished', progress: 100 } },
    });
    expect(outcomes).toEqual(['success', 'end']);
    expect(logs).toEqual([]);
  });

  test('answers 500 for a task that it does not have', async () => {
    const server = fakeReflexServer();
    server.set('b', { status: 'Processing' });
    server.onSocket = (socket) => {
      socket.opens();
      socket.sends({ type: 'error', message: 'Fatal error: 404: Task a not found' });
      socket.closes(1000);
    };
    server.answer = (path) =>
      path.endsWith('/a')
        ? Response.json({ detail: 'Error retrieving task status: 404: Task a not found' }, { status: 500 })
        : undefined;
    const { failures, outcomes } = followReflex(server, 'a');
    await vi.advanceTimersByTimeAsync(100);
    expect(failures).toEqual([expect.objectContaining({ code: 'task-not-found' })]);
    expect(outcomes).toEqual(['failure', 'end']);
    await expect(reflexClientOf(server).getTask('a')).rejects.toMatchObject({ code: 'task-not-found' });
  });

  test('counts seconds since it started: such a task is as old as the client knows it', async () => {
    const { snapshots, stream } = await follow('Processing', { created_at: 5_123.4 });
    expect(snapshots[0]?.createdAt).toBe('2026-01-01T00:00:00.000Z');
    stream.close();
  });

  test('a service that grew from it puts the state under "data", and sends name and result', async () => {
    const server = fakeReflexServer();
    server.onSocket = (socket) => {
      socket.opens();
      socket.sends({
        type: 'state_update',
        data: { id: 'a', name: 'Long Running Task', status: 'Completed', progress: 100, result: { rows: 3 } },
      });
    };
    await expect(reflexClientOf(server).waitFor('a')).resolves.toEqual({ rows: 3 });
  });
});

test('a clock that is an hour off changes neither the elapsed time nor the order', async () => {
  const server = fakeReflexServer();
  for (const [id, seconds] of [
    ['old', 0],
    ['new', 1],
  ] as const)
    server.set(id, { status: 'Processing', created_at: NOW / 1_000 + 3_600 + seconds });
  const { tasks } = await reflexClientOf(server).listTasks();
  expect(tasks.map(({ id }) => id)).toEqual(['new', 'old']);
  const { snapshots, stream } = followReflex(server, 'new');
  await settle();
  // Without a start of the server's clock, whoever shows the task counts from when it was first seen.
  expect(snapshots[0]?.startedAt).toBeUndefined();
  stream.close();
});

describe('states that come twice, late or out of order', () => {
  test('progress never goes back, and the end comes once', async () => {
    const { server, percents, messages, outcomes } = await follow('Processing batch 1');
    const states: [string, unknown][] = [
      ['Processing batch 3', 60],
      ['Processing batch 3', 60],
      ['Processing batch 2', 40],
      ['NOT_STARTED', 0],
      ['Processing batch 4', 80],
      ['Processing batch 4', null],
      ['Processing batch 4', 'many'],
      ['Processing batch 4', -7],
      ['Processing batch 4', 1e9],
    ];
    for (const [status, progress] of states) server.set('a', { status, progress });
    expect(percents).toEqual([10, 60, 60, 80, 100]);
    expect(messages).not.toContain('NOT_STARTED');
    server.set('a', { status: 'FINISHED', progress: 100 });
    server.set('a', { status: 'Processing batch 1', progress: 10 });
    server.set('a', { status: 'FINISHED', progress: 100 });
    expect(outcomes).toEqual(['success', 'end']);
  });

  test('a random order of every state, each sent up to three times', async () => {
    let seed = 7;
    const random = (count: number) => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % count;
    };
    for (let round = 0; round < 50; round++) {
      const { server, percents, outcomes, stream } = await follow('STARTING', { progress: 0 });
      const states = Array.from({ length: 60 }, () => random(100));
      for (const progress of states)
        server.latest.sends({ type: 'state_update', status: 'PROCESSING', progress });
      expect(percents).toEqual([...percents].sort((a, b) => Number(a) - Number(b)));
      expect(percents.at(-1)).toBe(Math.max(...states));
      server.set('a', { status: 'FINISHED' });
      expect(outcomes).toEqual(['success', 'end']);
      stream.close();
    }
  });
});

describe('messages that are no state', () => {
  const strange: [string, unknown][] = [
    ['text that is not JSON', 'hello'],
    ['half a message', '{"type":"state_update","sta'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[{"type":"state_update"}]'],
    ['no type', '{"status":"FINISHED","progress":100}'],
    ['an unknown type', '{"type":"heartbeat"}'],
    ['a type that is an object', '{"type":{"a":1},"status":"FINISHED"}'],
    ['no fields', '{"type":"state_update"}'],
    ['a status that is a number', '{"type":"state_update","status":7,"progress":1}'],
    ['tasks that are a list', '{"type":"state_update","all_tasks":[]}'],
    ['another task', '{"type":"state_update","id":"b","status":"FINISHED","progress":100}'],
    ['an error', '{"type":"error","message":"Error updating state: <b>x</b>"}'],
    ['bytes', new ArrayBuffer(9)],
    ['10 MB', `{"type":"state_update","status":"${'x'.repeat(10 * 2 ** 20)}"}`],
  ];

  test.each(strange)('%s: reported once, and the task goes on', async (_, message) => {
    const warnings: string[] = [];
    const server = fakeReflexServer();
    server.set('a', { status: 'PROCESSING', progress: 10 });
    const { percents, logs, outcomes } = followReflex(server, 'a', {
      onWarning: (warning) => void warnings.push(warning),
    });
    await settle();
    for (let time = 1; time <= 20; time++) server.latest.sends(message);
    expect(logs).toHaveLength(1);
    expect(logs[0]?.length).toBeLessThan(200);
    expect(warnings).toEqual(logs);
    expect(outcomes).toEqual([]);
    // The state is read by a call, but not once for each of them.
    server.tasks.a = { status: 'PROCESSING', progress: 30 };
    await vi.advanceTimersByTimeAsync(5_000);
    expect(percents.at(-1)).toBe(30);
    expect(server.calls.length).toBeLessThanOrEqual(2);
    server.set('a', { status: 'FINISHED', progress: 100 });
    expect(outcomes).toEqual(['success', 'end']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('tasks that do not fit are left out of a list, and the others are there', async () => {
    const server = fakeReflexServer();
    const body = `{"all_tasks":{"a":{"status":"Processing"},"b":7,"c":{"progress":1},"__proto__":{"status":"Starting"}}}`;
    server.answer = () => new Response(body, { headers: { 'content-type': 'application/json' } });
    const { tasks } = await reflexClientOf(server).listTasks();
    expect(tasks.map(({ id }) => id).sort()).toEqual(['__proto__', 'a']);
  });

  test('an answer that is no state is an error that names the address and the fix', async () => {
    const server = fakeReflexServer();
    for (const body of ['<html>', '[]', '{}', '{"all_tasks":7}']) {
      server.answer = () => new Response(body, { headers: { 'content-type': 'application/json' } });
      await expect(reflexClientOf(server).listTasks()).rejects.toMatchObject({
        code: 'invalid-response',
        message: expect.stringMatching(/^http:\/\/reflex.test\/api\/tasks\/tab-1 answered .*baseUrl/),
      });
    }
  });
});

test('ids and client tokens are one segment of the address, whatever is in them', async () => {
  const server = fakeReflexServer();
  const client = reflexClientOf(server, { clientToken: '../a b?#%2F' });
  for (const id of ['a/b', '..', '', '?x#y'])
    await expect(client.getTask(id)).rejects.toMatchObject({ code: 'task-not-found' });
  const paths = new Set(server.calls.map(({ path }) => path));
  for (const path of paths) expect(path).toMatch(/^\/api\/tasks\/\.\.%2Fa%20b%3F%23%252F(\/[^/]+)?$/);
});

test('without commands tasks are only shown', async () => {
  const client = reflexClientOf(fakeReflexServer());
  expect(client.cancelTask).toBeUndefined();
  expect(client.retryTask).toBeUndefined();
  await expect(client.enqueueTask('count', {})).rejects.toMatchObject({ code: 'unavailable' });
});

test('commands start, cancel and repeat tasks; a task has the name and params that it was started with', async () => {
  const server = fakeReflexServer();
  const asked: unknown[] = [];
  class Commands {
    readonly #ids = ['a', 'b'];
    async enqueueTask(name: string, _params: object, options?: { tags?: string[] }) {
      asked.push([name, options?.tags]);
      const id = this.#ids.shift() ?? 'c';
      // The WebSocket may be faster than the answer.
      server.set(id, { status: 'Processing', progress: 1 });
      return { id };
    }
    async cancelTask(id: string | number) {
      asked.push(['cancel', id, this.#ids.length]);
    }
    async retryTask() {
      return this.enqueueTask('again', {});
    }
  }
  const client = reflexClientOf(server, { commands: new Commands() });
  const seen: TaskSnapshot[] = [];
  const watch = client.watchTasks({}, { onTask: (task) => void seen.push(task), onGone() {} });
  await settle();
  const { id } = await client.enqueueTask('dig', { design: 'design/North' }, { tags: ['mine'] });
  expect(seen.at(-1)).toMatchObject({ id: 'a', name: 'dig', params: { design: 'design/North' } });
  await client.cancelTask?.(id);
  const again = await client.retryTask?.(id);
  expect(asked).toEqual([
    ['dig', ['mine', 'reflex:tab-1']],
    ['cancel', 'a', 1],
    ['again', undefined],
  ]);
  expect(await client.getTask(again?.id ?? '')).toMatchObject({ name: 'dig', retryOf: 'a' });
  const { tasks } = await client.listTasks({ design: 'design/North' });
  expect(tasks).toHaveLength(2);
  watch.close();
});

test('many tasks share the WebSocket of the client token, and each ends once', async () => {
  const server = fakeReflexServer();
  const ids = Array.from({ length: 30 }, (_, index) => `t${index}`);
  for (const id of ids) server.set(id, { status: 'Processing', progress: 1 });
  const client = reflexClientOf(server);
  const ended: string[] = [];
  const streams = ids.map((id) =>
    client.streamTaskProgress(id, {
      onSuccess: () => void ended.push(id),
      onEnd: () => void ended.push('end'),
    }),
  );
  await settle();
  expect(server.open).toHaveLength(5);
  for (const id of ids) server.set(id, { status: 'Finished', progress: 100 });
  expect(ended).toEqual(ids.flatMap((id) => [id, 'end']));
  expect(server.open).toEqual([]);
  for (const stream of streams) stream.close();
  expect(vi.getTimerCount()).toBe(0);
});

test('a task that the client token does not show is asked for by itself', async () => {
  const server = fakeReflexServer();
  for (const id of ['a', 'b', 'c', 'd']) server.set(id, { status: 'Processing' });
  const client = reflexClientOf(server);
  const outcomes: string[] = [];
  for (const id of ['a', 'b', 'c', 'd', 'gone'])
    client.streamTaskProgress(id, { onFailure: ({ code }) => void outcomes.push(`${id} ${code}`) });
  server.onSocket = (socket) => {
    if (socket.url.endsWith('gone')) return socket.closes(4404);
    socket.opens();
    socket.sends(server.stateOf(socket.url));
  };
  await vi.advanceTimersByTimeAsync(100);
  expect(outcomes).toEqual(['gone task-not-found']);
});
