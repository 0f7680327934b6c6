import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveSources } from '../harness/serve.ts';
import { generateTown } from '../mocks/town/generateTown.ts';
import { readTown } from '../server/src/cli/import/readTown.ts';
import { migrate } from '../server/src/database/migrate.ts';
import { openPool } from '../server/src/database/openPool.ts';
import { PostgisStore } from '../server/src/postgis/PostgisStore.ts';
import { keptFolder } from './services/keptFolder.ts';
import { startLrtProcess, startServices } from './services.mjs';

/**
 * `npm run start:server`: the host application on one server and two workers, with a Redis and a PostGIS of their own.
 * `-- --data FOLDER`: where data and logs are kept; without it .services/ here.
 */
const CAMBRIDGE = join(import.meta.dirname, '../../shared/data/cambridge');

const closing: (() => Promise<unknown>)[] = [];
let closed: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second time the user means it; what runs ends with us.
    if (closed) process.exit(1);
    console.log('\nStopping; the data stays for the next start.');
    void close().then(() => process.exit(0));
  });
}

try {
  await start();
} catch (error) {
  if (!closed) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    await close();
    process.exit(1);
  }
}

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  const folder = values.data ?? keptFolder();
  console.log('Starting Redis and PostgreSQL ...');
  const services = await startServices({ folder });
  closing.push(services.stop);
  await fillDatabase(services.databaseUrl);
  console.log('Starting one server and two workers ...');
  const [server, ...workers] = await Promise.all([
    startLrtProcess({ services, command: 'serve', name: 'server', args: ['--insecure'] }),
    ...['worker-1', 'worker-2'].map((name) => startLrtProcess({ services, command: 'worker', name })),
  ]);
  closing.push(() => Promise.all([server, ...workers].map(({ lrt }) => lrt.stop())));
  const page = await serveSources({ server: server.url });
  closing.push(page.close);
  console.log(`
Host application  ${page.url}server.html
Server            ${server.url}/tasks, /features, /openapi.json, /metrics
Workers           ${workers.map(({ url }) => `${url}/metrics`).join(', ')}
Data and logs     ${folder}

Ctrl-C stops everything.`);
}

/** Stops the services one after the other, the last one first. */
async function close(): Promise<void> {
  closed ??= (async () => {
    for (const end of closing.reverse()) await end();
  })();
  await closed;
}

async function fillDatabase(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const pool = openPool(databaseUrl);
  try {
    const store = new PostgisStore({ pool });
    if ((await store.designs()).length > 0) return;
    console.log(existsSync(CAMBRIDGE) ? `Importing ${CAMBRIDGE} ...` : 'Importing a generated town ...');
    await store.loadTown(existsSync(CAMBRIDGE) ? await readTown(CAMBRIDGE) : generateTown());
  } finally {
    await pool.end();
  }
}
