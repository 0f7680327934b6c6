import type { TableDraft } from '../../../backend/network/tables.ts';
import type { TownData } from '../../../backend/network/townTypes.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { declareNetworkEditsContract } from '../../contracts/networkEdits.contract.ts';
import { CONTRACT_TABLES, declareNetworkStoreContract } from '../../contracts/networkStore.contract.ts';
import { declareNetworkStoreModel } from '../../contracts/networkStore.model.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const database = databaseOfFile();

let migrated: Promise<unknown> | undefined;

async function create(town: TownData, tables: readonly TableDraft[]): Promise<PostgisStore> {
  const store = new PostgisStore({ pool: database.pool, tables });
  // One database for all tests of the file. The model's only table is one of the contract's.
  migrated ??= migrate(database.databaseUrl, CONTRACT_TABLES);
  await migrated;
  await store.loadTown(town);
  return store;
}

declareNetworkStoreContract('PostgisStore', create);
// A run takes some hundred milliseconds here: every question goes to the database.
declareNetworkEditsContract('PostgisStore', create);
declareNetworkStoreModel('PostgisStore', create, { numRuns: 8 });
