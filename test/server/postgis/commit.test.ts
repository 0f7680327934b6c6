import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { NetworkRecord } from '../../../backend/network/NetworkStore.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { ORIGIN, testTown } from '../../support/network/testTown.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const NORTH = 'design/North';
const database = databaseOfFile();

let store: PostgisStore;
beforeEach(async () => {
  store = new PostgisStore({ pool: database.pool });
  await store.loadTown(testTown());
  await database.pool.query('DROP TABLE IF EXISTS note; CREATE TABLE note (text text)');
});

async function write(name: string, design = NORTH) {
  const transaction = store.begin();
  const view = await transaction.view(design);
  const pole = await view
    .table('pole')
    .insert({ geometry: { type: 'Point', coordinates: ORIGIN }, properties: { name } });
  return { transaction, pole, view };
}

const names = (records: NetworkRecord[]) => records.map(({ properties }) => properties.name);

async function polesOf(design: string): Promise<unknown[]> {
  return names(await (await store.begin().view(design)).table('pole').recs());
}

async function notes(): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>('SELECT text FROM note');
  return rows.map(({ text }) => text);
}

describe('a commit together with other statements', () => {
  it('stores both', async () => {
    const { transaction } = await write('new');
    await transaction.commit(async (client) => {
      const { rows } = await client.query("SELECT FROM lrt.pole WHERE properties ->> 'name' = 'new'");
      await client.query('INSERT INTO note VALUES ($1)', [`${rows.length} there already`]);
    });
    expect(await polesOf(NORTH)).toContain('new');
    expect(await notes()).toEqual(['1 there already']);
  });

  it('runs them where the task wrote nothing', async () => {
    await store.begin().commit(async (client) => {
      await client.query("INSERT INTO note VALUES ('alone')");
    });
    expect(await notes()).toEqual(['alone']);
  });

  it('does not keep others waiting for as long as its process may be frozen', async () => {
    const limits: unknown[] = [];
    const { transaction } = await write('new');
    await transaction.commit(async (client) => {
      for (const name of ['idle_in_transaction_session_timeout', 'statement_timeout']) {
        limits.push((await client.query(`SHOW ${name}`)).rows[0]?.[name]);
      }
    });
    expect(limits).toEqual(['10s', '15s']);
  });

  it('stores neither when they throw, and throws the same', async () => {
    const { transaction } = await write('new');
    const fenced = new Error('another attempt has taken over');
    const committed = transaction.commit(async (client) => {
      await client.query("INSERT INTO note VALUES ('lost')");
      throw fenced;
    });
    await expect(committed).rejects.toBe(fenced);
    expect(await polesOf(NORTH)).not.toContain('new');
    expect(await notes()).toEqual([]);
    const again = await write('again');
    await again.transaction.commit();
    expect(await polesOf(NORTH)).toContain('again');
  });

  it('does not call stored what the database rolled back', async () => {
    const { transaction } = await write('new');
    const committed = transaction.commit(async (client) => {
      await client.query('SELECT 1 / 0').catch(() => {});
    });
    await expect(committed).rejects.toThrow(/rolled the transaction back/);
    expect(await polesOf(NORTH)).not.toContain('new');
  });

  it('stores neither when the connection is lost, and says so; the next one works', async () => {
    const { transaction } = await write('new');
    const committed = transaction.commit(async (client) => {
      await client.query("INSERT INTO note VALUES ('lost')");
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const ended = new Promise((resolve) => client.once('end', resolve));
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await ended;
    });
    await expect(committed).rejects.toThrow(/connection|queryable/i);
    expect(await polesOf(NORTH)).not.toContain('new');
    expect(await notes()).toEqual([]);
    await (await write('next')).transaction.commit();
    expect(await polesOf(NORTH)).toContain('next');
  });
});

describe('the connection is lost', () => {
  /** Makes commits stop where they would, takes the connection from under the one that does, and lets go. */
  async function loseConnection(
    hold: string,
    waitingIn: string,
    commit: () => Promise<void>,
  ): Promise<unknown> {
    const holder = await database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(hold);
      const rejected = commit().then(
        () => undefined,
        (error: unknown) => error,
      );
      await vi.waitFor(
        async () => {
          const { rows } = await database.pool.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
            [`${waitingIn}%`],
          );
          expect(rows).toHaveLength(1);
        },
        { timeout: 20_000 },
      );
      return await rejected;
    } finally {
      // Ends what it holds too.
      holder.release(true);
    }
  }

  it('while records are written: the driver says so, nothing is stored, and the next one works', async () => {
    const { transaction } = await write('lost');
    const error = await loseConnection('LOCK TABLE lrt.pole IN ACCESS EXCLUSIVE MODE', 'COPY', () =>
      transaction.commit(),
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(TaskRefusal);
    expect(await polesOf(NORTH)).not.toContain('lost');
    await (await write('next')).transaction.commit();
    expect(await polesOf(NORTH)).toContain('next');
  });

  it('while it commits: the driver says so, and the next one works', async () => {
    await database.pool.query(`
      CREATE OR REPLACE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER wait_for_test AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION wait_for_test()`);
    const { transaction } = await write('lost');
    const error = await loseConnection('SELECT pg_advisory_xact_lock(4711)', 'COMMIT', () =>
      transaction.commit(async (client) => {
        await client.query("INSERT INTO note VALUES ('lost')");
      }),
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(TaskRefusal);
    expect(await polesOf(NORTH)).not.toContain('lost');
    await (await write('next')).transaction.commit();
    expect(await polesOf(NORTH)).toContain('next');
  });
});

