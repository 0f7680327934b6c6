import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectCustomers } from '../../../backend/definitions/connectCustomers.ts';
import { MemoryStore } from '../../../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TownAddress } from '../../../backend/network/TownData.ts';
import { STREET, TABLES } from '../../../backend/network/tables.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import { testTown } from '../../support/network/testTown.ts';
import { databaseOfFile } from './databaseOfFile.ts';

const NORTH = 'design/North';
const database = databaseOfFile();

/** A town like no other: addresses all over the world, some of them in one place. */
function scatteredTown() {
  const town = testTown(200);
  const places: Position[] = [
    [180, 10],
    [-180, 10],
    [179.9999, 10],
    [-179.9999, 10.0001],
    [0, 90],
    [123, 90],
    [0, -90],
    [45, 89.9999],
  ];
  for (let i = 0; i < 300; i++) places.push([((i * 137.508) % 360) - 180, Math.asin(i / 150 - 1) * 57.29]);
  for (const coordinates of places) {
    const address: TownAddress = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates },
      properties: {},
    };
    town.addresses.features.push(address);
  }
  return town;
}

let stores: NetworkStore[];
let postgis: PostgisStore;
beforeAll(async () => {
  const town = scatteredTown();
  postgis = new PostgisStore({ pool: database.pool });
  await postgis.loadTown(town);
  stores = [new MemoryStore({ town }), postgis];
  for (const store of stores) {
    const network = store.begin();
    const params = { design: NORTH, pole_id: 3, count: 150, selection: 'nearest', seed: 1 } as const;
    await connectCustomers(params, { taskId: 'same', network, progress: async () => {} });
    await network.commit();
  }
});

async function ofBoth<T>(ask: (store: NetworkStore) => Promise<T>): Promise<[T, T]> {
  const [memory, other] = await Promise.all(stores.map(ask));
  if (memory === undefined || other === undefined) throw new Error('there are two stores');
  return [memory, other];
}

const degrees = (most: number) =>
  fc.oneof(
    fc.double({ min: -most, max: most, noNaN: true }),
    fc.constantFrom(-most, most, 0),
    // Corners that lie on features, or a hair beside them.
    fc.integer({ min: 0, max: 99 }).map((i) => (most === 180 ? -71.1 + i * 1e-4 : 42.37 + (i % 5) * 1.3e-4)),
  );
const position: fc.Arbitrary<Position> = fc.tuple(degrees(180), degrees(90));
const box: fc.Arbitrary<BoundingBox> = fc
  .tuple(degrees(180), degrees(90), degrees(180), degrees(90))
  .map(([west, south, east, north]) => [west, Math.min(south, north), east, Math.max(south, north)]);

describe('PostGIS and memory', () => {
  it('hold the same network after the same task', async () => {
    const [memory, stored] = await ofBoth(async (store) => {
      const view = await store.begin().view(NORTH);
      const records = await Promise.all(TABLES.map((table) => view.table(table).recs()));
      return records.map((rows) =>
        rows.map(({ urn, geometry, properties, design }) => ({ urn, geometry, properties, design })),
      );
    });
    expect(stored).toEqual(memory);
  });

  it('give the same features in the same pages for any box', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(box, { nil: undefined }),
        fc.constantFrom(NORTH, null),
        fc.integer({ min: 1, max: 400 }),
        fc.option(fc.subarray([...TABLES, STREET], { minLength: 1 }), { nil: undefined }),
        async (bbox, design, limit, tables) => {
          const query = { design, limit, ...(bbox && { bbox }), ...(tables && { tables }) };
          let after: string | undefined;
          for (let page = 0; page < 4; page++) {
            const [memory, stored] = await ofBoth((store) =>
              store.features({ ...query, ...(after && { after }) }),
            );
            expect(stored).toEqual(memory);
            after = memory.next;
            if (!after) break;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('give the same nearest addresses in the same order, anywhere on Earth', async () => {
    await fc.assert(
      fc.asyncProperty(
        position,
        fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
        fc.option(
          fc.oneof(
            fc.double({ min: 0, max: 20_100_000, noNaN: true }),
            fc.double({ min: 0, max: 2_000, noNaN: true }),
          ),
          { nil: undefined },
        ),
        async (from, limit, radiusMetres) => {
          const [memory, stored] = await ofBoth(async (store) => {
            // Anew each time: a transaction that asks often reads the whole table.
            const addresses = (await store.begin().view(NORTH)).table('address');
            const found = await addresses.near(from, {
              ...(limit && { limit }),
              ...(radiusMetres !== undefined && { radiusMetres }),
            });
            return found.map(({ urn }) => urn);
          });
          expect(stored).toEqual(memory);
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('a task asks the database no more often for ten times as many connections', async () => {
  const asked: number[] = [];
  for (const [count, seed] of [
    [10, 1],
    [100, 2],
  ] as const) {
    const town = testTown(300);
    await postgis.loadTown(town);
    let queries = 0;
    const counted = new Proxy(database.pool, {
      get(pool, key) {
        if (key === 'query') queries += 1;
        const value: unknown = Reflect.get(pool, key);
        return typeof value === 'function' ? value.bind(pool) : value;
      },
    });
    const network = new PostgisStore({ pool: counted }).begin();
    const params = { design: NORTH, pole_id: 3, count, selection: 'random', seed } as const;
    await connectCustomers(params, { taskId: 'few', network, progress: async () => {} });
    await network.commit();
    asked.push(queries);
  }
  const [few = 0, many = 0] = asked;
  // Larger blocks of ids, and the names of another pole.
  expect(many).toBeLessThan(few + 20);
});
