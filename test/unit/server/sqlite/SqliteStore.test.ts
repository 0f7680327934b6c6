import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { loadSqlite } from '../../../../server/src/sqlite/loadSqlite.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { plan } from '../../../contracts/designs.contract.ts';
import { logDefinitions } from '../../../contracts/log.contract.ts';
import { newFolder } from '../../../support/server/newFolder.ts';
import { DESIGN, definitions, poleCount, smallTown } from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };
let folder = '';
let file = '';
beforeEach(() => {
  const { path, remove } = newFolder();
  folder = path;
  file = join(folder, 'lrt.sqlite');
  return remove;
});

const town = async () => smallTown;
const noTown = () => Promise.reject(new Error('the town was asked for again'));

/** A server as far as tasks go: until `close()` or the end of the test. */
async function start(options: Partial<Parameters<typeof SqliteStore.open>[0]> = {}) {
  const sqlite = await SqliteStore.open({ file, town, ...options });
  let engine: EmbeddedEngine;
  try {
    engine = await EmbeddedEngine.open({ definitions: [...definitions, ...logDefinitions, plan], ...sqlite });
  } catch (error) {
    sqlite.close();
    throw error;
  }
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await engine.close();
    sqlite.close();
  };
  onTestFinished(close);
  const run = async (name: string, params: Record<string, unknown>) => {
    const { task } = await engine.enqueue({ name, params }, ann);
    const { signal } = new AbortController();
    for await (const _ of engine.events({ cursors: { [task.id]: null } }, { caller: ann, signal }));
    return engine.get(task.id, ann);
  };
  return { ...sqlite, secret: (name: string) => sqlite.secret(name), engine, run, close };
}

