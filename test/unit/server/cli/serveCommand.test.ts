// Tests `lrt-server` on one machine as an operator meets it: as a process, with its file, its log and its signals. A start
// takes about a second, so the tests of a kind share a server, and the last of them stops it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TestSocket } from '../../../support/http/openSocket.ts';
import { type Command, Commands } from '../../../support/server/lrtServer.ts';

// Each test starts processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SOON = { timeout: 30_000, interval: 20 };

const commands = new Commands();
const folders: string[] = [];
afterAll(async () => {
  await commands.endAll();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-cli-'));
  folders.push(folder);
  return folder;
}

interface Server {
  command: Command;
  url: string;
  headers: Record<string, string>;
}

/** A server that listens, and the headers that its log names for a caller. */
async function serve(cwd: string, args: readonly string[] = []): Promise<Server> {
  const command = commands.start(['--port', '0', ...args], { cwd });
  await command.says(/^http:.*\n/);
  const [, url = ''] = /^(http:\/\/\S+)\/tasks/.exec(command.printed()) ?? [];
  const [, token] = /^Authorization: (Bearer \S+)\n/m.exec(command.printed()) ?? [];
  return { command, url, headers: token ? { Authorization: token } : {} };
}

/** Starts a task, and resolves with its id. */
async function post(server: Server, name: string, params: object): Promise<string> {
  const headers = { 'Content-Type': 'application/json', ...server.headers };
  const body = JSON.stringify({ name, params });
  const { id } = await (await fetch(`${server.url}/tasks`, { method: 'POST', headers, body })).json();
  return id;
}

/** The task, and the text of its events once it has ended. */
const taskOf = async ({ url, headers }: Server, id: string) =>
  (await fetch(`${url}/tasks/${id}`, { headers })).json();
const eventsOf = async ({ url, headers }: Server, id: string) =>
  (await fetch(`${url}/tasks/${id}/events`, { headers })).text();

describe('lrt-server with nothing else', () => {
  let folder: string;
  let server: Server;
  let id: string;
  let events: string;

  beforeAll(async () => {
    folder = await newFolder();
    server = await serve(folder);
    const params = { design: 'design/FTTH', pole_id: 6, count: 10, seed: 1 };
    id = await post(server, 'customer_connection_task', params);
    events = await eventsOf(server, id);
  });

  test('is ready, has a town, and runs a task for whoever has its token', async () => {
    expect(server.command.printed()).toContain('(design/FTTH)');
    expect((await fetch(`${server.url}/tasks`)).status).toBe(401);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(events).toContain('event: succeeded');
  });

  test('counts its tasks, for admins to read', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const figures = await (await fetch(`${server.url}/metrics`, server)).text();
    const task = '\\{[^}]*name="customer_connection_task"[^}]*\\}';
    expect(figures).toMatch(new RegExp(`^lrt_queue_wait_seconds_count${task} 1$`, 'm'));
    expect(figures).toMatch(new RegExp(`^lrt_run_seconds_count${task} 1$`, 'm'));
  });

  test('does not log its token', async () => {
    const { command, url, headers } = server;
    await fetch(`${url}/designs?access_token=abc123`, { headers });
    await expect.poll(command.stderr, SOON).toContain('/designs');
    expect(command.stderr()).not.toContain(headers.Authorization?.slice('Bearer '.length));
    expect(command.stderr()).not.toContain('abc123');
  });

  test('says to another that its file is in use', async () => {
    const { code, stderr } = await commands.run(['--port', '0'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/lrt-server\.sqlite is in use by another server/);
  });

  test('says to another that its port is taken', async () => {
    const { port } = new URL(server.url);
    const { code, stderr } = await commands.run(['--port', port, '--data', 'other.sqlite'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain(`port ${port} is taken on 127.0.0.1`);
  });

  test('keeps its tasks, its network and its token over a restart', async () => {
    server.command.child.kill('SIGINT');
    expect(await server.command.ended).toBe(0);
    const again = await serve(folder);
    expect(again.headers).toEqual(server.headers);
    expect(await taskOf(again, id)).toMatchObject({ status: 'succeeded', result: { connections: 10 } });
    const features = await fetch(`${again.url}/features?tables=wall_box&design=design/FTTH`, again);
    expect((await features.json()).features.length).toBe(10);
  });
});

describe('a town and tasks of your own', () => {
  const ANY = `{ '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } }`;
  const greet = `
    import { defineTask, TaskRefusal } from 'lrt-server';
    export default [defineTask({ name: 'greet', params: ${ANY}, execute: async ({ who }) => {
      if (!who) throw new TaskRefusal({ code: 'nobody', message: 'Say whom to greet' });
      return { text: 'Hello ' + who };
    } })];`;
  const slow = `
    import { defineTask } from 'lrt-server';
    export default defineTask({ name: 'slow', params: ${ANY}, async execute(_, { attempt, signal, progress }) {
      await progress({ message: 'attempt ' + attempt });
      if (attempt === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return { attempt };
    } });`;
  const deaf = `
    import { defineTask } from 'lrt-server';
    // It does not listen to its signal, and the engine waits until it has tidied up.
    export default defineTask({ name: 'deaf', params: ${ANY}, execute: () => new Promise(() => {}) });`;
  const modules = { greet, slow, deaf };
  const args = [
    '--town',
    '.',
    '--insecure',
    '--base-path',
    '/gis/lrt',
    '--reflex-port',
    '0',
    '--metrics-port',
    '0',
    ...Object.keys(modules).flatMap((name) => ['--tasks', `${name}.mjs`]),
  ];

  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = await newFolder();
    const point = (x: number) => ({ type: 'Point', coordinates: [7.1 + x / 1000, 50.7] });
    const feature = (geometry: object, properties: object) => ({ type: 'Feature', geometry, properties });
    const layers = {
      addresses: [feature(point(1), { street_name: 'A', street_number: '1' })],
      poles: [feature(point(2), { name: 'P-1' })],
      streets: [],
    };
    for (const [name, features] of Object.entries(layers)) {
      const text = JSON.stringify({ type: 'FeatureCollection', features });
      await writeFile(join(folder, `${name}.geojson`), text);
    }
    for (const [name, text] of Object.entries(modules)) await writeFile(join(folder, `${name}.mjs`), text);
    server = await serve(folder, args);
  });

  test('the calls of the Reflex template work as written on the port of their own', async () => {
    const [, reflexUrl = ''] =
      /^(http:\/\/\S+)\/tasks\/\{client_token\}/m.exec(server.command.printed()) ?? [];
    const id = await post(server, 'greet', { who: 'Ann' });
    const state = async (path: string) => (await fetch(reflexUrl + path)).json();
    await expect.poll(async () => (await state(`/tasks/local/${id}`)).status, SOON).toBe('FINISHED');
    const { all_tasks } = await state('/tasks/local');
    expect(all_tasks[id]).toEqual({ status: 'FINISHED', progress: 100, created_at: expect.any(Number) });
    const socket = new TestSocket(`${reflexUrl}/ws/tasks/local`);
    await socket.shows({ type: 'state_update', all_tasks: { [id]: { status: 'FINISHED' } } });
    await socket.close();
    for (const path of ['/', '/healthz', '/features', '/admin/queues']) {
      expect((await fetch(reflexUrl + path)).status).toBe(404);
    }
  });

  test('the town fills a new file', async () => {
    const { features } = await (await fetch(`${server.url}/features?tables=address`)).json();
    expect(features.map(({ properties }: { properties: object }) => properties)).toMatchObject([
      { street_number: '1' },
    ]);
    expect(server.command.stderr()).not.toContain('ignored');
  });

  test('all of it is under the base path, which a proxy may strip', async () => {
    expect(server.url).toMatch(/:\d+\/gis\/lrt$/);
    const stripped = `${new URL(server.url).origin}/openapi.json`;
    expect((await (await fetch(stripped)).json()).servers).toEqual([{ url: '/gis/lrt' }]);
  });

  test('tasks of your modules run, and their refusals are understood', async () => {
    const outcome = async (params: object) => {
      const id = await post(server, 'greet', params);
      await eventsOf(server, id);
      return taskOf(server, id);
    };
    expect(await outcome({ who: 'Ann' })).toMatchObject({
      status: 'succeeded',
      result: { text: 'Hello Ann' },
    });
    expect(await outcome({})).toMatchObject({ status: 'failed', error: { code: 'nobody' } });
  });

  describe('after a SIGTERM and another start', () => {
    let id: string;
    let streamed: string;

    beforeAll(async () => {
      const first = server;
      id = await post(first, 'slow', {});
      const stream = eventsOf(first, id);
      const attempt = { progress: { message: 'attempt 1' } };
      await vi.waitFor(async () => expect(await taskOf(first, id)).toMatchObject(attempt), SOON);
      first.command.child.kill('SIGTERM');
      streamed = await stream;
      expect(await first.command.ended).toBe(0);
      server = await serve(folder, args);
    });

    test('streams have ended without an end of the task, which runs again', async () => {
      expect(streamed).not.toContain('event: failed');
      await expect
        .poll(async () => taskOf(server, id), SOON)
        .toMatchObject({ status: 'succeeded', result: { attempt: 2 } });
    });

    test('the town is ignored, and the log says so', () => {
      expect(server.command.stderr()).toMatch(/--town is ignored: .*lrt-server\.sqlite has a network/);
    });
  });

  test('the port of the metrics answers while the server drains; a second signal ends it at once', async () => {
    const { command } = server;
    const [, metrics = ''] = /metrics are at (http:\S+)\/metrics/.exec(command.stderr()) ?? [];
    expect((await fetch(`${metrics}/readyz`)).status).toBe(200);
    const id = await post(server, 'deaf', {});
    await expect.poll(async () => taskOf(server, id), SOON).toMatchObject({ status: 'running' });
    command.child.kill('SIGTERM');
    await expect.poll(command.stderr, SOON).toContain('"msg":"stopping"');
    // Requests are over. The task is not, and goes on to keep the engine from closing.
    await expect.poll(() => fetch(server.url).catch(() => 'closed'), SOON).toBe('closed');
    const readyz = await fetch(`${metrics}/readyz`);
    expect([readyz.status, await readyz.text()]).toEqual([503, 'not ready: shutting down\n']);
    expect((await fetch(`${metrics}/metrics`)).status).toBe(200);
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(1);
    expect(command.stderr()).toContain('a second time');
  });
});

test('a town that cannot be read leaves no file behind', async () => {
  const folder = await newFolder();
  const { code, stderr } = await commands.run(['--port', '0', '--town', 'no-town'], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toMatch(/--town .*no-town cannot be read .*there is no such file or folder/);
  await expect(readFile(join(folder, 'lrt-server.sqlite'))).rejects.toThrow('ENOENT');
});

test('an error that nothing caught is logged, and ends the server', async () => {
  const folder = await newFolder();
  const bomb = 'setTimeout(() => { throw new Error("boom") }, 50); export default [];';
  await writeFile(join(folder, 'bomb.mjs'), bomb);
  const { code, stderr } = await commands.run(['--port', '0', '--insecure', '--tasks', 'bomb.mjs'], {
    cwd: folder,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('boom');
});
