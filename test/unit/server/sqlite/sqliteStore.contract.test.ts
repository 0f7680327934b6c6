import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { TownData } from '../../../../backend/network/TownData.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { declareNetworkStoreContract } from '../../../contracts/networkStore.contract.ts';
import { declareTaskEngineContract } from '../../../contracts/taskEngine.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'lrt-sqlite-'));
const opened: SqliteStore[] = [];
afterAll(() => {
  for (const sqlite of opened) sqlite.close();
  rmSync(folder, { recursive: true });
});

async function open(town: TownData): Promise<SqliteStore> {
  const file = join(folder, `${opened.length}.sqlite`);
  const sqlite = await SqliteStore.open({ file, town: async () => town });
  opened.push(sqlite);
  return sqlite;
}

declareNetworkStoreContract('SqliteStore', async (town) => (await open(town)).store);

declareTaskEngineContract('EmbeddedEngine on a SQLite file', async ({ town, ...setup }) => {
  const { store, journal } = await open(town);
  return { engine: await EmbeddedEngine.open({ ...setup, store, journal }), store };
});