describe('a file', () => {
  test('keeps designs, network, ids and tasks: the next server goes on where this one ended', async () => {
    const first = await start();
    const done = await first.run('write', { end: 'return' });
    const failed = await first.run('write', { end: 'throw' });
    await first.close();

    const second = await start({ town: noTown });
    expect((await second.store.designs()).map(({ name }) => name)).toEqual(['Test']);
    expect(await poleCount(second.store)).toBe(3);
    // A list has no results: the task itself has.
    const { result: _result, ...listed } = done ?? {};
    expect((await second.engine.list({}, ann)).tasks).toEqual([failed, listed]);
    expect(await second.engine.get(done?.id ?? '', ann)).toEqual(done);
    const third = await second.run('write', { end: 'return' });
    expect(third?.result).toEqual({ before: 3, after: 4 });
    const poles = (await second.store.begin().view(DESIGN)).table('pole');
    const ids = (await poles.recs()).map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  test('keeps where a task worked, and that its design has changed since', async () => {
    const first = await start();
    const { id = '' } = (await first.run('plan', { design: DESIGN, writes: true })) ?? {};
    const drawn = await first.run('count', { to: 2, draw: true });
    await first.run('write', { end: 'return' });
    const changed = await first.engine.get(id, ann);
    expect(changed?.designChangedAt).toBeDefined();
    await first.close();
    const second = await start({ town: noTown });
    expect(await second.engine.get(id, ann)).toEqual(changed);
    expect((await second.engine.get(drawn?.id ?? '', ann))?.built).toEqual(drawn?.built);
    await second.store.dropDesign('Test');
    expect(await second.engine.get(id, ann)).toMatchObject({
      ...changed,
      designDeletedAt: expect.any(String),
    });
  });

  test('keeps what each task has built, and not that of tasks that are gone', async () => {
    const first = await start();
    const kept = await first.run('write', { end: 'return' });
    const cleared = await first.run('write', { end: 'return' });
    const builtBy = async ({ store }: typeof first, task: typeof kept) =>
      (await store.features({ task: task?.id ?? '', limit: 10 })).features.map(({ id }) => id);
    const before = await builtBy(first, kept);
    expect(before).toEqual([expect.stringMatching(/^pole\/\d+$/)]);
    expect(await builtBy(first, cleared)).not.toEqual(before);
    await first.engine.clear([cleared?.id ?? ''], ann);
    await expect.poll(() => builtBy(first, cleared), { timeout: 15_000 }).toEqual([]);
    await first.close();

    const second = await start({ town: noTown });
    expect([await builtBy(second, kept), await builtBy(second, cleared)]).toEqual([before, []]);
    await second.store.postDesign('Test');
    await second.close();
    expect(await builtBy(await start({ town: noTown }), kept)).toEqual(before);
  });

  test('keeps the logs of tasks over a restart, and not those of tasks that are gone', async () => {
    const first = await start();
    const kept = await first.run('talks', { lines: 1_200 });
    const cleared = await first.run('talks', { lines: 3 });
    const { id = '' } = kept ?? {};
    const query = { after: '1000', limit: 300 };
    const before = await first.engine.log(id, query, ann);
    expect(before.lines).toHaveLength(200);
    await first.engine.clear([cleared?.id ?? ''], ann);
    await first.close();

    const second = await start({ town: noTown });
    expect(await second.engine.log(id, query, ann)).toEqual(before);
    expect((await second.engine.log(id, {}, ann)).lines[0]).toMatchObject({ message: 'Pole P-1 ✓ placed' });
    expect(await second.journal.lines?.load()).toHaveLength(1_200);
  });

  test('has the lines of a task while it runs, and those of one that was cancelled', async () => {
    const { engine, journal } = await start();
    const { id } = (await engine.enqueue({ name: 'wait', params: { gate: 'never' } }, ann)).task;
    const said = [{ taskId: id, number: 1, line: expect.objectContaining({ message: 'waiting' }) }];
    // A server that is killed now leaves them behind.
    await expect.poll(() => journal.lines?.load(), { timeout: 15_000 }).toEqual(said);
    await engine.cancel(id, ann);
    await expect.poll(() => engine.get(id, ann), { timeout: 15_000 }).toMatchObject({ status: 'cancelled' });
    expect(await journal.lines?.load()).toEqual(said);
  });

  test('holds exactly what the memory holds', async () => {
    const first = await start();
    await first.run('write', { end: 'return' });
    const query = { design: DESIGN, limit: 1_000 };
    const before = await first.store.features(query);
    await first.close();
    expect(await (await start({ town: noTown })).store.features(query)).toEqual(before);
    expect(await new MemoryStore({ town: smallTown }).features({ limit: 1_000 })).toEqual(
      await (await start({ file: join(folder, 'other.sqlite') })).store.features({ limit: 1_000 }),
    );
  });

  test('keeps a task that was running, which is run again, and one that waits to be retried', async () => {
    const first = await start();
    const { task } = await first.engine.enqueue({ name: 'wait', params: { gate: 'sqlite' } }, ann);
    const { task: late } = await first.engine.enqueue({ name: 'flaky_late', params: {} }, ann);
    await expect.poll(async () => (await first.engine.get(late.id, ann))?.attempt).toBe(2);
    await expect.poll(async () => (await first.engine.get(task.id, ann))?.status).toBe('running');
    await first.close();

    const second = await start({ town: noTown });
    await second.run('open', { gate: 'sqlite' });
    await expect.poll(async () => (await second.engine.get(task.id, ann))?.status).toBe('succeeded');
    expect(await second.engine.get(task.id, ann)).toMatchObject({ attempt: 2 });
    expect(await second.engine.get(late.id, ann)).toMatchObject({ status: 'queued', attempt: 2 });
  });

  test('makes a secret once, one for each name, and nobody else on the machine may read it', async () => {
    const first = await start();
    const token = first.secret('token');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(first.secret('token')).toBe(token);
    expect(first.secret('other')).not.toBe(token);
    await first.close();
    expect((await start()).secret('token')).toBe(token);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test('without a town is an empty network; in a folder that is not there yet, it is made', async () => {
    const { store } = await start({ file: join(folder, 'a', 'b', 'lrt.sqlite'), town: undefined });
    expect(await store.designs()).toEqual([]);
  });

  test('is not left behind where its town cannot be had', async () => {
    await expect(start({ town: () => Promise.reject(new Error('no such town')) })).rejects.toThrow(
      'no such town',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves nothing beside it once it is closed', async () => {
    const { run, close } = await start();
    await run('write', { end: 'return' });
    await close();
    expect(readdirSync(folder)).toEqual(['lrt.sqlite']);
  });
});

describe('a file that is refused', () => {
  /** What the error says; the file is as it was. */
  async function refusal(): Promise<string> {
    const before = readFileSync(file);
    const error: unknown = await start({ town: noTown }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(error).toBeInstanceOf(Error);
    const message = error instanceof Error ? error.message : '';
    expect(message).toContain(file);
    return message;
  }
  function edit(work: (database: DatabaseSync) => void): void {
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(file);
    work(database);
    database.close();
  }
  const make = async (more: (server: Awaited<ReturnType<typeof start>>) => unknown = () => {}) => {
    const server = await start();
    await more(server);
    await server.close();
  };

  test('is no database', async () => {
    writeFileSync(file, 'addresses;poles;streets\n'.repeat(100));
    expect(await refusal()).toMatch(/is not a database of this server: give another file, or move it away/);
  });

  test('is of another program', async () => {
    edit((database) => database.exec('CREATE TABLE bookmark (url TEXT)'));
    expect(await refusal()).toMatch(/is a database of another program: give another file/);
  });

  test('is of another version', async () => {
    await make();
    edit((database) => database.exec('PRAGMA user_version = 4'));
    expect(await refusal()).toMatch(
      /has the format 4, and this server reads 3: start the version that wrote it/,
    );
  });

  test.each([
    ['1', 'DROP TABLE change; DROP TABLE master; DROP TABLE master_change; PRAGMA user_version = 1'],
    [
      '2',
      'ALTER TABLE change DROP COLUMN master_version; DROP TABLE master; DROP TABLE master_change; PRAGMA user_version = 2',
    ],
    ['3, from before it kept what tasks built', 'DROP TABLE built'],
  ])('is of format %s: it is brought up to date, with all that is in it', async (_, undo) => {
    await make((server) => server.run('write', { end: 'return' }));
    edit((database) => database.exec(undo));
    const sqlite = await SqliteStore.open({ file, town: noTown, tables: [{ name: 'note' }] });
    const before = await sqlite.store.features({ design: DESIGN, limit: 1_000 });
    const transaction = sqlite.store.begin();
    const view = await transaction.view(DESIGN);
    await view.table('pole').delete(1);
    await view.table('note').insert({ properties: { text: 'kept' } });
    await transaction.commit();
    sqlite.close();

    const without = await SqliteStore.open({ file, town: noTown });
    const after = await without.store.features({ design: DESIGN, limit: 1_000 });
    expect(after.features).toEqual(before.features.filter(({ id }) => id !== 'pole/1'));
    without.close();
    const again = await SqliteStore.open({ file, town: noTown, tables: [{ name: 'note' }] });
    expect(await (await again.store.begin().view(DESIGN)).table('note').count()).toBe(1);
    again.close();
  });

  test.each([
    ['a page', () => overwrite(4096 * 2, 4096)],
    ['the end', () => writeFileSync(file, readFileSync(file).subarray(0, -5000))],
    ['a geometry', () => edit((it) => it.exec(`UPDATE record SET geometry = '{"type":' WHERE id = 1`))],
    ['the properties', () => edit((it) => it.exec(`UPDATE record SET properties = '7'`))],
    [
      'the table of a record',
      () =>
        edit((it) =>
          it.exec(`UPDATE record SET feature_table = 'tree' WHERE feature_table = 'address' AND id = 1`),
        ),
    ],
    ['the design', () => edit((it) => it.exec(`UPDATE design SET geometry = 'null'`))],
    ['the ids', () => edit((it) => it.exec('DELETE FROM last_id'))],
    ['the tables', () => edit((it) => it.exec('DROP TABLE task'))],
    ['a task', () => edit((it) => it.exec(`UPDATE task SET record = '{"task":{}}'`))],
  ])('is damaged: %s', async (_, damage) => {
    await make((server) => server.run('write', { end: 'return' }));
    damage();
    expect(await refusal()).toMatch(/is damaged.*restore a copy of it, or move it away/);
  });

  test('is in use by another server, in this process or in another, until that one ends', async () => {
    const first = await start();
    const other = `
      import { SqliteStore } from ${JSON.stringify(join(process.cwd(), 'server/src/sqlite/SqliteStore.ts'))};
      await SqliteStore.open({ file: ${JSON.stringify(file)} }).catch((error) => console.log(error.message));`;
    expect(runNode(other).stdout).toContain(`${file} is in use by another server`);
    await expect(start({ town: noTown })).rejects.toThrow(
      /lrt\.sqlite is in use by another server: stop that one, or give this one a file of its own/,
    );
    expect(await first.run('write', { end: 'return' })).toMatchObject({ status: 'succeeded' });
    await first.close();
    expect(await poleCount((await start()).store)).toBe(3);
  });

  test('is a folder, or in what is no folder', async () => {
    mkdirSync(file);
    await expect(start()).rejects.toThrow(/lrt\.sqlite cannot be opened: it must be a file/);
    const inFile = join(folder, 'town.txt', 'lrt.sqlite');
    writeFileSync(join(folder, 'town.txt'), '');
    await expect(start({ file: inFile })).rejects.toThrow(
      /lrt\.sqlite cannot be made .*give a file in a folder that the server may write to/,
    );
  });

  function overwrite(from: number, length: number): void {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, from, from + length);
    writeFileSync(file, bytes);
  }
});

test('nothing is printed about SQLite being experimental', () => {
  const load = join(process.cwd(), 'server/src/sqlite/loadSqlite.ts');
  const script = `
    import { loadSqlite } from ${JSON.stringify(load)};
    loadSqlite();
    process.emitWarning('another one');`;
  const { stderr } = runNode(script);
  expect(stderr).toContain('another one');
  expect(stderr).not.toContain('SQLite');
});

function runNode(script: string): { stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}
