import { join } from 'node:path';
import { afterAll } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { TownData } from '../../../../backend/network/TownData.ts';
import type { TableDraft } from '../../../../backend/network/tables.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { declareNetworkStoreContract } from '../../../contracts/networkStore.contract.ts';
import { declareNetworkStoreModel } from '../../../contracts/networkStore.model.ts';
import { declareTaskEngineContract } from '../../../contracts/taskEngine.contract.ts';
import { newFolder } from '../../../support/server/newFolder.ts';

const folder = newFolder();
const opened: SqliteStore[] = [];
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
declareNetworkStoreModel('SqliteStore', create);

declareTaskEngineContract('EmbeddedEngine on a SQLite file', async ({ town, ...setup }) => {
  const { store, journal } = await open(town);
  return { engine: await EmbeddedEngine.open({ ...setup, store, journal }), store };
});
