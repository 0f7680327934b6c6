// Tests undoing in PostgreSQL: random sequences, compared with what the tables held.

import type { TownData } from '../../../backend/network/TownData.ts';
import type { TableDraft } from '../../../backend/network/tables.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { CONTRACT_TABLES } from '../../contracts/networkStore.contract.ts';
import { declareUndoModel } from '../../contracts/undo.model.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const database = databaseOfFile();
let migrated: Promise<unknown> | undefined;

async function create(town: TownData, tables: readonly TableDraft[]): Promise<PostgisStore> {
  migrated ??= migrate(database.databaseUrl, CONTRACT_TABLES);
  await migrated;
  const store = new PostgisStore({ pool: database.pool, tables });
  await store.loadTown(town);
  return store;
}

/** All rows of designs as PostgreSQL writes them: what they have of their own, what they change of master and hide. */
async function dump(): Promise<unknown> {
  const tables = ['lrt.pole', 'lrt.splice_closure', 'lrt_own.inspection'];
  const { rows } = await database.pool.query(
    `${tables
      .map(
        (table) =>
          `SELECT '${table}' AS of, design, id, geometry::text, properties::text, NULL::bigint AS master FROM ${table} WHERE design IS NOT NULL`,
      )
      .join(' UNION ALL ')}
     UNION ALL
     SELECT feature_table, design, id, geometry::text, properties::text, master_version FROM lrt.change
     ORDER BY 1, 2, 3`,
  );
  return rows;
}

declareUndoModel('PostgisStore', create, { numRuns: 10, dump });
