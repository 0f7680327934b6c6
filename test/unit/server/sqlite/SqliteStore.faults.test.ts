import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { NetworkStore } from '../../../../backend/network/NetworkStore.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { build } from '../../../support/server/buildTask.ts';
import { newFolder } from '../../../support/server/newFolder.ts';
import { DESIGN, smallTown } from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };

function folderOfTest(): string {
  const { path, remove } = newFolder();
  onTestFinished(remove);
  return path;
}

/** A server in this process. */
async function start(file: string) {
  const sqlite = await SqliteStore.open({ file, town: async () => smallTown });
  const { store } = sqlite;
  const engine = await EmbeddedEngine.open({ definitions: [build], store, journal: sqlite.journal });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await engine.close();
    sqlite.close();
  };
  onTestFinished(close);
  const ended = async (id: string) => {
    const { signal } = new AbortController();
    for await (const _ of engine.events({ cursors: { [id]: null } }, { caller: ann, signal }));
    return engine.get(id, ann);
  };
  const run = async (name: string, poles: number) =>
    ended((await engine.enqueue({ name: 'build', params: { name, poles } }, ann)).task.id);
  return { store, engine, ended, run, close };
}

/** How many poles each task has in the design. */
async function built(store: NetworkStore): Promise<Record<string, number>> {
  const poles = (await store.begin().view(DESIGN)).table('pole');
  const counts: Record<string, number> = {};
  for (const { properties } of await poles.recs()) {
    const name = String(properties.name);
    if (name.startsWith('task')) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** One life of mortalServer.ts, killed -9 after so many lines, or where it kills itself. True: it was killed. */
async function live(
  file: string,
  tasks: number,
  poles: number,
  end: { diesAt?: string; afterLines?: number },
) {
  const script = join(import.meta.dirname, '../../../support/server/mortalServer.ts');
  const child = spawn(process.execPath, [script, file, `${tasks}`, `${poles}`, end.diesAt ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let lines = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    lines += 1;
    if (lines === end.afterLines) child.kill('SIGKILL');
  }
  const [code, signal] = await closed;
  if (signal !== 'SIGKILL') expect(code).toBe(0);
  return signal === 'SIGKILL';
}

// Processes of their own, on a machine that may be busy.
describe('a server that is killed -9', { timeout: 120_000 }, () => {
  test.each(['saving queued', 'saved queued', '50 built', 'committing', 'committed', 'published succeeded'])(
    'at "%s" has run its task once when the next one is done',
    async (diesAt) => {
      const file = join(folderOfTest(), 'lrt.sqlite');
      expect(await live(file, 1, 60, { diesAt })).toBe(true);
      const { store, engine, ended } = await start(file);
      const { tasks } = await engine.list({}, ann);
      // What was not written down yet was never answered either.
      expect(tasks).toHaveLength(diesAt === 'saving queued' ? 0 : 1);
      for (const { id, status } of tasks) {
        expect(status === 'succeeded').toBe(['committed', 'published succeeded'].includes(diesAt));
        expect(await ended(id)).toMatchObject({ status: 'succeeded' });
      }
      expect(await built(store)).toEqual(tasks.length ? { 'task 1': 60 } : {});
    },
  );

  test('again and again, wherever it is, loses no task, doubles none and leaves none half done', async () => {
    const file = join(folderOfTest(), 'lrt.sqlite');
    let kills = 0;
    for (const afterLines of [1, 3, 9, 17, 30, 22, 14, 40]) {
      if (await live(file, 8, 300, { afterLines })) kills += 1;
    }
    expect(kills).toBeGreaterThanOrEqual(4);
    expect(await live(file, 8, 300, {})).toBe(false);
    const { store, engine } = await start(file);
    const { tasks } = await engine.list({}, ann);
    expect(tasks.map(({ status }) => status)).toEqual(Array(8).fill('succeeded'));
    const names = Array.from({ length: 8 }, (_, i): [string, number] => [`task ${i + 1}`, 300]);
    expect(await built(store)).toEqual(Object.fromEntries(names));
  });
});

describe('a disk that is full', () => {
  // A small disk of its own takes the right to mount one.
  const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

  test.runIf(mayMount)('fails the task, changes nothing, and the server goes on', async () => {
    const disk = folderOfTest();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', disk]));
    const first = await start(join(disk, 'lrt.sqlite'));
    expect(await first.run('task 1', 20_000)).toMatchObject({
      status: 'failed',
      error: {
        message:
          "Nothing was stored in the server's file lrt.sqlite: the disk is full. Free some space, then start again",
      },
    });
    expect(await built(first.store)).toEqual({});
    expect(await first.run('task 2', 10)).toMatchObject({ status: 'succeeded' });

    const told = (await first.engine.list({}, ann)).tasks;
    await first.close();
    const again = await start(join(disk, 'lrt.sqlite'));
    expect(await built(again.store)).toEqual({ 'task 2': 10 });
    expect((await again.engine.list({}, ann)).tasks).toEqual(told);
  });
});
