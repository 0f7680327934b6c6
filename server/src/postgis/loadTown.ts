import type pg from 'pg';
import type { MapRecord } from '../../../backend/network/layers.ts';
import { networkOfTown } from '../../../backend/network/networkOfTown.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import { STREET, TABLES } from '../../../backend/network/tables.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { idSequence, ownTables, sqlTable } from '../database/sqlTables.ts';
import { copyRecords } from './copyRecords.ts';
import { encodeEwkb } from './ewkb.ts';

const SHIPPED_TABLES = [...TABLES, STREET].map(sqlTable);

/** Replaces the whole network; see PostgisStore.loadTown. Records get the ids that they have in memory. */
export async function loadTown(
  pool: pg.Pool,
  town: TownData,
  onStored: (records: number) => void = () => {},
): Promise<void> {
  const { master, designs, lastIds } = networkOfTown(town);
  let stored = 0;
  await inTransaction(pool, async (client) => {
    const tables = [
      'lrt.design',
      'lrt.change',
      'lrt.master_change',
      'lrt.reserved_name',
      ...SHIPPED_TABLES,
      ...(await ownTables(client)),
    ].join(', ');
    // Master first, then the designs, as in every commit: it waits for those that are under way.
    await client.query('UPDATE lrt.master SET version = version + 1');
    await client.query(`TRUNCATE ${tables}`);
    for (const { info } of designs.values()) {
      await client.query('INSERT INTO lrt.design (name, geometry) VALUES ($1, $2)', [
        info.name,
        encodeEwkb(info.geometry),
      ]);
    }
    const copy = (table: string, records: readonly MapRecord[]) =>
      copyRecords(client, table, records, (count) => {
        stored += count;
        onStored(stored);
      });
    for (const table of [...TABLES, STREET]) {
      for (const { layer } of [master, ...designs.values()]) {
        await copy(table, layer.table(table).list.rows);
      }
      // A sequence's start is no parameter; it is a number of our own. Unlike setval() this is undone by a rollback.
      await client.query(`ALTER SEQUENCE ${idSequence(table)} RESTART WITH ${(lastIds.get(table) ?? 0) + 1}`);
    }
    // The planner's statistics of the old town would mislead it.
    await client.query(`ANALYZE ${tables}`);
  });
}
