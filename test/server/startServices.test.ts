import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startServices } from '../../scripts/services.mjs';

// Each starts databases of its own, some twice.
vi.setConfig({ testTimeout: 120_000 });

const MODULE = fileURLToPath(new URL('../../scripts/services.mjs', import.meta.url));

test('each service can be killed, and goes on with its data at the same address', async () => {
  const { redisUrl, databaseUrl, redis, postgres, stop } = await startServices();
  onTestFinished(stop);
  await remember(redisUrl, databaseUrl);
  const pids = [redis.pid, postgres.pid];
  await Promise.all([redis.kill(), postgres.kill()]);
  expect(pids.filter(runs)).toEqual([]);
  await Promise.all([redis.start(), postgres.start()]);
  await postgres.restart('immediate');
  expect(await recall(redisUrl, databaseUrl)).toEqual(['kept', 'kept']);
});

test('in a folder of its own the data is there at the next start, and no two processes use it at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-kept-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = await startServices({ folder });
  await remember(first.redisUrl, first.databaseUrl);
  await expect(startedElsewhere(folder).ended).resolves.toContain(`in use by process ${process.pid}`);
  await first.stop();
  const second = await startServices({ folder });
  onTestFinished(second.stop);
  expect(await recall(second.redisUrl, second.databaseUrl)).toEqual(['kept', 'kept']);
});

test('nothing is left of the services of a process that was killed', async () => {
  const { child, ready } = startedElsewhere();
  const { pids, folder } = await ready;
  expect(pids.filter(runs)).toEqual(pids);
  child.kill('SIGKILL');
  await expect.poll(() => pids.filter(runs), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false);
});

/** Services of another process. `ended`: what it complained of. */
function startedElsewhere(folder?: string) {
  const script = `
    import { startServices } from ${JSON.stringify(MODULE)};
    const { redis, postgres, folder } = await startServices(${JSON.stringify({ folder })});
    console.log(JSON.stringify({ pids: [redis.pid, postgres.pid], folder }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: dirname(MODULE) });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<{ pids: number[]; folder: string }>((resolve) => {
    lines.once('line', (line) => resolve(JSON.parse(line)));
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text;
  });
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(complaints)));
  return { child, ready, ended };
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function remember(redisUrl: string, databaseUrl: string): Promise<void> {
  await withBoth(redisUrl, databaseUrl, async (redis, client) => {
    await redis.set('word', 'kept');
    await client.query(`CREATE TABLE word AS SELECT 'kept' AS word`);
  });
}

function recall(redisUrl: string, databaseUrl: string): Promise<unknown[]> {
  return withBoth(redisUrl, databaseUrl, async (redis, client) => [
    await redis.get('word'),
    (await client.query('SELECT word FROM word')).rows[0]?.word,
  ]);
}

async function withBoth<T>(
  redisUrl: string,
  databaseUrl: string,
  work: (redis: Redis, client: pg.Client) => Promise<T>,
): Promise<T> {
  const redis = new Redis(redisUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return await work(redis, client);
  } finally {
    redis.disconnect();
    await client.end();
  }
}
