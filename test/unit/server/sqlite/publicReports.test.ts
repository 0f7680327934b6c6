/**
 * Symptoms from the public bug reports of programs that keep their data in SQLite, tried on the file of a server: backups
 * that lack what was written last. docs/tried.md lists them.
 */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { newFolder } from '../../../support/server/newFolder.ts';
import { DESIGN, definitions, smallTown } from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };

/** A server that has just ended a task, in a folder of its own. */
async function startAndRun() {
  const { path, remove } = newFolder();
  onTestFinished(remove);
  const file = join(path, 'lrt-server.sqlite');
  const sqlite = await SqliteStore.open({ file, town: async () => smallTown });
  const engine = await EmbeddedEngine.open({ definitions, ...sqlite });
  const { task } = await engine.enqueue({ name: 'write', params: { end: 'return' } }, ann);
  const { signal } = new AbortController();
  for await (const _ of engine.events({ cursors: { [task.id]: null } }, { caller: ann, signal }));
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await engine.close();
    sqlite.close();
  };
  onTestFinished(close);
  return { path, file, taskId: task.id, poles: await polesIn(sqlite), close };
}

async function polesIn({ store }: Pick<SqliteStore, 'store'>): Promise<number> {
  return (await store.features({ design: DESIGN, tables: ['pole'], limit: 1_000 })).features.length;
}

/** What a server finds that starts with this file. */
async function startFrom(file: string, taskId: string) {
  const sqlite = await SqliteStore.open({ file, town: async () => smallTown });
  const engine = await EmbeddedEngine.open({ definitions, ...sqlite });
  const found = { poles: await polesIn(sqlite), status: (await engine.get(taskId, ann))?.status };
  await engine.close();
  sqlite.close();
  return found;
}

const wal = (file: string) => `${file}-wal`;

it('praeclarum/sqlite-net#792, oliexdev/openScale#1289: after an orderly stop the one file is all there is', async () => {
  const { path, file, taskId, poles, close } = await startAndRun();
  await close();
  expect(existsSync(wal(file))).toBe(false);
  const copy = join(path, 'copy.sqlite');
  copyFileSync(file, copy);
  expect(await startFrom(copy, taskId)).toEqual({ poles, status: 'succeeded' });
});

it('senigami/audiobook-studio#246, mmeyerlein/meclaw#60: a server that was killed leaves two files, which the page names', async () => {
  const { path, file, taskId, poles } = await startAndRun();
  // The files as they are when the process is killed now.
  const both = join(path, 'both.sqlite');
  copyFileSync(file, both);
  copyFileSync(wal(file), wal(both));
  expect(await startFrom(both, taskId)).toEqual({ poles, status: 'succeeded' });
  // The first file alone is from before.
  const alone = join(path, 'alone.sqlite');
  copyFileSync(file, alone);
  const found = await startFrom(alone, taskId).catch(() => 'it cannot be read');
  expect(found).not.toEqual({ poles, status: 'succeeded' });
  const page = readFileSync(new URL('../../../../docs/run-a-server.md', import.meta.url), 'utf8');
  const [, backup = ''] = /## Backup\n([\s\S]*?)\n## /.exec(page) ?? [];
  expect(backup).toContain('`lrt-server.sqlite-wal`');
});
