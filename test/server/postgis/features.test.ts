import type { TownData } from '../../../backend/network/TownData.ts';
import type { TableDraft } from '../../../backend/network/tables.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { declareFeaturesProtocolContract } from '../../contracts/featuresProtocol.contract.ts';
import { declareHandoverContract } from '../../contracts/handover.contract.ts';
import { CONTRACT_TABLES } from '../../contracts/networkStore.contract.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const database = databaseOfFile();
let migrated: Promise<unknown> | undefined;

const create = async (town: TownData, tables: readonly TableDraft[]) => {
  migrated ??= migrate(database.databaseUrl, CONTRACT_TABLES);
  await migrated;
  const store = new PostgisStore({ pool: database.pool, tables });
  await store.loadTown(town);
  return store;
};

declareFeaturesProtocolContract('PostgisStore', create, { parsing: false });
declareHandoverContract('PostgisStore', create);
