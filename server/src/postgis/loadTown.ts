import type pg from 'pg';
import { recordsOfTown } from '../../../backend/network/recordsOfTown.ts';
import type { TownSource } from '../../../backend/network/TownSource.ts';
import { STREET, TABLES } from '../../../backend/network/tables.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { idSequence, ownTables, sqlTable } from '../database/sqlTables.ts';
import { copyRecords } from './copyRecords.ts';
import { encodeEwkb } from './ewkb.ts';

const SHIPPED_TABLES = [...TABLES, STREET];

/**
 * Replaces the whole network; see PostgisStore.loadTown. Records get the ids that they have in memory. Memory holds one
 * batch of the town at a time.
 */
export async function loadTown(
  pool: pg.Pool,
  town: TownSource,
  { onStored = () => {}, signal }: { onStored?: (records: number) => void; signal?: AbortSignal } = {},
): Promise<void> {
  const lastIds = new Map<string, number>();
  let stored = 0;
  await inTransaction(pool, async (client) => {
    const tables = [
      'lrt.design',
      'lrt.change',
      'lrt.master_change',
      'lrt.reserved_name',
      ...SHIPPED_TABLES.map(sqlTable),
      ...(await ownTables(client)),
    ].join(', ');
    // Master first, then the designs, as in every commit: it waits for those that are under way.
    await client.query('UPDATE lrt.master SET version = version + 1');
    await client.query(`TRUNCATE ${tables}`);
    for (const { name, geometry } of town.designs) {
      await client.query('INSERT INTO lrt.design (name, geometry) VALUES ($1, $2)', [
        name,
        encodeEwkb(geometry),
      ]);
    }
    for await (const { table, records } of recordsOfTown(town)) {
      signal?.throwIfAborted();
      lastIds.set(table, records.at(-1)?.id ?? lastIds.get(table) ?? 0);
      await copyRecords(client, table, records, (count) => {
        stored += count;
        onStored(stored);
      });
    }
    for (const table of SHIPPED_TABLES) {
      // A sequence's start is no parameter; it is a number of our own. Unlike setval() this is undone by a rollback.
      await client.query(`ALTER SEQUENCE ${idSequence(table)} RESTART WITH ${(lastIds.get(table) ?? 0) + 1}`);
    }
    signal?.throwIfAborted();
    // The planner's statistics of the old town would mislead it.
    await client.query(`ANALYZE ${tables}`);
  });
}
