import { join } from 'node:path';
import { afterAll } from 'vitest';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { SqliteStore } from '../../../../../server/src/sqlite/SqliteStore.ts';
import { declareHandoverContract } from '../../../../contracts/handover.contract.ts';
import { newFolder } from '../../../../support/server/newFolder.ts';

const folder = newFolder();
const opened: SqliteStore[] = [];
afterAll(() => {
  for (const sqlite of opened) sqlite.close();
  folder.remove();
});

declareHandoverContract('MemoryStore', async (town, tables) => new MemoryStore({ town, tables }));
declareHandoverContract('SqliteStore', async (town, tables) => {
  const file = join(folder.path, `${opened.length}.sqlite`);
  const sqlite = await SqliteStore.open({ file, town: async () => town, tables });
  opened.push(sqlite);
  return sqlite.store;
});
