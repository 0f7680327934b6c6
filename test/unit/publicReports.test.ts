/**
 * Symptoms from the public bug reports of similar software, tried on this one. docs/tried.md lists them all, with those
 * that other tests try.
 */
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { NetworkTable } from '../../backend/network/NetworkStore.ts';
import { createMockBackend, defineTask, generateTown, type MockBackendOptions } from '../../mocks/index.ts';
import { createTaskClient, openEventStream, type StreamEvent } from '../../src/client/index.ts';
import { startScriptedEventServer } from '../support/client/scriptedEventServer.ts';

const town = generateTown({ addresses: 40 });

async function openMock(options: MockBackendOptions) {
  const backend = await createMockBackend({ town, ...options });
  onTestFinished(() => backend.close());
  return backend;
}

/** Follows a scripted server until the event named 'succeeded'. */
async function follow(url: string): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  await new Promise<void>((resolve) => {
    const stream = openEventStream(url, {
      onEvent: (event) => events.push(event),
      onConnection: ({ state }) => state === 'closed' && resolve(),
      isTerminal: ({ event }) => event === 'succeeded',
    });
    onTestFinished(() => stream.close());
  });
  return events;
}

describe('event streams', () => {
  it('EventSource/eventsource#27: each reconnection asks after the newest id, not the first one', async () => {
    const server = await startScriptedEventServer(
      (connection) => {
        connection.head();
        connection.event(1);
        connection.event(2);
        connection.end();
      },
      (connection) => {
        connection.head();
        connection.event(3);
        connection.end();
      },
      (connection) => {
        connection.head();
        connection.event(4, {}, 'succeeded');
        connection.end();
      },
    );
    onTestFinished(() => server.close());
    const events = await follow(server.url);
    expect(events.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '2', '3']);
  });

  it('EventSource/eventsource#358: an event without an id keeps the id before it', async () => {
    const server = await startScriptedEventServer(
      (connection) => {
        connection.head();
        connection.event(7);
        connection.send('data: no id\n\n');
        connection.end();
      },
      (connection) => {
        connection.head();
        connection.event(8, {}, 'succeeded');
        connection.end();
      },
    );
    onTestFinished(() => server.close());
    await follow(server.url);
    expect(server.requests[1]?.headers['last-event-id']).toBe('7');
  });

  it('EventSource/eventsource#89: after the server was away there is one connection, and each event comes once', async () => {
    const server = await startScriptedEventServer(
      (connection) => connection.reset(),
      (connection) => connection.reset(),
      (connection) => {
        connection.head();
        connection.event(1);
        connection.event(2, {}, 'succeeded');
        connection.end();
      },
    );
    onTestFinished(() => server.close());
    const events = await follow(server.url);
    expect(events.map(({ id }) => id)).toEqual(['1', '2']);
    expect(server.requests).toHaveLength(3);
  });
});

describe('the mock backend', () => {
  it('honojs/middleware#1762: a follower that goes away leaves no stream behind', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const waits = defineTask({
      name: 'waits',
      params: z.strictObject({}),
      async execute() {
        start();
        await released;
      },
    });
    const backend = await openMock({ tasks: [waits] });
    const server = setupServer(...backend.handlers('http://localhost/lrt'));
    server.listen();
    onTestFinished(() => server.close());
    const client = createTaskClient({ baseUrl: 'http://localhost/lrt' });
    const { id } = await client.enqueueTask('waits', {});
    const called: string[] = [];
    const gone = client.streamTaskProgress(id, { onEnd: () => called.push('gone') });
    gone.close();
    const ended = new Promise<void>((resolve) => {
      client.streamTaskProgress(id, { onSuccess: () => called.push('stays'), onEnd: () => resolve() });
    });
    await started;
    release();
    await ended;
    expect(called).toEqual(['stays']);
  });

  it('qgis/QGIS#40001: a task that hears nothing does not keep the backend from closing', async () => {
    const deaf = defineTask({
      name: 'deaf',
      params: z.strictObject({}),
      execute: () => new Promise<void>(() => {}),
    });
    const backend = await createMockBackend({ town, tasks: [deaf] });
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { id } = await client.enqueueTask('deaf', {});
    await expect.poll(async () => (await client.getTask(id)).status).toBe('running');
    await expect(backend.close()).resolves.toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'HarperFast/harper#1295: a task, a parameter and a key named %s are nothing special',
    async (name) => {
      const echo = defineTask({
        name: 'echo',
        params: z.unknown(),
        execute: async (params) => JSON.stringify(params),
      });
      const backend = await openMock({ tasks: [echo] });
      const post = (body: string) =>
        backend.fetch(
          new Request('http://mock/tasks', {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/json' },
          }),
        );
      const unknown = await post(`{"name":"${name}","params":{}}`);
      expect(unknown.status).toBe(400);
      expect(await unknown.json()).toMatchObject({ type: 'urn:problem-type:lrt:unknown-task' });
      const body = `{"name":"echo","params":{"${name}":1},"idempotencyKey":"${name}"}`;
      const [first, again] = [await post(body), await post(body)];
      expect([first.status, again.status]).toEqual([202, 200]);
      const [a, b] = [await first.json(), await again.json()];
      expect(b.id).toBe(a.id);
      expect(Object.hasOwn(a.params, name)).toBe(true);
      await expect
        .poll(
          async () => (await (await backend.fetch(new Request(`http://mock/tasks/${a.id}`))).json()).result,
        )
        .toBe(`{"${name}":1}`);
    },
  );

  it('qgis/QGIS#7073: a task that is none, such as a failed import, is refused with its place in the list', async () => {
    const tasks: MockBackendOptions['tasks'] = JSON.parse('[null]');
    await expect(openMock(tasks ? { tasks } : {})).rejects.toThrow(
      'tasks[0] is null and no task definition: make it with defineTask, and check its import',
    );
  });
});

