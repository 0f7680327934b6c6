import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROBLEM_TYPE_PREFIX } from '../../src/contract/index.ts';
import { TestSocket } from '../support/http/openSocket.ts';

/** The machine may be busy with other tests. */
const SOON = { timeout: 15_000 };

export interface RunningReflex {
  /** Where '/tasks/{client_token}' of the Reflex protocol is, without a slash at the end. */
  url: string;
  /** Where '/tasks' of the LRT protocol is, which starts the tasks. */
  lrtUrl: string;
  fetch(input: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/**
 * What the Reflex protocol promises over HTTP, whatever carries it, and with `sockets` over WebSockets. `start` gives a
 * backend on test/support/tasks/definitions.ts; `Authorization: Bearer NAME` makes NAME the owner.
 */
export function declareReflexProtocolContract(
  name: string,
  start: () => Promise<RunningReflex>,
  { sockets }: { sockets: boolean },
): void {
  describe(`${name}: the Reflex protocol`, () => {
    let backend: RunningReflex;
    let gateCount = 0;
    const open: TestSocket[] = [];

    beforeEach(async () => {
      backend = await start();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((socket) => socket.close()));
      await backend.close();
    });

    const newGate = () => `${name} reflex ${gateCount++}`;
    const as = (owner: string) => ({ Authorization: `Bearer ${owner}` });
    const get = (path: string, owner = 'ann') =>
      backend.fetch(`${backend.url}${path}`, { headers: as(owner) });
    const getJson = async (path: string, owner?: string) => (await get(path, owner)).json();
    const run = async (task: string, params: object, { owner = 'ann', tags = ['reflex:tab-1'] } = {}) => {
      const response = await backend.fetch(`${backend.lrtUrl}/tasks`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...as(owner) },
        body: JSON.stringify({ name: task, params, tags }),
      });
      return (await response.json()) as { id: string; createdAt: string };
    };
    const statusOf = async (id: string) => (await getJson(`/tasks/tab-1/${id}`)).status;
    const nothing = { active_tasks: [], all_tasks: {} };

    test('the state has the fields of the template, and no other', async () => {
      const gate = newGate();
      const waiting = await run('wait', { gate });
      const done = await run('count', { to: 2 });
      await expect.poll(() => statusOf(waiting.id), SOON).toBe(`waiting for ${gate}`);
      await expect.poll(() => statusOf(done.id), SOON).toBe('FINISHED');
      const first = {
        status: `waiting for ${gate}`,
        progress: 10,
        created_at: Date.parse(waiting.createdAt) / 1_000,
      };
      const second = { status: 'FINISHED', progress: 100, created_at: Date.parse(done.createdAt) / 1_000 };
      const response = await get('/tasks/tab-1');
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual({
        active_tasks: [first],
        all_tasks: { [waiting.id]: first, [done.id]: second },
      });
      expect(await getJson(`/tasks/tab-1/${waiting.id}`)).toEqual(first);
      await run('open', { gate });
    });

    test('a task that failed, and one that was cancelled, are ERROR and say why', async () => {
      const failed = await run('fail', { message: 'no pole' });
      const gate = newGate();
      const cancelled = await run('wait', { gate });
      await backend.fetch(`${backend.lrtUrl}/tasks/${cancelled.id}`, {
        method: 'DELETE',
        headers: as('ann'),
      });
      await expect.poll(() => statusOf(failed.id), SOON).toBe('ERROR: no pole');
      await expect.poll(() => statusOf(cancelled.id), SOON).toBe('ERROR: The task was cancelled');
      expect((await getJson('/tasks/tab-1')).active_tasks).toEqual([]);
    });

    test("a token selects the tasks with its tag; one's own name selects all of one's own", async () => {
      const tagged = await run('count', { to: 1 });
      const other = await run('count', { to: 1 }, { tags: [] });
      expect(Object.keys((await getJson('/tasks/tab-1')).all_tasks)).toEqual([tagged.id]);
      expect(Object.keys((await getJson('/tasks/ann')).all_tasks).sort()).toEqual(
        [tagged.id, other.id].sort(),
      );
      expect((await get(`/tasks/tab-1/${other.id}`)).status).toBe(404);
      expect((await get(`/tasks/ann/${other.id}`)).status).toBe(200);
    });

    test('an unknown token and the token of another owner look the same: there is nothing', async () => {
      const { id } = await run('count', { to: 1 });
      for (const token of ['unknown', 'ann', 'tab-1']) {
        expect(await getJson(`/tasks/${token}`, 'bob')).toEqual(nothing);
        const response = await get(`/tasks/${token}/${id}`, 'bob');
        expect(response.status).toBe(404);
        expect((await response.json()).type).toBe(`${PROBLEM_TYPE_PREFIX}task-not-found`);
      }
    });

    test.each(['x'.repeat(94), '%00', 'a%0Ab'])('refuses the token %s, and names it', async (token) => {
      const response = await get(`/tasks/${token}`);
      expect(response.status).toBe(400);
      expect((await response.json()).errors[0].parameter).toBe('client_token');
    });

    test('a request without an upgrade gets 426 where a WebSocket is', async () => {
      const { id } = await run('count', { to: 1 });
      for (const path of ['/ws/tasks/tab-1', `/ws/tasks/tab-1/${id}`]) {
        const response = await get(path);
        expect(response.status).toBe(426);
        expect(response.headers.get('upgrade')).toBe('websocket');
      }
    });

    if (!sockets) return;

    const connect = (path: string, owner = 'ann') => {
      const socket = new TestSocket(`${backend.url}/ws${path}`, owner);
      open.push(socket);
      return socket;
    };

    test('a socket of a token begins with the state, and sends it again after changes', async () => {
      const gate = newGate();
      const first = await run('wait', { gate });
      await expect.poll(() => statusOf(first.id), SOON).toBe(`waiting for ${gate}`);
      const socket = connect('/tasks/tab-1');
      await socket.shows({ type: 'state_update' });
      expect(socket.messages[0]).toEqual({ type: 'state_update', ...(await getJson('/tasks/tab-1')) });
      const second = await run('count', { to: 3 });
      await run('count', { to: 3 }, { owner: 'bob' });
      await run('count', { to: 3 }, { tags: ['reflex:tab-2'] });
      await socket.shows({ all_tasks: { [second.id]: { status: 'FINISHED' } } });
      await run('open', { gate }, { tags: [] });
      await socket.shows({ active_tasks: [], all_tasks: { [first.id]: { status: 'FINISHED' } } });
      expect(socket.latest).toEqual({ type: 'state_update', ...(await getJson('/tasks/tab-1')) });
      expect(new Set(socket.messages.flatMap(({ all_tasks }) => Object.keys(all_tasks ?? {})))).toEqual(
        new Set([first.id, second.id]),
      );
      expect(new Set(socket.messages.map(({ type }) => type))).toEqual(new Set(['state_update']));
    });

    test('a socket of a task sends its changes alone, and closes with 1000 when it has ended', async () => {
      const gate = newGate();
      const { id } = await run('wait', { gate });
      const socket = connect(`/tasks/tab-1/${id}`);
      await socket.shows({ type: 'state_update', status: `waiting for ${gate}`, progress: 10 });
      expect(Object.keys(socket.latest ?? {}).sort()).toEqual(['created_at', 'progress', 'status', 'type']);
      await run('open', { gate }, { tags: ['reflex:tab-1'] });
      expect(await socket.closed).toMatchObject({ code: 1000 });
      expect(socket.latest).toMatchObject({ status: 'FINISHED', progress: 100 });
      const late = connect(`/tasks/tab-1/${id}`);
      expect(await late.closed).toMatchObject({ code: 1000 });
      expect(late.messages).toEqual([{ type: 'state_update', ...(await getJson(`/tasks/tab-1/${id}`)) }]);
    });

    test('a socket of a task that is not there, or that is foreign, sends nothing and closes with 4404', async () => {
      const { id } = await run('count', { to: 1 });
      for (const socket of [
        connect('/tasks/tab-1/nothing'),
        connect(`/tasks/tab-1/${id}`, 'bob'),
        connect(`/tasks/tab-2/${id}`),
      ]) {
        expect(await socket.closed).toMatchObject({ code: 4404 });
        expect(socket.messages).toEqual([]);
      }
    });

    test('a foreign token gets an empty state, and hears of no task of another owner', async () => {
      const socket = connect('/tasks/tab-1', 'bob');
      await socket.shows({ type: 'state_update', ...nothing });
      const foreign = await run('count', { to: 1 });
      const own = await run('count', { to: 1 }, { owner: 'bob' });
      await socket.shows({ all_tasks: { [own.id]: { status: 'FINISHED' } } });
      expect(JSON.stringify(socket.messages)).not.toContain(foreign.id);
    });
  });
}
