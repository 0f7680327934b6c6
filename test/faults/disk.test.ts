import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../scripts/services/freePort.ts';
import { ServiceGuard } from '../../scripts/services/ServiceGuard.ts';
import { ServiceProcess } from '../../scripts/services/ServiceProcess.ts';
import { createTaskClient, type GeoFeature } from '../../src/client/index.ts';
import { Follower } from './support/Follower.ts';
import { until } from './support/until.ts';

const BIN = fileURLToPath(new URL('../../server/bin/lrt-server.mjs', import.meta.url));
const TASKS = fileURLToPath(new URL('./tasks.js', import.meta.url));

/** Of the task during which the disk fills up. */
const POLES = 2_000;

const folder = mkdtempSync(join(tmpdir(), 'lrt-disk-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { encoding: 'utf8' });
const why = mounted.error?.message ?? mounted.stderr.trim();
if (mounted.status !== 0) {
  rmSync(folder, { recursive: true });
  console.log(
    `faults: the disk of the embedded server full: left out, no small disk could be mounted (${why})`,
  );
}

test.skipIf(mounted.status !== 0)(
  'the disk of the embedded server is full',
  { timeout: 120_000 },
  async () => {
    onTestFinished(() => {
      spawnSync('umount', [disk]);
      rmSync(folder, { recursive: true });
    });
    const guard = new ServiceGuard();
    onTestFinished(() => guard.close());
    const { url, server } = await startEmbedded(guard);
    onTestFinished(() => server.kill());
    const client = createTaskClient({ baseUrl: url });
    const [design] = await designs(url);
    const start = async (poles: number, stepMs: number) => {
      const { id } = await client.enqueueTask('poles', { design, poles, stepMs });
      const follower = new Follower(url, String(id));
      onTestFinished(() => follower.close());
      return follower;
    };
    const before = await start(10, 1);
    await before.over;
    const { pid } = server;

    const during = await start(POLES, 1);
    await until('the task to be at half', () => during.done > POLES / 2 || during.ending !== undefined);
    const filler = join(disk, 'filler');
    fill(filler);
    await during.over;
    const refusal = await start(10, 1).catch((error) => error);
    const listed = await client.listTasks();
    rmSync(filler);
    const after = await start(10, 1);
    await after.over;

    const endings = [before, during, after].map(({ ending }) => ending?.type);
    expect(endings).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(during.ending).toMatchObject({ error: { message: expect.stringContaining('the disk is full') } });
    expect(String(refusal)).toContain('the disk is full');
    expect(listed.tasks.map(({ id }) => id)).toEqual([during.taskId, before.taskId]);
    expect(server.pid).toBe(pid);

    // The file as the next process finds it, which checks it first.
    await server.restart();
    const kept = [before, during, after].map(({ taskId }) => new Follower(url, taskId));
    onTestFinished(() => {
      for (const follower of kept) follower.close();
    });
    await Promise.all(kept.map(({ over }) => over));
    const problems = [before, during, after, ...kept].flatMap((follower) => follower.problems());
    const statuses = kept.map(({ ending }) => ending?.type);
    const poles = await countPoles(url, String(design));
    if (poles !== 20) problems.push(`${poles} poles are stored, not 20`);
    console.log(
      `faults: disk of the embedded server full; 3 tasks, 1 failed; lost or doubled: ${problems.length}`,
    );
    expect(problems).toEqual([]);
    expect(statuses).toEqual(['succeeded', 'failed', 'succeeded']);
  },
);

async function startEmbedded(guard: ServiceGuard) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const work = join(folder, 'server');
  mkdirSync(work);
  const flags = ['--port', String(port), '--insecure', '--data', join(disk, 'lrt.sqlite'), '--tasks', TASKS];
  const server = new ServiceProcess({
    name: 'lrt-server',
    command: process.execPath,
    args: [BIN, 'serve', ...flags, '--log-level', 'warn'],
    folder: work,
    guard,
    isReady: () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    stopSignal: 'SIGTERM',
  });
  await server.start();
  return { url, server };
}

async function designs(url: string): Promise<string[]> {
  return (await features(`${url}/designs`)).map(({ id }) => id);
}

/** Of tasks of tasks.js. */
async function countPoles(url: string, design: string): Promise<number> {
  const found = await features(`${url}/features?tables=pole&design=${encodeURIComponent(design)}`);
  return found.filter(({ properties }) => properties.name?.includes('#')).length;
}

async function features(url: string): Promise<GeoFeature[]> {
  const collection: { features: GeoFeature[] } = await (await fetch(url)).json();
  return collection.features;
}

/** Writes to the file until nothing more fits on its disk. */
function fill(file: string): void {
  const opened = openSync(file, 'w');
  try {
    for (const bytes of [65_536, 4_096, 1]) {
      const zeros = Buffer.alloc(bytes);
      try {
        while (writeSync(opened, zeros) === bytes);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    }
  } finally {
    closeSync(opened);
  }
}
