import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { NetworkStore } from '../../../../backend/network/NetworkStore.ts';
import type { TownData } from '../../../../backend/network/TownData.ts';
import type { TableDraft } from '../../../../backend/network/tables.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { declareNetworkEditsContract } from '../../../contracts/networkEdits.contract.ts';
import { declareNetworkStoreContract } from '../../../contracts/networkStore.contract.ts';
import { declareNetworkStoreModel } from '../../../contracts/networkStore.model.ts';
import { declareTaskEngineContract } from '../../../contracts/taskEngine.contract.ts';
import { declareUndoModel } from '../../../contracts/undo.model.ts';
import { testTown } from '../../../support/network/testTown.ts';
import { newFolder } from '../../../support/server/newFolder.ts';

const folder = newFolder();
const opened: SqliteStore[] = [];
const edited: { sqlite: SqliteStore; tables: readonly TableDraft[]; file: string }[] = [];
afterAll(() => {
  for (const sqlite of opened) sqlite.close();
  folder.remove();
});

async function open(town: TownData, tables: readonly TableDraft[] = []): Promise<SqliteStore> {
  const file = join(folder.path, `${opened.length}.sqlite`);
  const sqlite = await SqliteStore.open({ file, town: async () => town, tables });
  opened.push(sqlite);
  return sqlite;
}

const create = async (town: TownData, tables: readonly TableDraft[]) => (await open(town, tables)).store;
declareNetworkStoreContract('SqliteStore', create);
declareNetworkEditsContract('SqliteStore', async (town, tables) => {
  const sqlite = await open(town, tables);
  edited.push({ sqlite, tables, file: join(folder.path, `${opened.length - 1}.sqlite`) });
  return sqlite.store;
});
declareNetworkStoreModel('SqliteStore', create);
const undone: { sqlite: SqliteStore; tables: readonly TableDraft[]; file: string }[] = [];
declareUndoModel(
  'SqliteStore',
  async (town, tables) => {
    const sqlite = await open(town, tables);
    undone.push({ sqlite, tables, file: join(folder.path, `${opened.length - 1}.sqlite`) });
    return sqlite.store;
  },
  { numRuns: 25 },
);

it('after all these edits and undos the files hold what the stores held', async () => {
  expect(edited.length).toBeGreaterThan(20);
  for (const { sqlite, tables, file } of [...edited, ...undone]) {
    const before = await everything(sqlite.store);
    sqlite.close();
    opened.splice(opened.indexOf(sqlite), 1);
    const again = await SqliteStore.open({ file, tables });
    opened.push(again);
    expect(await everything(again.store)).toEqual(before);
  }
});

it('a file keeps what makes a design conflict with master', async () => {
  const sqlite = await open(testTown(1));
  const file = join(folder.path, `${opened.length - 1}.sqlite`);
  const change = (design: string | null) =>
    sqlite.store.edit(async (network) => {
      await (await network.view(design)).table('pole').update(1, { properties: { name: `${design}` } });
    });
  await change('design/North');
  await change(null);
  await change('design/South');
  sqlite.close();
  opened.splice(opened.indexOf(sqlite), 1);
  const again = await SqliteStore.open({ file });
  opened.push(again);
  await expect(again.store.postDesign('North')).rejects.toMatchObject({
    error: { code: 'design-conflict', details: { records: ['pole/1'] } },
  });
  expect(await again.store.postDesign('South')).toEqual({ added: 1, changed: 1, deleted: 0 });
});

async function everything(store: NetworkStore): Promise<unknown> {
  const designs = await store.designs();
  const views = [null, ...designs.map(({ name }) => `design/${name}`)];
  const pages = await Promise.all(views.map((design) => store.features({ design, limit: 50_000 })));
  return { designs, pages };
}

declareTaskEngineContract('EmbeddedEngine on a SQLite file', async ({ town, ...setup }) => {
  const { store, journal } = await open(town);
  return { engine: await EmbeddedEngine.open({ ...setup, store, journal }), store };
});
