/** Measures one task's commit into PostGIS, beside storing each record by itself. */

import { existsSync } from 'node:fs';
import type pg from 'pg';
import { connectCustomers } from '../backend/definitions/connectCustomers.ts';
import type { NetworkDataView, NetworkRecord, NetworkTransaction } from '../backend/network/NetworkStore.ts';
import { designName } from '../backend/network/urn.ts';
import { startServices } from '../scripts/services.mjs';
import { countOf, readFiles, townOf } from '../server/src/cli/import/readTown.ts';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { encodeEwkb } from '../server/src/postgis/ewkb.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import { main, median, type Row } from './row.ts';

const CAMBRIDGE = new URL('../../shared/data/cambridge', import.meta.url).pathname;
const COUNT = 2_000;
const ROUNDS = 3;

/**
 * The way of the seed: it inserts each record and reads it back, one by one, in one transaction of the database. Its
 * lookups cost no more than the store's, so this is the least time that it can take.
 */
function oneByOne(network: NetworkTransaction, client: pg.ClientBase): NetworkTransaction {
  async function writeAndRead({ id, table, design, geometry, properties }: NetworkRecord): Promise<void> {
    await client.query(
      `INSERT INTO lrt.${table} (id, design, geometry, properties) VALUES ($1, $2, $3, $4)`,
      [id, design === null ? null : designName(design), geometry && encodeEwkb(geometry), properties],
    );
    await client.query(`SELECT id, design, geometry, properties FROM lrt.${table} WHERE id = $1`, [id]);
  }
  function wrap(view: NetworkDataView): NetworkDataView {
    return {
      design: view.design,
      table(name) {
        const table = view.table(name);
        return {
          get: (id) => table.get(id),
          filterOn: (property, value, options) => table.filterOn(property, value, options),
          recs: (options) => table.recs(options),
          count: () => table.count(),
          near: (point, options) => table.near(point, options),
          within: (box, options) => table.within(box, options),
          update: (id, change) => table.update(id, change),
          delete: (id) => table.delete(id),
          reserveName: (name) => table.reserveName(name),
          async insert(record) {
            const inserted = await table.insert(record);
            await writeAndRead(inserted);
            return inserted;
          },
        };
      },
    };
  }
  return {
    designs: () => network.designs(),
    undo: (taskId, options) => network.undo(taskId, options),
    view: async (design) => wrap(await network.view(design)),
  };
}

async function build(network: NetworkTransaction, poleId: number): Promise<void> {
  const params = {
    design: 'design/FTTH',
    pole_id: poleId,
    count: COUNT,
    selection: 'random',
    seed: 1,
  } as const;
  await connectCustomers(params, { taskId: 'bench', network, progress: async () => {} });
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export async function run(): Promise<Row[]> {
  if (!existsSync(CAMBRIDGE)) throw new Error(`${CAMBRIDGE} is missing: this bench builds in that town`);
  const services = await startServices();
  const pool = openPool(services.databaseUrl);
  try {
    await migrate(services.databaseUrl);
    const store = new PostgisStore({ pool });
    const read = await readFiles([CAMBRIDGE]);
    const town = townOf(read);
    const poleId = countOf(read, 'poles') + 1;

    const ours = async () => {
      const transaction = store.begin();
      await build(transaction, poleId);
      await transaction.commit();
    };
    const seeds = async () => {
      const transaction = store.begin();
      const client = await pool.connect();
      await client.query('BEGIN');
      await build(oneByOne(transaction, client), poleId);
      await client.query('COMMIT');
      client.release();
      transaction.rollback();
    };

    const taken = { ours: [] as number[], seeds: [] as number[], ratios: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      await store.loadTown(town);
      const own = await milliseconds(ours);
      await store.loadTown(town);
      const seed = await milliseconds(seeds);
      // The first run warms up.
      if (round === 0) continue;
      taken.ours.push(own);
      taken.seeds.push(seed);
      taken.ratios.push(seed / own);
    }
    return [
      { name: '2,000 connections into PostGIS', measured: median(taken.ours), unit: 'ms' },
      { name: 'each record inserted and read back', measured: median(taken.seeds), unit: 'ms' },
      { name: 'faster than that', measured: median(taken.ratios), unit: 'x', min: 8 },
    ];
  } finally {
    await pool.end();
    await services.stop();
  }
}

if (import.meta.main) await main(run);
