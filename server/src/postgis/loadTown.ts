import type pg from 'pg';
import type { MapRecord } from '../../../backend/network/layers.ts';
import { FEATURE_TABLES, type FeatureTable, TABLES } from '../../../backend/network/NetworkStore.ts';
import { networkOfTown } from '../../../backend/network/networkOfTown.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { copyRecords } from './copyRecords.ts';
import { encodeEwkb } from './ewkb.ts';

const ALL_TABLES = FEATURE_TABLES.map((table) => `lrt.${table}`).join(', ');

/** Replaces the whole network; see PostgisStore.loadTown. Records get the ids that they have in memory. */
export async function loadTown(
  pool: pg.Pool,
  town: TownData,
  onStored: (records: number) => void = () => {},
): Promise<void> {
  const { master, streets, designs, lastIds } = networkOfTown(town);
  let stored = 0;
  await inTransaction(pool, async (client) => {
    // Designs first, as in every commit: it waits for those that are under way.
    await client.query(`TRUNCATE lrt.design, ${ALL_TABLES}`);
    for (const { info } of designs.values()) {
      await client.query('INSERT INTO lrt.design (name, geometry) VALUES ($1, $2)', [
        info.name,
        encodeEwkb(info.geometry),
      ]);
    }
    const copy = (table: FeatureTable, records: readonly MapRecord[]) =>
      copyRecords(client, table, records, (count) => {
        stored += count;
        onStored(stored);
      });
    for (const table of TABLES) {
      for (const { [table]: list } of [master, ...Array.from(designs.values(), ({ layer }) => layer)]) {
        await copy(table, list.rows);
      }
      // A sequence's start is no parameter; it is a number of our own. Unlike setval() this is undone by a rollback.
      await client.query(`ALTER SEQUENCE lrt.${table}_id RESTART WITH ${lastIds[table] + 1}`);
    }
    await copy('street', streets);
    // What the planner knows of the old town would mislead it.
    await client.query(`ANALYZE lrt.design, ${ALL_TABLES}`);
  });
}