describe('another town', () => {
  it('that is loaded meanwhile makes the commit a conflict, also where the design has the same name', async () => {
    const { transaction } = await write('old');
    await store.loadTown(testTown());
    await expect(transaction.commit()).rejects.toMatchObject({ error: { code: 'design-conflict' } });
    expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009']);
    await (await write('new')).transaction.commit();
    expect(await polesOf(NORTH)).toContain('new');
  });

  it('that cannot be loaded changes nothing, and ids go on', async () => {
    const first = await write('first');
    await first.transaction.commit();
    const town = testTown();
    town.poles.features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: ORIGIN },
      properties: { name: 'bad \0' },
    });
    await expect(store.loadTown(town)).rejects.toThrow(/pole\/3: name has a NUL character/);
    expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009', 'first']);
    const second = await write('second');
    await second.transaction.commit();
    expect(second.pole.id).toBeGreaterThan(first.pole.id);
  });

  it('is read while it is stored, and stopping in the middle leaves the old one', async () => {
    const stop = new AbortController();
    const batch = testTown().addresses.features.slice(0, 2);
    const source = (batches: number) => ({
      designs: testTown().designs,
      async *read(layer: string) {
        if (layer !== 'addresses') return;
        for (let i = 0; i < batches; i += 1) yield batch;
      },
    });
    const onStored = (records: number) => records >= 6 && stop.abort();
    await expect(store.loadTown(source(1_000), { onStored, signal: stop.signal })).rejects.toThrow(/abort/);
    expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009']);
    await store.loadTown(source(3));
    expect(await (await store.begin().view()).table('address').count()).toBe(6);
  });

  it('waits for the commits that are under way, and they for it', async () => {
    const towns = Array.from({ length: 3 }, () => store.loadTown(testTown()));
    const commits = Array.from({ length: 10 }, async (_, i) => {
      try {
        await (await write(`${i}`)).transaction.commit();
      } catch (error) {
        expect(error).toMatchObject({
          error: { code: expect.stringMatching(/^design-(conflict|not-found)$/) },
        });
      }
    });
    await Promise.all([...towns, ...commits]);
    expect((await polesOf(NORTH)).slice(0, 3)).toEqual(['M-1', 'M-2', 'P-009']);
  });
});

it('gives every record an id of its own, whoever writes at the same time', async () => {
  const transactions = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const transaction = store.begin();
      const closures = (await transaction.view(NORTH)).table('splice_closure');
      return Promise.all(Array.from({ length: 200 }, () => closures.insert({ properties: {} })));
    }),
  );
  const ids = transactions.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(1_600);
  for (const records of transactions) {
    const own = records.map(({ id }) => id);
    expect(own).toEqual([...own].sort((a, b) => a - b));
  }
});

it('keeps records in order of id where another committed to the design in between', async () => {
  const early = store.begin();
  await (await early.view('design/South')).table('pole').insert({ properties: { name: 'south' } });
  const other = await write('other');
  await other.transaction.commit();
  const view = await early.view(NORTH);
  const own = await view.table('pole').insert({ properties: { name: 'own' } });
  expect(own.id).toBeLessThan(other.pole.id);
  expect(names(await view.table('pole').recs())).toEqual(['M-1', 'M-2', 'P-009', 'own', 'other']);
  expect(names(await view.table('pole').recs({ limit: 4 }))).toEqual(['M-1', 'M-2', 'P-009', 'own']);
  await early.commit();
  expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009', 'own', 'other']);
});

it('refuses texts that PostgreSQL cannot keep, and names them', async () => {
  const { transaction, view } = await write('good');
  const tags = ['ok', 'half \ud83d'];
  const { urn } = await view.table('wall_box').insert({ properties: { name: 'x', tags } });
  const committed = transaction.commit();
  await expect(committed).rejects.toThrow(`${urn}: tags.1 has`);
  await expect(committed).rejects.toMatchObject({ error: { code: 'invalid-request' } });
  expect(await polesOf(NORTH)).not.toContain('good');
});

it('keeps every bit of coordinates and texts, also of designs with odd names', async () => {
  const name = 'N\t\\orth\n"\'$1 \u{1f50c}';
  const town = testTown();
  town.designs.push({
    name,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0.1, 0.2],
          [0.3, 0.2],
          [0.3, 0.4],
          [0.1, 0.2],
        ],
      ],
    },
  });
  await store.loadTown(town);
  const { transaction, view } = await write('a', `design/${name}`);
  const line = [
    [0.1 + 0.2, 1 / 3],
    [-71.1218, 52.20530000000001],
  ] satisfies [number, number][];
  const properties = { text: '\\N \\. \t\r\n \\\\ "', list: [{ a: null }, 1e-7], big: 2 ** 53 };
  await view.table('oh_route').insert({ geometry: { type: 'LineString', coordinates: line }, properties });
  await transaction.commit();
  const stored = await (await store.begin().view(`design/${name}`)).table('oh_route').recs();
  expect(stored).toMatchObject([
    { design: `design/${name}`, geometry: { type: 'LineString', coordinates: line }, properties },
  ]);
  expect((await store.designs()).map((design) => design.name)).toContain(name);
});

describe('the pool', () => {
  it('outlives a lost connection that was idle', async () => {
    const pool = openPool(database.databaseUrl, { max: 1 });
    const { rows } = await pool.query<{ pid: number; name: string }>(
      "SELECT pg_backend_pid() AS pid, current_setting('application_name') AS name",
    );
    expect(rows[0]?.name).toBe(`lrt-server ${process.pid}`);
    const removed = new Promise((resolve) => pool.once('remove', resolve));
    await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await removed;
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });
});
