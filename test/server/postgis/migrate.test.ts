import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { defineTables } from '../../../backend/network/tables.ts';
import { explainMigrationFailure } from '../../../server/src/database/explainMigrationFailure.ts';
import { migrate, pendingMigrations } from '../../../server/src/database/migrate.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { OverdueRows } from '../../../server/src/distributed/rows/OverdueRows.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { testTown } from '../../support/network/testTown.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function emptyDatabase(): Promise<string> {
  const { databaseUrl, drop } = await createTestDatabase({ content: 'empty' });
  cleanups.push(drop);
  return databaseUrl;
}

/** Brings a database to the state of an earlier version: up to this migration, without the functions of sql/tasks.sql. */
async function migrateTo(databaseUrl: string, last: string): Promise<void> {
  const dir = fileURLToPath(new URL('../../../server/migrations', import.meta.url));
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort();
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  await runner({
    databaseUrl,
    dir,
    direction: 'up',
    count: files.indexOf(`${last}.sql`) + 1,
    migrationsSchema: 'lrt',
    createMigrationsSchema: true,
    migrationsTable: 'migration',
    logger,
  });
}

describe('migrating', () => {
  it('brings an empty database up to date, once, however many do it at the same time', async () => {
    const databaseUrl = await emptyDatabase();
    const pending = await pendingMigrations(databaseUrl);
    expect(pending.slice(0, 2)).toEqual(['0001_network', '0002_tasks']);
    const applied = await Promise.all([migrate(databaseUrl), migrate(databaseUrl), migrate(databaseUrl)]);
    expect(applied.filter((names) => names.length > 0)).toEqual([pending]);
    expect(await pendingMigrations(databaseUrl)).toEqual([]);
    expect(await migrate(databaseUrl)).toEqual([]);
  });

  it('keeps what an earlier version knew of tasks, and which of their ends were published', async () => {
    const databaseUrl = await emptyDatabase();
    await migrateTo(databaseUrl, '0005_reserved_names');
    const task = (id: string, told: boolean) =>
      `INSERT INTO lrt.task (id, name, queue, priority, owner, status, params, tags, fingerprint, progress, words,
         finished_at, told, seq, idempotency_key)
       VALUES ('${id}', 'count', 'default', 5, 'ann', 'cancelled', '{}', '[]', 'f', '{"percent":null}', 'count',
         now() - interval '40 days', ${told}, 7, 'key of ${id}')`;
    await execute(databaseUrl, task('published', true));
    await execute(databaseUrl, task('unpublished', false));

    expect(await migrate(databaseUrl)).toEqual([
      '0006_published',
      '0007_task_keys',
      '0008_deployment',
      '0009_schema_version',
      '0010_master_writes',
      '0011_lean_tasks',
      '0012_who_cancelled',
      '0013_watch',
      '0014_items',
      '0015_clear',
      '0016_task_log',
      '0017_design_facts',
      '0018_built',
      '0019_workflow',
      '0020_planned',
      '0021_history',
      'sql/tasks',
    ]);

    const pool = openPool(databaseUrl);
    cleanups.push(() => pool.end());
    const keys = async () => (await pool.query('SELECT key, task_id FROM lrt.task_key ORDER BY key')).rows;
    const ofUnpublished = { key: 'key of unpublished', task_id: 'unpublished' };
    expect(await keys()).toEqual([{ key: 'key of published', task_id: 'published' }, ofUnpublished]);
    const overdue = new OverdueRows({ pool, onDispatch: () => {} });
    expect((await overdue.unpublished()).map(({ id }) => id)).toEqual(['unpublished']);
    expect(await overdue.forget({ days: 30, failedDays: 30, tasks: 10 })).toEqual(['published']);
    expect(await keys()).toEqual([ofUnpublished]);
    await pool.query('SELECT lrt.mark_published($1)', [JSON.stringify([{ id: 'unpublished', seq: 9 }])]);
    expect(await overdue.unpublished()).toEqual([]);
    expect((await pool.query('SELECT id, published, seq FROM lrt.task')).rows).toEqual([
      { id: 'unpublished', published: true, seq: '9' },
    ]);
  });

  it('keeps what tasks build from now on, in a database with tasks and designs of before', async () => {
    const databaseUrl = await emptyDatabase();
    await migrateTo(databaseUrl, '0017_design_facts');
    for (const id of ['before', 'after']) {
      await execute(
        databaseUrl,
        `INSERT INTO lrt.task (id, name, queue, priority, owner, status, params, tags, fingerprint, progress, words, finished_at)
         VALUES ('${id}', 'count', 'default', 5, 'ann', 'cancelled', '{}', '[]', 'f', '{"percent":null}', 'count', now())`,
      );
    }
    const pool = openPool(databaseUrl);
    cleanups.push(() => pool.end());
    const store = new PostgisStore({ pool });
    await execute(
      databaseUrl,
      "INSERT INTO lrt.design (name, geometry) VALUES ('North', ST_MakeEnvelope(-71.1, 42.37, -71.09, 42.38, 4326))",
    );
    expect(await migrate(databaseUrl)).toEqual([
      '0018_built',
      '0019_workflow',
      '0020_planned',
      '0021_history',
      'sql/tasks',
    ]);

    const builtBy = async (task: string) =>
      (await store.features({ task, limit: 10 })).features.map(({ id }) => id);
    const transaction = store.begin({ taskId: 'after' });
    const poles = (await transaction.view('design/North')).table('pole');
    const { urn } = await poles.insert({
      geometry: { type: 'Point', coordinates: [0, 0] },
      properties: { name: 'new' },
    });
    await transaction.commit();
    expect([await builtBy('before'), await builtBy('after')]).toEqual([[], [urn]]);
    // A server of the version before posts by the same statements, and leaves the note to the trigger.
    await store.postDesign('North');
    expect(await builtBy('after')).toEqual([urn]);
    // Retention removes a task with what was noted of it.
    await execute(databaseUrl, "DELETE FROM lrt.task WHERE id = 'after'");
    expect((await pool.query('SELECT FROM lrt.built')).rowCount).toBe(0);
    expect((await store.features({ tables: ['pole'], limit: 10 })).features.map(({ id }) => id)).toContain(
      urn,
    );
  });

  it("makes an author's own tables, adds what is new of them, and drops nothing", async () => {
    const databaseUrl = await emptyDatabase();
    const first = defineTables([{ name: 'inspection', geometry: 'Point', indexed: ['pole'] }]);
    const [applied = [], ...others] = (
      await Promise.all([migrate(databaseUrl, first), migrate(databaseUrl, first)])
    ).filter((names) => names.length > 0);
    expect(applied.slice(-2)).toEqual(['table inspection', 'index inspection.pole']);
    expect(others).toEqual([]);
    expect(await pendingMigrations(databaseUrl, first)).toEqual([]);

    const pool = openPool(databaseUrl);
    cleanups.push(() => pool.end());
    const store = new PostgisStore({ pool, tables: first });
    await store.loadTown(testTown(3));
    const transaction = store.begin();
    const inspections = (await transaction.view('design/North')).table('inspection');
    await inspections.insert({ properties: { pole: 'pole/3' } });
    await transaction.commit();

    const second = defineTables([
      { name: 'inspection', geometry: 'Point', indexed: ['pole', 'user'] },
      { name: 'note' },
    ]);
    const missing = ['index inspection.user', 'table note'];
    expect(await pendingMigrations(databaseUrl, second)).toEqual(missing);
    expect(await migrate(databaseUrl, second)).toEqual(missing);
    expect(await migrate(databaseUrl)).toEqual([]);
    const again = new PostgisStore({ pool, tables: second });
    const stored = (await again.begin().view('design/North')).table('inspection');
    expect((await stored.filterOn('pole', 'pole/3')).map(({ id }) => id)).toEqual([1]);
  });

  it('tells a role that may not create the extension who has to do what, and goes on once that is done', async () => {
    const databaseUrl = await emptyDatabase();
    const role = `mortal_${new URL(databaseUrl).pathname.slice(1)}`;
    const { pathname } = new URL(databaseUrl);
    await execute(databaseUrl, `CREATE ROLE ${role} LOGIN PASSWORD 'mortal'`);
    cleanups.push(() => execute(databaseUrl, `DROP OWNED BY ${role}; DROP ROLE ${role}`));
    await execute(databaseUrl, `GRANT CREATE ON DATABASE ${pathname.slice(1)} TO ${role}`);
    const asRole = new URL(databaseUrl);
    asRole.username = role;
    asRole.password = 'mortal';
    await expect(migrate(asRole.href)).rejects.toThrow(/As a superuser, .* CREATE EXTENSION postgis/);
    expect(await pendingMigrations(databaseUrl)).not.toEqual([]);

    await execute(databaseUrl, 'CREATE EXTENSION postgis SCHEMA public');
    expect(await migrate(asRole.href)).toContain('0001_network');
  });

  it('finds a PostGIS that is in a schema of its own, and stores and finds geometries by it', async () => {
    const databaseUrl = await emptyDatabase();
    await execute(databaseUrl, 'CREATE SCHEMA "Gis"; CREATE EXTENSION postgis SCHEMA "Gis"');
    expect(await migrate(databaseUrl, defineTables([{ name: 'note' }]))).toContain('table note');
    const pool = openPool(databaseUrl);
    cleanups.push(() => pool.end());
    const store = new PostgisStore({ pool });
    await store.loadTown(testTown(3));
    const poles = (await store.begin().view('design/North')).table('pole');
    expect((await poles.near([0, 0], { limit: 1 })).length).toBe(1);
  });

  it('tells a role that may create nothing at all', async () => {
    const databaseUrl = await emptyDatabase();
    const role = `nobody_${new URL(databaseUrl).pathname.slice(1)}`;
    await execute(databaseUrl, `CREATE ROLE ${role} LOGIN PASSWORD 'nobody'`);
    cleanups.push(() => execute(databaseUrl, `DROP OWNED BY ${role}; DROP ROLE ${role}`));
    const asRole = new URL(databaseUrl);
    asRole.username = role;
    asRole.password = 'nobody';
    await expect(migrate(asRole.href)).rejects.toThrow(
      /may not create the schema lrt.*GRANT CREATE ON DATABASE/s,
    );
  });

  it('says what to install where there is no PostGIS', async () => {
    // What PostgreSQL says of any extension that is not installed.
    const client = new pg.Client(inject('databaseUrl'));
    await client.connect();
    cleanups.push(() => client.end());
    const failure = await client
      .query('CREATE EXTENSION postgis_of_no_machine')
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(pg.DatabaseError);
    const told = await explainMigrationFailure(failure, client);
    expect(String(told)).toMatch(
      /has no PostGIS .*apt-get install postgresql-\d+-postgis.*lrt-server migrate/s,
    );
  });

  it('gives up on a server that is not there', async () => {
    const url = 'postgres://nobody@127.0.0.1:1/none';
    await expect(migrate(url)).rejects.toThrow(/ECONNREFUSED/);
    await expect(pendingMigrations(url)).rejects.toThrow(/ECONNREFUSED/);
  });
});
