import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Command, Commands } from '../../../support/server/lrtServer.ts';

// Each test starts processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const commands = new Commands();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-cli-'));
});
afterEach(async () => {
  await commands.endAll();
  await rm(folder, { recursive: true });
});

const SOON = { timeout: 30_000, interval: 20 };

/** Once it listens. */
async function address(command: Command): Promise<{ url: string; headers: Record<string, string> }> {
  await command.says(/^http:.*\n/);
  const [, url = ''] = /^(http:\/\/\S+)\/tasks/.exec(command.printed()) ?? [];
  const [, token] = /^Authorization: (Bearer \S+)\n/m.exec(command.printed()) ?? [];
  return { url, headers: token ? { Authorization: token } : {} };
}

async function post(
  server: { url: string; headers: Record<string, string> },
  body: object,
): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', ...server.headers };
  return fetch(`${server.url}/tasks`, { method: 'POST', headers, body: JSON.stringify(body) });
}

const connectTen = {
  name: 'customer_connection_task',
  params: { design: 'design/FTTH', pole_id: 6, count: 10, seed: 1 },
};

describe('lrt-server with nothing else', () => {
  test('keeps its tasks, its network and its token over a restart', async () => {
    const first = commands.start(['--port', '0'], { cwd: folder });
    const server = await address(first);
    expect(first.printed()).toContain('(design/FTTH)');
    expect((await fetch(`${server.url}/tasks`)).status).toBe(401);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const { id } = await (await post(server, connectTen)).json();
    const stream = await fetch(`${server.url}/tasks/${id}/events`, { headers: server.headers });
    expect(await stream.text()).toContain('event: succeeded');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = commands.start(['--port', '0'], { cwd: folder });
    const again = await address(second);
    expect(again.headers).toEqual(server.headers);
    const task = await (await fetch(`${again.url}/tasks/${id}`, again)).json();
    expect(task).toMatchObject({ status: 'succeeded', result: { connections: 10 } });
    const features = await fetch(`${again.url}/features?tables=wall_box&design=design/FTTH`, again);
    expect((await features.json()).features.length).toBe(10);
  });

  test('counts its tasks, for admins to read', async () => {
    const server = await address(commands.start(['--port', '0'], { cwd: folder }));
    const { id } = await (await post(server, connectTen)).json();
    await (await fetch(`${server.url}/tasks/${id}/events`, server)).text();
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const figures = await (await fetch(`${server.url}/metrics`, server)).text();
    const task = '\\{[^}]*name="customer_connection_task"[^}]*\\}';
    expect(figures).toMatch(new RegExp(`^lrt_queue_wait_seconds_count${task} 1$`, 'm'));
    expect(figures).toMatch(new RegExp(`^lrt_run_seconds_count${task} 1$`, 'm'));
  });

  test('does not log its token', async () => {
    const command = commands.start(['--port', '0'], { cwd: folder });
    const { url, headers } = await address(command);
    await fetch(`${url}/designs?access_token=abc123`, { headers });
    await expect.poll(command.told, SOON).toContain('/designs');
    expect(command.told()).not.toContain(headers.Authorization?.slice('Bearer '.length));
    expect(command.told()).not.toContain('abc123');
  });

  test('says that its file is in use', async () => {
    await address(commands.start(['--port', '0'], { cwd: folder }));
    const { code, told } = await commands.run(['--port', '0'], { cwd: folder });
    expect(code).toBe(1);
    expect(told).toMatch(/lrt-server\.sqlite is in use by another server/);
  });

  test('says that its port is taken', async () => {
    const { url } = await address(commands.start(['--port', '0'], { cwd: folder }));
    const { port } = new URL(url);
    const { code, told } = await commands.run(['--port', port, '--data', 'other.sqlite'], { cwd: folder });
    expect(code).toBe(1);
    expect(told).toContain(`port ${port} is taken on 127.0.0.1`);
  });
});

