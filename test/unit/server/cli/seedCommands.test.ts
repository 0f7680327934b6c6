import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findPython } from '../../../../scripts/services/findServices.mjs';
import { Commands } from '../../../support/server/lrtServer.ts';

/**
 * The command lines of the Reflex template against `lrt-server serve --reflex-port`: curl itself, and in place of wscat
 * the WebSocket client that comes with Python's library.
 */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A task of the template's kind. It waits, so that the command lines see it at work. */
const task = `
  import { monitoredTask } from 'lrt-server';
  const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
  export default monitoredTask({ name: 'process', params }, async (_, task) => {
    await task.update({ progress: 50, status: 'Processing' });
    await new Promise((_, reject) => task.signal.addEventListener('abort', () => reject(task.signal.reason)));
  });`;

const commands = new Commands();
let folder: string;
let url: string;
let id: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-seed-'));
  await writeFile(join(folder, 'task.mjs'), task);
  const args = ['serve', '--insecure', '--port', '0', '--reflex-port', '0', '--tasks', 'task.mjs'];
  const server = commands.start(args, { cwd: folder });
  await server.says(/^http:\S+\/tasks\/\{client_token\}/m);
  [, url = ''] = /^(http:\/\/\S+)\/tasks\/\{client_token\}/m.exec(server.printed()) ?? [];
  const [, lrtUrl] = /^(http:\/\/\S+)\/tasks\s/m.exec(server.printed()) ?? [];
  const response = await fetch(`${lrtUrl}/tasks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'process', params: {} }),
  });
  ({ id } = await response.json());
});
afterAll(async () => {
  await commands.endAll();
  await rm(folder, { recursive: true });
});

const curl = async (path: string) => JSON.parse((await promisify(execFile)('curl', [url + path])).stdout);

test('curl: all tasks of a client token, and one of them', async () => {
  await expect.poll(async () => (await curl(`/tasks/local/${id}`)).progress).toBe(50);
  const shown = { status: 'PROCESSING', progress: 50, created_at: expect.any(Number) };
  expect(await curl('/tasks/local')).toEqual({ active_tasks: [shown], all_tasks: { [id]: shown } });
});

test.each(['/ws/tasks/local', '/ws/tasks/local/ID'])('a WebSocket command line on %s', async (path) => {
  const address = `${url.replace('http', 'ws')}${path.replace('ID', id)}`;
  const client = spawn(findPython() ?? 'python3', ['-m', 'websockets', address]);
  let printed = '';
  client.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  await expect.poll(() => printed, { timeout: 30_000 }).toContain('{"type":"state_update",');
  client.kill();
  await once(client, 'close');
});
