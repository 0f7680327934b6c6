import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { declareNetworkStoreContract } from '../../contracts/networkStore.contract.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const database = databaseOfFile();

declareNetworkStoreContract('PostgisStore', async (town) => {
  const store = new PostgisStore({ pool: database.pool });
  await store.loadTown(town);
  return store;
});