describe('a town', () => {
  test('fills a new file; for one that has a network it is ignored, and that is said', async () => {
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
    const args = ['--port', '0', '--town', '.', '--insecure'];
    const first = commands.start(args, { cwd: folder });
    const { url } = await address(first);
    const { features } = await (await fetch(`${url}/features?tables=address`)).json();
    expect(features.map(({ properties }: { properties: object }) => properties)).toMatchObject([
      { street_number: '1' },
    ]);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(first.told()).not.toContain('ignored');

    const second = commands.start(args, { cwd: folder });
    await address(second);
    expect(second.told()).toMatch(/--town is ignored: .*lrt-server\.sqlite has a network/);
  });

  test('that cannot be read leaves no file behind', async () => {
    const { code, told } = await commands.run(['--port', '0', '--town', 'no-town'], { cwd: folder });
    expect(code).toBe(1);
    expect(told).toMatch(
      /--town .*no-town cannot be read .*there is no such folder; give the folder that holds addresses\.geojson/,
    );
    await expect(readFile(join(folder, 'lrt-server.sqlite'))).rejects.toThrow('ENOENT');
  });
});

describe('--tasks', () => {
  const greet = (name: string) => `
    import { defineTask, TaskRefusal } from 'lrt-server';
    const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
    export default [defineTask({ name: '${name}', params, execute: async ({ who }) => {
      if (!who) throw new TaskRefusal({ code: 'nobody', message: 'Say whom to greet' });
      return { text: 'Hello ' + who };
    } })];`;

  test('runs tasks of a module of your own, whose refusals are understood', async () => {
    await writeFile(join(folder, 'greet.mjs'), greet('greet'));
    const command = commands.start(['--port', '0', '--insecure', '--tasks', 'greet.mjs'], { cwd: folder });
    const server = await address(command);
    const outcome = async (params: object) => {
      const { id } = await (await post(server, { name: 'greet', params })).json();
      await (await fetch(`${server.url}/tasks/${id}/events`)).text();
      return (await fetch(`${server.url}/tasks/${id}`)).json();
    };
    expect(await outcome({ who: 'Ann' })).toMatchObject({
      status: 'succeeded',
      result: { text: 'Hello Ann' },
    });
    expect(await outcome({})).toMatchObject({ status: 'failed', error: { code: 'nobody' } });
  });
});

describe('told to stop', () => {
  test('ends streams, and runs the task again at the next start', async () => {
    const slow = `
      import { defineTask } from 'lrt-server';
      const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
      export default defineTask({ name: 'slow', params, async execute(_, { attempt, signal, progress }) {
        await progress({ message: 'attempt ' + attempt });
        if (attempt === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        return { attempt };
      } });`;
    await writeFile(join(folder, 'slow.mjs'), slow);
    const args = ['--port', '0', '--insecure', '--tasks', 'slow.mjs'];
    const first = commands.start(args, { cwd: folder });
    const server = await address(first);
    const { id } = await (await post(server, { name: 'slow', params: {} })).json();
    const stream = (await fetch(`${server.url}/tasks/${id}/events`)).text();
    await expect
      .poll(async () => (await fetch(`${server.url}/tasks/${id}`)).json(), SOON)
      .toMatchObject({ progress: { message: 'attempt 1' } });
    first.child.kill('SIGTERM');
    expect(await stream).not.toContain('event: failed');
    expect(await first.ended).toBe(0);

    const { url } = await address(commands.start(args, { cwd: folder }));
    await expect
      .poll(async () => (await fetch(`${url}/tasks/${id}`)).json(), SOON)
      .toMatchObject({ status: 'succeeded', result: { attempt: 2 } });
  });

  test('a second time, ends at once', async () => {
    const busy = `
      import { defineTask } from 'lrt-server';
      const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
      // Deaf to its signal: the engine waits for it to tidy up.
      export default defineTask({ name: 'deaf', params, execute: () => new Promise(() => {}) });`;
    await writeFile(join(folder, 'deaf.mjs'), busy);
    const command = commands.start(['--port', '0', '--insecure', '--tasks', 'deaf.mjs'], { cwd: folder });
    const server = await address(command);
    const { id } = await (await post(server, { name: 'deaf', params: {} })).json();
    await expect
      .poll(async () => (await fetch(`${server.url}/tasks/${id}`)).json(), SOON)
      .toMatchObject({ status: 'running' });
    command.child.kill('SIGTERM');
    await expect.poll(command.told, SOON).toContain('"msg":"stopping"');
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(1);
    expect(command.told()).toContain('a second time');
  });

  test('by an error that nothing caught, it is logged', async () => {
    await writeFile(
      join(folder, 'bomb.mjs'),
      'setTimeout(() => { throw new Error("boom") }, 50); export default [];',
    );
    const { code, told } = await commands.run(['--port', '0', '--insecure', '--tasks', 'bomb.mjs'], {
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(told).toContain('boom');
  });
});
