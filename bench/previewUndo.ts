/** Measures the preview of 2,000 connections, and the undo of the run that made them, on each store. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withShippedTasks } from '../backend/definitions/shippedTasks.ts';
import { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../backend/network/NetworkStore.ts';
import { generateTown } from '../mocks/town/generateTown.ts';
import { startServices } from '../scripts/services.mjs';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import { SqliteStore } from '../server/src/sqlite/SqliteStore.ts';
import { isTerminal } from '../src/contract/index.ts';
import { main, median, type Row } from './row.ts';

const COUNT = 2_000;
const ROUNDS = 3;
const CALLER = { owner: 'planner', admin: false };

async function measure(name: string, store: NetworkStore): Promise<Row[]> {
  const engine = await EmbeddedEngine.open({ definitions: withShippedTasks([]), store });
  try {
    const [design] = await store.designs();
    const { features } = await store.features({
      design: `design/${design?.name}`,
      tables: ['pole'],
      limit: 50_000,
    });
    const pole = features.find(({ properties }) => properties.design === `design/${design?.name}`);
    const params = {
      design: `design/${design?.name}`,
      pole_id: Number(String(pole?.id).split('/')[1]),
      count: COUNT,
    };
    const seconds: Record<'preview' | 'run' | 'undo' | 'redo', number[]> = {
      preview: [],
      run: [],
      undo: [],
      redo: [],
    };
    const timed = async <T>(of: keyof typeof seconds, work: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await work();
      seconds[of].push((performance.now() - begun) / 1_000);
      return result;
    };
    const done = async (taskName: string, given: Record<string, unknown>): Promise<string> => {
      const { task } = await engine.enqueue({ name: taskName, params: given }, CALLER);
      for (;;) {
        const now = await engine.get(task.id, CALLER);
        if (now?.status === 'succeeded') return task.id;
        if (now && isTerminal(now.status)) throw new Error(`${taskName}: ${now.error?.message}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      const preview = await timed('preview', () =>
        engine.preview({ name: 'customer_connection_task', params }, CALLER),
      );
      if (preview.refusal) throw new Error(preview.refusal.message);
      const run = await timed('run', () => done('customer_connection_task', params));
      const undo = await timed('undo', () => done('undo_task', { task: run }));
      const redo = await timed('redo', () => done('undo_task', { task: undo }));
      await done('undo_task', { task: redo });
    }
    return [
      { name: `${name}: preview of 2,000 connections`, measured: median(seconds.preview), unit: 's', max: 1 },
      { name: `${name}: the run itself`, measured: median(seconds.run), unit: 's' },
      { name: `${name}: its undo`, measured: median(seconds.undo), unit: 's', max: 2 },
      { name: `${name}: the undo of the undo`, measured: median(seconds.redo), unit: 's' },
    ];
  } finally {
    await engine.close();
  }
}

export async function run(): Promise<Row[]> {
  const town = generateTown();
  const rows = await measure('memory', new MemoryStore({ town }));
  const folder = mkdtempSync(join(tmpdir(), 'lrt-'));
  const sqlite = await SqliteStore.open({ file: join(folder, 'network.sqlite'), town: async () => town });
  rows.push(...(await measure('SQLite', sqlite.store)));
  sqlite.close();
  rmSync(folder, { recursive: true });
  const services = await startServices();
  const pool = openPool(services.databaseUrl);
  try {
    await migrate(services.databaseUrl);
    const store = new PostgisStore({ pool });
    await store.loadTown(town);
    rows.push(...(await measure('PostGIS', store)));
  } finally {
    await pool.end();
    await services.stop();
  }
  return rows;
}

if (import.meta.main) await main(run);
