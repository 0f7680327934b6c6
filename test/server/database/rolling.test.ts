import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { checkServices } from '../../../server/src/cli/checkServices.ts';
import { readyOf } from '../../../server/src/cli/openDistributed.ts';
import { runCommand } from '../../../server/src/cli/runCommand.ts';
import { migrate, pendingMigrations, type Release } from '../../../server/src/database/migrate.ts';
import { SCHEMA_VERSION } from '../../../server/src/database/schemaVersion.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { ServicePath } from '../../../server/src/distributed/ServicePath.ts';
import { TaskWorker } from '../../../server/src/distributed/worker/TaskWorker.ts';
import { createLogger } from '../../../server/src/observe/createLogger.ts';
import { isTerminal, type TaskEvent } from '../../../src/contract/index.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

const SERVER = fileURLToPath(new URL('../../../server/', import.meta.url));
const next = SCHEMA_VERSION.version + 1;

/** A later lrt-server, which brings a migration and other functions. `oldestServer`: the oldest that works with it. */
async function laterRelease(oldestServer: number): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-later-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const migrations = join(folder, 'migrations');
  await cp(join(SERVER, 'migrations'), migrations, { recursive: true });
  // Rows that exist get the new column too, and functions return whole rows.
  await writeFile(
    join(migrations, `${String(next).padStart(4, '0')}_later.sql`),
    "-- Up Migration\nALTER TABLE lrt.task ADD COLUMN place text NOT NULL DEFAULT 'here';\nCREATE INDEX task_place ON lrt.task (place);\n",
  );
  const functions = join(folder, 'tasks.sql');
  const sql = await readFile(join(SERVER, 'sql/tasks.sql'), 'utf8');
  await writeFile(functions, `${sql}\n-- A later version.\n`);
  return { schema: { version: next, oldestServer }, migrations, functions };
}

const logger = createLogger({ level: 'error' });

test('under load, the database is migrated, and old servers and workers give way to new ones: every task succeeds once', async () => {
  const problems: unknown[] = [];
  const old = await openDistributed({
    definitions,
    town: smallTown,
    observer: { problem: (message, error) => problems.push([message, error]) },
  });
  const { databaseUrl, redisUrl, prefix, pool, store } = old;
  onTestFinished(() => old.engine.close());
  const later = await laterRelease(SCHEMA_VERSION.version);
  expect(await pendingMigrations(databaseUrl, [], later)).toEqual([
    expect.stringMatching(/_later$/),
    'sql/tasks',
  ]);

  // Ten owners, each of whom starts the next task when the last has ended, on whichever server is there.
  const engines: DistributedEngine[] = [old.engine];
  const ended: TaskEvent['type'][][] = [];
  let goOn = true;
  const owner = async (name: string) => {
    for (let count = 0; goOn; count += 1) {
      const engine = engines[count % engines.length] ?? old.engine;
      const caller = { owner: name };
      const { task } = await engine.enqueue({ name: 'count', params: { to: 2 } }, caller);
      const types: TaskEvent['type'][] = [];
      for await (const event of engine.events({ cursors: { [task.id]: null } }, { caller }))
        types.push(event.type);
      ended.push(types);
    }
  };
  const owners = Promise.all(Array.from({ length: 10 }, (_, i) => owner(`owner ${i}`)));
  const untilEnded = (more: number) => {
    const goal = ended.length + more;
    return expect.poll(() => ended.length, { interval: 20 }).toBeGreaterThanOrEqual(goal);
  };

  await untilEnded(30);
  expect(await migrate(databaseUrl, [], later)).toEqual([expect.stringMatching(/_later$/), 'sql/tasks']);
  await untilEnded(30);
  // An old server that starts again finds that it may, and leaves the later functions as they are.
  await checkServices({ redisUrl, databaseUrl, prefix }, { migrateFirst: true, tables: [], logger });
  expect(await pendingMigrations(databaseUrl, [], later)).toEqual([]);

  const shared = { redisUrl, pool, store, definitions, prefix };
  const engine = new DistributedEngine(shared);
  engines.push(engine);
  const queues = Object.fromEntries(definitions.map(({ queue }) => [queue, { concurrency: 2 }]));
  const worker = await TaskWorker.start({ ...shared, databaseUrl, queues });
  await untilEnded(30);
  await old.worker.close({ drainSeconds: 30 });
  await untilEnded(30);
  goOn = false;
  await owners;
  await engine.close();
  await worker.close();

  expect(ended.map((types) => types.filter(isTerminal))).toEqual(ended.map(() => ['succeeded']));
  const { rows } = await pool.query('SELECT status, attempt, count(*)::integer FROM lrt.task GROUP BY 1, 2');
  expect(rows).toEqual([{ status: 'succeeded', attempt: 1, count: ended.length }]);
  expect(problems).toEqual([]);
});

test('a server that is too old for the database is refused by name, and one that runs is not ready any more', async () => {
  const { databaseUrl, drop } = await createTestDatabase();
  onTestFinished(drop);
  const redisUrl = inject('redisUrl');
  const prefix = `rolling-${process.pid}`;
  const problems: string[] = [];
  const { openPool } = await import('../../../server/src/database/openPool.ts');
  const pool = openPool(databaseUrl);
  const path = new ServicePath({ pool, redisUrl, prefix });
  onTestFinished(async () => {
    path.close();
    await pool.end();
  });
  const ready = readyOf(path, { problem: (message, error) => problems.push(`${message}: ${error}`) });
  expect(await ready()).toEqual({ redis: true, database: true, deployment: true });

  await migrate(databaseUrl, [], await laterRelease(next));
  const refusal = new RegExp(
    `the database was migrated for a later lrt-server \\(its schema is ${next}, .*npm install --global lrt-server@latest`,
  );
  await expect(
    checkServices({ redisUrl, databaseUrl, prefix }, { migrateFirst: false, tables: [], logger }),
  ).rejects.toThrow(refusal);
  await expect(migrate(databaseUrl)).rejects.toThrow(refusal);
  await expect(pendingMigrations(databaseUrl)).rejects.toThrow(refusal);
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => printed.push(String(line)));
  expect(await runCommand(['doctor', '--database', databaseUrl], {})).toBe(1);
  expect(printed.join('\n')).toMatch(refusal);
  await expect.poll(ready).toEqual({ redis: true, database: false, deployment: true });
  expect(problems.join()).toMatch(refusal);

  // The database as the version before this one left it.
  await execute(databaseUrl, 'UPDATE lrt.schema SET version = 1, oldest_server = 1');
  expect((await pendingMigrations(databaseUrl)).length).toBeGreaterThan(0);
});
