/**
 * Runs plan_area_task on all of Cambridge, in memory and on PostGIS, and checks what it wrote by the verifier of records. With
 * `node bench/planRecords.ts spoiled [how many] [first seed] [most addresses]` it does so in memory for made-up towns with broken data.
 */

import { MemoryStore } from '../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../backend/network/NetworkStore.ts';
import type { TownData } from '../backend/network/TownData.ts';
import { startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import { cambridgeInput, hasCambridge } from '../test/support/planning/cambridgeInput.ts';
import { spoiledTown } from '../test/support/planning/spoilTown.ts';
import { planSpoiled } from '../test/support/tasks/planSpoiled.ts';
import { main, type Row } from './row.ts';

async function measure(name: string, create: (town: TownData) => Promise<NetworkStore>): Promise<Row[]> {
  const { problems, run, records, seconds, cpuSeconds } = await planSpoiled(cambridgeInput(), create);
  for (const problem of problems.slice(0, 10)) console.log(problem);
  const { figures, served } = run.result;
  return [
    { name: `${name}: seconds, planned, written and committed`, measured: seconds, unit: 's' },
    { name: `${name}: CPU of this process`, measured: cpuSeconds, unit: 's' },
    { name: `${name}: records`, measured: records.all().length, unit: '' },
    { name: `${name}: served`, measured: (100 * served) / figures.addresses, unit: '%', min: 99 },
    { name: `${name}: all cable for an address`, measured: figures.metresPerAddress, unit: 'm', max: 50 },
    { name: `${name}: median drop`, measured: figures.medianDropMetres, unit: 'm', max: 30 },
    { name: `${name}: rules that are broken`, measured: problems.length, unit: '', max: 0 },
  ];
}

export async function run(): Promise<Row[]> {
  if (!hasCambridge) return [];
  const rows = await measure('memory', async (town) => new MemoryStore({ town }));
  const services = await startServices();
  const pool = openPool(services.databaseUrl);
  try {
    await migrate(services.databaseUrl);
    const onPostgis = await measure('PostGIS', async (town) => {
      const store = new PostgisStore({ pool });
      await store.loadTown(town);
      return store;
    });
    return [...rows, ...onPostgis];
  } finally {
    await pool.end();
    await services.stop();
  }
}

async function spoiled(count = 500, first = 1, most = 4_000): Promise<Row[]> {
  let [bad, served] = [0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const input = spoiledTown(seed, most);
    const { problems, run } = await planSpoiled(input, async (town) => new MemoryStore({ town }));
    served += run.result.served;
    if (problems.length === 0) continue;
    bad += 1;
    console.log(`seed ${seed}: ${problems.length} problems, such as: ${problems.slice(0, 3).join('; ')}`);
  }
  return [
    { name: 'towns', measured: count, unit: '' },
    { name: 'addresses that are served', measured: served, unit: '' },
    { name: 'towns in which a rule is broken', measured: bad, unit: '', max: 0 },
  ];
}

if (import.meta.main) {
  const [, , mode, ...numbers] = process.argv;
  await main(mode === 'spoiled' ? () => spoiled(...numbers.map(Number)) : run);
}
