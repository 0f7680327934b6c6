import { join } from 'node:path';
import { afterAll } from 'vitest';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { SqliteStore } from '../../../../../server/src/sqlite/SqliteStore.ts';
import { declarePlanAreaContract } from '../../../../contracts/planArea.contract.ts';
import { newFolder } from '../../../../support/server/newFolder.ts';

const folder = newFolder();
const opened: SqliteStore[] = [];
afterAll(() => {
  for (const sqlite of opened) sqlite.close();
  folder.remove();
});

declarePlanAreaContract('MemoryStore', async (town) => new MemoryStore({ town }));
declarePlanAreaContract('SqliteStore', async (town) => {
  const sqlite = await SqliteStore.open({
    file: join(folder.path, `${opened.length}.sqlite`),
    town: async () => town,
  });
  opened.push(sqlite);
  return sqlite.store;
});