describe('tables of a design', () => {
  const design = 'design/FTTH-North';

  /** Runs a function on the design's poles as a task, and resolves with its result. */
  async function inTask(work: (poles: NetworkTable) => Promise<unknown>) {
    const task = defineTask({
      name: 'work_on_poles',
      params: z.strictObject({}),
      execute: async (_, { network }) => work((await network.view(design)).table('pole')),
    });
    const backend = await openMock({ tasks: [task] });
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { id } = await client.enqueueTask('work_on_poles', {});
    return new Promise((onSuccess, onFailure) => client.streamTaskProgress(id, { onSuccess, onFailure }));
  }

  it('knex/knex#3213: to update or delete a record that does not exist is an error that names it', async () => {
    const update = inTask((poles) => poles.update(987_654, { properties: { height: 9 } }));
    await expect(update).rejects.toMatchObject({
      code: 'record-not-found',
      message: expect.stringContaining('987654'),
    });
    await expect(inTask((poles) => poles.delete(987_654))).rejects.toMatchObject({
      code: 'record-not-found',
    });
  });

  it('sequelize/sequelize#2847: an id that is undefined deletes and updates nothing', async () => {
    const id: number = JSON.parse('{}').id;
    const result = await inTask(async (poles) => {
      const before = await poles.recs();
      const calls = await Promise.allSettled([
        poles.delete(id),
        poles.update(id, { properties: { height: 9 } }),
      ]);
      const after = await poles.recs();
      return {
        calls: calls.map(({ status }) => status),
        same: JSON.stringify(after) === JSON.stringify(before),
        count: before.length,
      };
    });
    expect(result).toEqual({ calls: ['rejected', 'rejected'], same: true, count: expect.any(Number) });
    expect(result).not.toMatchObject({ count: 0 });
  });

  it('knex/knex#3591: an update without a change is no error, and leaves the record as it is', async () => {
    const result = await inTask(async (poles) => {
      const [pole] = await poles.recs();
      if (!pole) throw new Error('the town has a pole');
      const { properties, geometry } = await poles.update(pole.id, {});
      return [JSON.stringify(properties), JSON.stringify(geometry)].join() ===
        [JSON.stringify(pole.properties), JSON.stringify(pole.geometry)].join()
        ? 'the same'
        : properties;
    });
    expect(result).toBe('the same');
  });
});

describe('a task of which some items fail', () => {
  it('windmill-labs/windmill#9028, PrefectHQ/prefect#9814, #5170, galaxyproject/galaxy#18442: failures show, and only they are retried', async () => {
    const runs: { streets: string[]; ran: readonly string[] }[] = [];
    const survey = defineTask({
      name: 'survey',
      params: z.strictObject({ streets: z.array(z.string()) }),
      async execute({ streets }, { progress, items }) {
        const ran = items ?? streets;
        const fails = (id: string) => items === undefined && id !== 'b';
        runs.push({ streets, ran });
        for (const id of ran) {
          await progress({
            items: [fails(id) ? { id, code: 'closed', message: `Street ${id} is closed` } : { id, ok: true }],
          });
        }
        return ran.length;
      },
    });
    const backend = await openMock({ tasks: [survey] });
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const end = (id: string | number) =>
      expect.poll(async () => (await client.getTask(id)).status).toBe('succeeded');
    const { id } = await client.enqueueTask('survey', { streets: ['a', 'b', 'c'] });
    await end(id);
    expect((await client.getTask(id)).items).toMatchObject({
      ok: 1,
      failed: 2,
      failures: [{ id: 'a', message: 'Street a is closed' }, { id: 'c' }],
    });
    const again = await client.retryTask(id, { items: 'failed' });
    await end(again.id);
    expect((await client.getTask(again.id)).items).toMatchObject({ ok: 2, failed: 0 });
    expect(runs).toEqual([
      { streets: ['a', 'b', 'c'], ran: ['a', 'b', 'c'] },
      { streets: ['a', 'b', 'c'], ran: ['a', 'c'] },
    ]);
  });
});
