import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { declarePlanAreaContract } from '../../contracts/planArea.contract.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const database = databaseOfFile();

declarePlanAreaContract('PostgisStore', async (town) => {
  const store = new PostgisStore({ pool: database.pool });
  await store.loadTown(town);
  return store;
});
