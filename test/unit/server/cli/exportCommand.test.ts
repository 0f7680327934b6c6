import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { customerConnectionTask } from '../../../../backend/definitions/customerConnection.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { runCommand } from '../../../../server/src/cli/runCommand.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { testTown } from '../../../support/network/testTown.ts';
import { newFolder } from '../../../support/server/newFolder.ts';

const folder = newFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'network.sqlite');
let task = '';

beforeAll(async () => {
  const sqlite = await SqliteStore.open({ file, town: async () => testTown(20) });
  const { store, journal } = sqlite;
  const engine = await EmbeddedEngine.open({ definitions: [customerConnectionTask], store, journal });
  const params = { design: 'design/North', pole_id: 3, count: 5, selection: 'nearest', seed: 1 };
  const { task: made } = await engine.enqueue({ name: 'customer_connection_task', params }, { owner: 'ann' });
  task = made.id;
  await vi.waitFor(async () => expect((await engine.get(task, { owner: 'ann' }))?.status).toBe('succeeded'));
  await engine.close();
  const [record] = await journal.load();
  if (record) await journal.save({ ...record, task: { ...record.task, id: 'runs', status: 'running' } });
  sqlite.close();
});

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const note = (text: unknown) => void said.push(String(text));
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(note),
    vi.spyOn(console, 'error').mockImplementation(note),
  ];
  try {
    return { code: await runCommand(['export', '--data', file, ...args], {}), said: said.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

it('writes what a task has built, and a design, in each format', async () => {
  const out = (name: string) => join(folder.path, name);
  const gpkg = out('a.gpkg');
  expect(await run('--task', task, '--format', 'gpkg', '--out', gpkg)).toMatchObject({ code: 0 });
  const database = new DatabaseSync(gpkg, { readOnly: true });
  expect(database.prepare('SELECT count(*) AS n FROM wall_box').get()).toEqual({ n: 5 });
  database.close();
  const geojson = out('a.geojson');
  expect(await run('--design', 'North', '--format', 'geojson', '--out', geojson)).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(geojson, 'utf8')).features[0].id).toBe('pole/3');
  const csv = out('a.csv');
  const asCsv = ['--task', task, '--format', 'csv', '--report', 'addresses', '--no-bom', '--out', csv];
  expect(await run(...asCsv)).toMatchObject({ code: 0, said: expect.stringContaining(csv) });
  expect(readFileSync(csv, 'utf8').trimEnd().split('\r\n')).toHaveLength(6);
});

it('leaves a file that is there, and no part of one that it could not write', async () => {
  const path = join(folder.path, 'mine.csv');
  writeFileSync(path, 'mine');
  const bill = ['--task', task, '--format', 'csv', '--report', 'bill', '--out', path];
  expect(await run(...bill)).toMatchObject({ code: 2, said: expect.stringContaining('is there already') });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect((await run(...bill, '--replace')).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toContain('wall-box');
  expect(
    await run('--task', task, '--format', 'gpkg', '--out', join(folder.path, 'none', 'a.gpkg')),
  ).toMatchObject({
    code: 1,
  });
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it.each([
  [['--format', 'gpkg'], 2, '--task ID or --design NAME'],
  [['--task', 'a', '--design', 'b', '--format', 'gpkg'], 2, '--task ID or --design NAME'],
  [['--task', 'a', '--format', 'dwg'], 2, 'geojson, gpkg, csv'],
  [['--task', 'a', '--format', 'csv'], 2, 'addresses, bill, splices'],
  [['--task', 'a', '--format', 'gpkg', '--report', 'bill'], 2, '--report is for --format csv'],
  [['--task', 'a', '--format', 'gpkg', '--oout', 'x'], 2, '--help'],
  [['--task', 'a', '--format', 'gpkg'], 2, 'there is no task "a"'],
  [['--task', 'runs', '--format', 'gpkg'], 1, 'task "runs" is still running'],
  [['--design', 'North', '--format', 'gpkg', '--out', folder.path], 2, 'is a folder'],
  [['--design', 'North', '--format', 'gpkg', '--out', '/proc/none/a.gpkg'], 1, 'there is no such folder'],
  [['--design', 'South', '--format', 'gpkg', '--data', '/nowhere'], 2, 'there is no file /nowhere'],
  [['--design', 'Atlantis', '--format', 'gpkg'], 1, 'Atlantis'],
])('refuses %j with %i: %s', async (args, code, text) => {
  const answer = await run(...args);
  expect(answer).toMatchObject({ code, said: expect.stringContaining(text) });
});
