import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { type Command, Commands } from '../../support/server/lrtServer.ts';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';

// Each test starts processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });
const SOON = { timeout: 60_000, interval: 50 };

const commands = new Commands();
let folder: string;
let database: TestDatabase;
let services: string[];
let counter = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-cli-'));
  database = await createTestDatabase();
  counter += 1;
  const prefix = `cli-${process.pid}-${counter}`;
  services = ['--redis', inject('redisUrl'), '--database', database.databaseUrl, '--prefix', prefix];
});
afterEach(async () => {
  await commands.endAll();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function urlOf(server: Command): Promise<string> {
  await server.says(/^http:.*\n/);
  return /^(http:\/\/\S+)\/tasks/.exec(server.printed())?.[1] ?? '';
}

async function works(worker: Command): Promise<Command> {
  await worker.says(/^working on .*\n/);
  return worker;
}

/** A task that ends when the file `go` is there, and says in which process and attempt it runs. */
const WAITING = `
  import { existsSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  import { defineTask } from 'lrt-server';
  const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
  export default defineTask({ name: 'waiting', queue: 'slow', params, async execute(_, { attempt, signal, progress }) {
    await progress({ message: attempt + ' in ' + process.pid });
    while (!existsSync(new URL('./go', import.meta.url))) await setTimeout(20, undefined, { signal });
    return { attempt, pid: process.pid };
  } });`;

async function start(
  url: string,
  name: string,
  headers: Record<string, string> = {},
  params: object = {},
): Promise<string> {
  const response = await fetch(`${url}/tasks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ name, params }),
  });
  return (await response.json()).id;
}

async function read(url: string, id: string) {
  return (await fetch(`${url}/tasks/${id}`)).json();
}

describe('a server and workers', () => {
  beforeEach(() => writeFile(join(folder, 'waiting.mjs'), WAITING));

  test('share the work; a worker that is asked to stop ends what it has begun', async () => {
    const tasks = ['--tasks', join(folder, 'waiting.mjs')];
    const server = commands.start([...services, ...tasks, '--insecure', '--port', '0']);
    const worker = await works(commands.start(['worker', ...services, ...tasks, '--metrics-port', '0']));
    const url = await urlOf(server);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/admin/queues/`)).status).toBe(200);
    const id = await start(url, 'waiting');
    const events = (await fetch(`${url}/tasks/${id}/events`)).text();
    const pid = worker.child.pid;
    await expect.poll(() => read(url, id), SOON).toMatchObject({ progress: { message: `1 in ${pid}` } });

    const [, metrics] = /metrics are at (http:[^"]+)/.exec(worker.stderr()) ?? [];
    expect(await (await fetch(metrics ?? '')).text()).toContain('lrt_queue_wait_seconds_count{queue="slow"');
    worker.child.kill('SIGTERM');
    await expect.poll(worker.stderr, SOON).toContain('"msg":"stopping"');
    await writeFile(join(folder, 'go'), '');
    expect(await worker.ended).toBe(0);
    expect(await events).toContain('event: succeeded');
    expect(await read(url, id)).toMatchObject({ status: 'succeeded', result: { attempt: 1, pid } });

    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });

  test('a worker that has no time to end its task hands it to another', async () => {
    const tasks = ['--tasks', join(folder, 'waiting.mjs')];
    const url = await urlOf(commands.start([...services, ...tasks, '--insecure', '--port', '0']));
    const hasty = ['worker', ...services, ...tasks, '--drain-seconds', '0'];
    const first = await works(commands.start(hasty));
    const id = await start(url, 'waiting');
    await expect
      .poll(() => read(url, id), SOON)
      .toMatchObject({ status: 'running', progress: { message: `1 in ${first.child.pid}` } });
    const second = await works(commands.start(hasty));
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    await expect
      .poll(() => read(url, id), SOON)
      .toMatchObject({ progress: { message: `2 in ${second.child.pid}` } });
    await writeFile(join(folder, 'go'), '');
    await expect
      .poll(() => read(url, id), SOON)
      .toMatchObject({ status: 'succeeded', result: { attempt: 2 } });
  });
});

test('a worker for one workflow runs its nodes and nothing else, and exits as the workflow ends', async () => {
  await writeFile(join(folder, 'waiting.mjs'), WAITING);
  await writeFile(join(folder, 'go'), '');
  const tasks = ['--tasks', join(folder, 'waiting.mjs')];
  const url = await urlOf(commands.start([...services, ...tasks, '--insecure', '--port', '0']));
  const begin = async (link: object) => {
    const nodes = ['a', 'b'].map((key) => ({ key, task: 'waiting' }));
    const graph = { name: 'Two', nodes, links: [{ from: 'a', to: 'b', ...link }] };
    return start(url, 'workflow', {}, { graph });
  };
  const other = await start(url, 'waiting');
  const good = await begin({ output: 'pid', input: 'before' });
  const bad = await begin({ output: 'nothing', input: 'before' });
  const forRun = (id: string) => commands.start(['worker', ...services, ...tasks, '--workflow-id', id]);
  const [first, second] = [await works(forRun(good)), await works(forRun(bad))];
  expect(await Promise.all([first.ended, second.ended])).toEqual([0, 1]);
  expect(await read(url, good)).toMatchObject({ status: 'succeeded', items: { ok: 2, failed: 0 } });
  expect(await read(url, bad)).toMatchObject({
    status: 'failed',
    error: { code: 'node-failed', details: { node: 'b' } },
  });
  const { tasks: nodes } = await (await fetch(`${url}/tasks?tag=run:${good}`)).json();
  expect(nodes).toMatchObject([{ params: { before: first.child.pid } }, { attempt: 1 }]);
  expect(await read(url, other)).toMatchObject({ status: 'queued' });
  const unknown = await commands.run(['worker', ...services, '--workflow-id', 'nothing']);
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('no workflow with the id "nothing"'),
  ]);
});

test('a worker refuses a queue that no task goes to', async () => {
  const { code, stderr } = await commands.run(['worker', ...services, '--queues', 'high_priorty']);
  expect(code).toBe(2);
  expect(stderr).toContain('--queues: no task goes to "high_priorty"; did you mean high_priority?');
});

test('tokens signed with the key in a file are let in; its configuration is logged without secrets', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keyFile = join(folder, 'key.pem');
  await writeFile(keyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  const server = commands.start(
    ['--port', '0', '--migrate', '--jwt-key', keyFile, '--jwt-issuer', 'test', '--jwt-audience', 'lrt'],
    {
      env: {
        LRT_REDIS_URL: inject('redisUrl'),
        LRT_DATABASE_URL: database.databaseUrl,
        LRT_PREFIX: `cli-${process.pid}-jwt`,
      },
    },
  );
  const url = await urlOf(server);
  const token = await new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('test')
    .setAudience('lrt')
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(privateKey);
  expect((await fetch(`${url}/tasks`)).status).toBe(401);
  expect((await fetch(`${url}/tasks`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(server.stderr()).toContain('"jwt"');
  for (const secret of [new URL(inject('redisUrl')).password, new URL(database.databaseUrl).password]) {
    expect(secret).not.toBe('');
    expect(server.stderr() + server.printed()).not.toContain(secret);
  }
});
