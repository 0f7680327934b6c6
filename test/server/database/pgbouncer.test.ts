import { chmodSync, mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest';
import { ServiceGuard } from '../../../scripts/services/ServiceGuard.ts';
import { startPgbouncer } from '../../../scripts/services/startPgbouncer.ts';
import { runCommand } from '../../../server/src/cli/runCommand.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import type { TaskEvent } from '../../../src/contract/index.ts';
import { testTown } from '../../support/network/testTown.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import { runPrinting } from '../support/runPrinting.ts';
import { execute } from '../support/templateDatabase.ts';
import { alterDatabase, createTestDatabase } from '../support/testDatabase.ts';

// Everything through a PgBouncer in transaction mode, with fewer connections to PostgreSQL than the server opens. The whole
// engine contract was run through it as well, in 50 s; these are the parts of it that use transactions, locks and COPY.

let pooler: Awaited<ReturnType<typeof startPgbouncer>>;
let folder: string;
const guard = new ServiceGuard();
const ann = { owner: 'ann' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lrt-pgbouncer-'));
  guard.remove(folder);
  chmodSync(folder, 0o711);
  pooler = await startPgbouncer({ databaseUrl: inject('databaseUrl'), folder, guard });
});
afterAll(async () => {
  await pooler.pgbouncer.stop();
  await guard.close();
});

const run = (...args: string[]) => runPrinting(args);

test('migrate, import and doctor work through it, also when several migrate at once', async () => {
  const { databaseUrl, drop } = await createTestDatabase({ content: 'empty' });
  onTestFinished(drop);
  const url = pooler.urlOf(databaseUrl);
  const migrate = () => runCommand(['migrate', '--database', url], {});
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  expect(await Promise.all([migrate(), migrate(), migrate()])).toEqual([0, 0, 0]);
  printed.mockRestore();

  const town = join(folder, 'town');
  await mkdir(town);
  const { addresses, poles, streets } = testTown(50);
  for (const [name, layer] of Object.entries({ addresses, poles, streets })) {
    await writeFile(join(town, `${name}.geojson`), JSON.stringify(layer));
  }
  expect(await run('import', '--database', url, town)).toMatchObject({ code: 0 });
  const doctor = await run('doctor', '--redis', inject('redisUrl'), '--database', url);
  expect(doctor).toMatchObject({ code: 0 });
  expect(doctor.text).toContain('a connection pooler is in between');
  const left = new pg.Client(databaseUrl);
  await left.connect();
  onTestFinished(() => left.end());
  // A lock of a session would belong to whichever client of the pooler comes next.
  const { rows } =
    await left.query(`SELECT count(*)::integer AS locks FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND datname = current_database()`);
  expect(rows).toEqual([{ locks: 0 }]);
});

test('tasks are taken, run, stored, cancelled and followed through it', async () => {
  const { engine, store } = await openDistributed({ definitions, town: smallTown, through: pooler.urlOf });
  onTestFinished(() => engine.close());
  const follow = async (id: string): Promise<TaskEvent[]> => {
    const events: TaskEvent[] = [];
    for await (const event of engine.events({ cursors: { [id]: null } }, { caller: ann })) events.push(event);
    return events;
  };
  const start = async (name: string, params: Record<string, unknown>, idempotencyKey?: string) =>
    (await engine.enqueue({ name, params, ...(idempotencyKey && { idempotencyKey }) }, ann)).task;
  const write = await start('write', { end: 'return' });
  const counts = await Promise.all(
    Array.from({ length: 30 }, (_, i) => start('count', { to: 3 }, `key ${i % 15}`)),
  );
  expect(new Set(counts.map(({ id }) => id)).size).toBe(15);
  const waiting = await start('wait', { gate: 'pgbouncer' });
  const cancelled = await engine.cancel(waiting.id, ann);
  expect(['running', 'cancelled']).toContain(cancelled.status);
  for (const { id } of [write, ...counts]) {
    const events = await follow(id);
    expect(events.filter(({ type }) => ['succeeded', 'failed', 'cancelled'].includes(type))).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'succeeded' });
  }
  expect((await follow(waiting.id)).at(-1)).toMatchObject({ type: 'cancelled' });
  expect((await store.designs()).length).toBeGreaterThan(0);
});

test("the server's settings are not left to other clients of the pooler", async () => {
  const { databaseUrl, drop } = await createTestDatabase();
  onTestFinished(drop);
  const url = pooler.urlOf(databaseUrl);
  const pool = openPool(url);
  await Promise.all(Array.from({ length: 20 }, () => pool.query('SELECT pg_sleep(0.01)')));
  await pool.end();
  const others = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const client = new pg.Client(url);
      await client.connect();
      await client.query('BEGIN');
      return client;
    }),
  );
  for (const client of others) {
    expect((await client.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '0' }]);
    await client.end();
  }
});

test('settings that it cannot set through a pooler are named, no server starts, and the one command mends them', async () => {
  const { databaseUrl, drop } = await createTestDatabase();
  onTestFinished(drop);
  await alterDatabase(databaseUrl, {
    default_transaction_isolation: 'serializable',
    statement_timeout: '5s',
    bytea_output: 'escape',
  });
  const args = ['--redis', inject('redisUrl'), '--database', pooler.urlOf(databaseUrl)];
  const { code, text } = await run('doctor', ...args);
  expect(code).toBe(1);
  expect(text).toMatch(/fail {2}PostgreSQL: .*default_transaction_isolation is serializable \(/);
  expect(text).toMatch(/statement_timeout is 5000/);
  expect((await run('worker', ...args, '--log-level', 'error')).text).toMatch(/serializable/);
  // It can be migrated all the same, and a connection of its own needs no mending.
  expect(await run('migrate', '--database', pooler.urlOf(databaseUrl))).toMatchObject({ code: 0 });
  expect(await run('doctor', '--database', databaseUrl)).toMatchObject({ code: 0 });

  const [, command = ''] = /: run "(ALTER ROLE .*)" and reconnect the pooler/.exec(text) ?? [];
  onTestFinished(async () => {
    await execute(
      databaseUrl,
      "DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I RESET ALL', current_database()); END $$",
    );
  });
  await execute(databaseUrl, command);
  await execute(
    inject('databaseUrl'),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${new URL(databaseUrl).pathname.slice(1)}'`,
  );
  await expect.poll(() => run('doctor', ...args)).toMatchObject({ code: 0 });
});

test('a pooler in statement mode, and one that does not know the database, are named', async () => {
  const own = join(folder, 'statement');
  await mkdir(own);
  chmodSync(own, 0o711);
  const { pgbouncer, urlOf } = await startPgbouncer({
    databaseUrl: inject('databaseUrl'),
    folder: own,
    guard,
    poolMode: 'statement',
  });
  onTestFinished(() => pgbouncer.stop());
  const { code, text } = await run('doctor', '--database', urlOf(inject('databaseUrl')));
  expect(code).toBe(1);
  expect(text).toMatch(
    /fail {2}PostgreSQL: .*; let the pooler know the database ".*", with pool_mode = transaction or session/,
  );
});
