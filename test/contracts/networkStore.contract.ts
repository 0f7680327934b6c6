import { beforeEach, describe, expect, it } from 'vitest';
import { geodesicDistance } from '../../backend/network/geodesy.ts';
import type { NetworkRecord, NetworkStore, NetworkTable } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import { defineTables, type TableDraft } from '../../backend/network/tables.ts';
import type { BoundingBox, Position } from '../../src/contract/index.ts';
import { ORIGIN, testTown } from '../support/network/testTown.ts';
import { declareBuiltContract } from './built.contract.ts';

const NORTH = 'design/North';
const SOUTH = 'design/South';

const point = (coordinates: Position) => ({ type: 'Point' as const, coordinates });
const names = (records: NetworkRecord[]) => records.map(({ properties }) => properties.name);
const urns = (records: { urn: string }[]) => records.map(({ urn }) => urn);
const urnsOf = (features: { id: string }[]) => features.map(({ id }) => id);

/** Tables of an author's own. */
export const CONTRACT_TABLES = defineTables([
  { name: 'inspection', geometry: 'Point', indexed: ['pole'] },
  { name: 'note' },
  { name: 'order', geometry: 'Polygon', indexed: ['user'] },
]);

/** What every store of the network keeps. `create` gives a new store with the tables and with the town in it. */
export function declareNetworkStoreContract(
  name: string,
  create: (town: TownData, tables: readonly TableDraft[]) => Promise<NetworkStore>,
): void {
  describe(`${name}: network store`, () => {
    let store: NetworkStore;
    beforeEach(async () => {
      store = await create(testTown(), CONTRACT_TABLES);
    });

    declareBuiltContract(() => store);

    async function polesOf(design: string | null): Promise<unknown[]> {
      const view = await store.begin().view(design);
      return names(await view.table('pole').recs());
    }

    async function insertPole(transaction: ReturnType<NetworkStore['begin']>, design: string, name: string) {
      const view = await transaction.view(design);
      return view.table('pole').insert({ geometry: point(ORIGIN), properties: { name } });
    }

    describe('a savepoint', () => {
      /** All that a transaction sees of the poles of a design, by every way of reading. */
      async function seen(view: { table(name: string): NetworkTable }) {
        const poles = view.table('pole');
        return {
          recs: (await poles.recs()).map(({ urn, properties }) => [
            urn,
            properties.name,
            properties.height_m,
          ]),
          count: await poles.count(),
          named: urns(await poles.filterOn('name', 'NEW')),
          near: (await poles.near(ORIGIN, { limit: 20 })).map(({ urn }) => urn).sort(),
        };
      }

      it('undoes what was added, changed and deleted since, and nothing from before; the commit stores the rest', async () => {
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        const poles = view.table('pole');
        const [master] = await poles.filterOn('name', 'M-1');
        const [own] = await poles.filterOn('name', 'P-009');
        const kept = await insertPole(transaction, NORTH, 'NEW');
        await poles.update(master?.id ?? 0, { properties: { height_m: 7 } });
        const before = await seen(view);
        const savepoint = transaction.savepoint();
        await insertPole(transaction, NORTH, 'NEW');
        const fresh = await insertPole(transaction, NORTH, 'NEW');
        await poles.update(fresh.id, { properties: { name: 'newer' } });
        await poles.update(kept.id, { properties: { name: 'renamed' } });
        await poles.update(master?.id ?? 0, { properties: { height_m: 8, name: 'NEW' } });
        await poles.delete(own?.id ?? 0);
        await poles.delete(kept.id);
        savepoint.undo();
        savepoint.undo();
        expect(await seen(view)).toEqual(before);
        const after = await insertPole(transaction, NORTH, 'after');
        expect(after.id).toBeGreaterThan(fresh.id);
        await transaction.commit();
        const committed = await (await store.begin().view(NORTH)).table('pole').recs();
        expect(names(committed).sort()).toEqual(['M-1', 'M-2', 'NEW', 'P-009', 'after'].sort());
        expect(committed.find(({ id }) => id === master?.id)?.properties.height_m).toBe(7);
      });

      it('that is kept keeps all, and the next one undoes only its own; 200 in a row leave what the good ones wrote', async () => {
        const transaction = store.begin();
        for (let i = 0; i < 200; i += 1) {
          const savepoint = transaction.savepoint();
          const pole = await insertPole(transaction, SOUTH, `item ${i}`);
          if (i % 3 === 0)
            await (await transaction.view(SOUTH)).table('pole').update(1, { properties: { round: i } });
          if (i % 7 === 0) savepoint.undo();
          else savepoint.keep();
          savepoint.undo();
          expect(await (await transaction.view(SOUTH)).table('pole').get(pole.id)).toEqual(
            i % 7 === 0 ? undefined : expect.objectContaining({ id: pole.id }),
          );
        }
        await transaction.commit();
        const poles = (await store.begin().view(SOUTH)).table('pole');
        const good = Array.from({ length: 200 }, (_, i) => i).filter((i) => i % 7 !== 0);
        expect(names(await poles.recs()).filter((name) => String(name).startsWith('item'))).toEqual(
          good.map((i) => `item ${i}`),
        );
        expect((await poles.get(1))?.properties.round).toBe(198);
      });

      it('of writes that are all undone leaves nothing to commit, and refuses once the transaction has ended', async () => {
        const before = await polesOf(NORTH);
        const transaction = store.begin();
        const savepoint = transaction.savepoint();
        await insertPole(transaction, NORTH, 'gone');
        await (await transaction.view(NORTH)).table('pole').delete(1);
        savepoint.undo();
        await transaction.commit();
        expect(await polesOf(NORTH)).toEqual(before);
        expect(() => transaction.savepoint()).toThrow(/was committed/);
      });
    });

    describe('views', () => {
      it('shows master alone, and a design over master', async () => {
        expect(await polesOf(null)).toEqual(['M-1', 'M-2']);
        expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009']);
        expect(await polesOf(SOUTH)).toEqual(['M-1', 'M-2', 'S-1']);
      });

      it('tells which design a record belongs to', async () => {
        const poles = (await store.begin().view(NORTH)).table('pole');
        expect(await poles.get(1)).toMatchObject({ urn: 'pole/1', table: 'pole', design: null });
        expect(await poles.get(3)).toMatchObject({ urn: 'pole/3', id: 3, design: NORTH });
        expect(await poles.get(4)).toBeUndefined();
        expect(await poles.count()).toBe(3);
      });

      it('names the designs there are when asked for another', async () => {
        for (const design of ['design/West', 'North', '', 'pole/1']) {
          const refused = store.begin().view(design);
          await expect(refused).rejects.toMatchObject({ error: { code: 'design-not-found' } });
          await expect(refused).rejects.toThrow(/design\/North, design\/South/);
        }
        expect((await store.begin().designs()).map((design) => design.name)).toEqual(['North', 'South']);
        expect((await store.designs()).map(({ geometry }) => geometry.type)).toEqual(['Polygon', 'Polygon']);
      });

      it('refuses to write to master', async () => {
        const master = await store.begin().view();
        const written = master.table('pole').insert({ geometry: point(ORIGIN), properties: {} });
        await expect(written).rejects.toMatchObject({ error: { code: 'master-read-only' } });
        expect(await polesOf(null)).toHaveLength(2);
      });
    });

    describe('transactions', () => {
      it('keep their writes to themselves until they commit', async () => {
        const transaction = store.begin();
        const other = store.begin();
        const pole = await insertPole(transaction, NORTH, 'new');
        const own = await transaction.view(NORTH);
        expect(names(await own.table('pole').recs())).toEqual(['M-1', 'M-2', 'P-009', 'new']);
        expect(await own.table('pole').filterOn('name', 'new')).toHaveLength(1);
        expect(await own.table('pole').get(pole.id)).toMatchObject({ properties: { name: 'new' } });
        expect(names(await (await other.view(NORTH)).table('pole').recs())).not.toContain('new');
        expect(await polesOf(NORTH)).not.toContain('new');

        await transaction.commit();
        expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009', 'new']);
        expect(await polesOf(SOUTH)).toEqual(['M-1', 'M-2', 'S-1']);
        expect(await polesOf(null)).toEqual(['M-1', 'M-2']);
      });

      it('leave nothing when rolled back, and take nothing afterwards', async () => {
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        await insertPole(transaction, NORTH, 'new');
        transaction.rollback();
        transaction.rollback();
        expect(await polesOf(NORTH)).not.toContain('new');
        await expect(view.table('pole').insert({ properties: {} })).rejects.toThrow(/begin another/);
        await expect(view.table('pole').recs()).rejects.toThrow(/begin another/);
        await expect(transaction.view(NORTH)).rejects.toThrow(/begin another/);
        await expect(transaction.commit()).rejects.toThrow(/begin another/);
      });

      it('refuse to commit over what another committed to the same design meanwhile', async () => {
        const first = store.begin();
        const second = store.begin();
        await insertPole(first, NORTH, 'first');
        await insertPole(second, NORTH, 'second');
        await insertPole(second, SOUTH, 'second');
        await first.commit();
        await expect(second.commit()).rejects.toMatchObject({
          error: { code: 'design-conflict', details: { design: NORTH } },
        });
        expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009', 'first']);
        expect(await polesOf(SOUTH)).toEqual(['M-1', 'M-2', 'S-1']);
      });

      it('in different designs do not disturb each other', async () => {
        const north = store.begin();
        const south = store.begin();
        await insertPole(north, NORTH, 'n');
        await insertPole(south, SOUTH, 's');
        await north.commit();
        await south.commit();
        expect(await polesOf(NORTH)).toContain('n');
        expect(await polesOf(SOUTH)).toContain('s');
      });

      it('in different designs never reserve the same name, whichever comes first', async () => {
        const poles = async (design: string | null, transaction = store.begin()) =>
          (await transaction.view(design)).table('pole');
        // Taken: by master, by the other design, and by the other design once it is committed there.
        expect(await (await poles(NORTH)).reserveName('M-1')).toBe(false);
        expect(await (await poles(NORTH)).reserveName('S-1')).toBe(false);
        expect(await (await poles(NORTH)).reserveName('P-009')).toBe(true);
        const answers = await Promise.all(
          [NORTH, SOUTH].map(async (design) => (await poles(design)).reserveName('P-010')),
        );
        expect([...answers].sort()).toEqual([false, true]);
        const first = answers[0] ? NORTH : SOUTH;
        const failed = store.begin();
        await (await poles(first, failed)).insert({ properties: { name: 'P-010' } });
        failed.rollback();
        // The next attempt in the same design is given the same name.
        expect(await (await poles(first)).reserveName('P-010')).toBe(true);
        const other = first === NORTH ? SOUTH : NORTH;
        expect(await (await poles(other)).reserveName('P-010')).toBe(false);
        expect(await (await poles(other)).reserveName('P-011')).toBe(true);
        await expect((await poles(null)).reserveName('P-012')).rejects.toMatchObject({
          error: { code: 'master-read-only' },
        });
      });

      it('that read before another committed may still write after it', async () => {
        const late = store.begin();
        await (await late.view(NORTH)).table('pole').recs();
        const early = store.begin();
        await insertPole(early, NORTH, 'early');
        await early.commit();
        await insertPole(late, NORTH, 'late');
        await late.commit();
        expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009', 'early', 'late']);
      });

      it('see what was committed before their first write, once they have written', async () => {
        const late = store.begin();
        const view = await late.view(NORTH);
        expect(names(await view.table('pole').recs())).toEqual(['M-1', 'M-2', 'P-009']);
        expect(await view.table('pole').filterOn('name', 'early')).toEqual([]);
        const early = store.begin();
        await insertPole(early, NORTH, 'early');
        await early.commit();
        await insertPole(late, NORTH, 'late');
        expect(names(await view.table('pole').recs())).toEqual(['M-1', 'M-2', 'P-009', 'early', 'late']);
        expect(await view.table('pole').filterOn('name', 'early')).toHaveLength(1);
        expect(await view.table('pole').count()).toBe(5);
      });

      it('that commit to one design at the same time: one stores all, the others nothing', async () => {
        const transactions = Array.from({ length: 4 }, () => store.begin());
        for (const [i, transaction] of transactions.entries()) {
          await insertPole(transaction, NORTH, `n${i}`);
          await insertPole(transaction, SOUTH, `s${i}`);
        }
        const ends = await Promise.allSettled(transactions.map((transaction) => transaction.commit()));
        const winner = ends.findIndex(({ status }) => status === 'fulfilled');
        expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const end of ends) {
          if (end.status === 'rejected') {
            expect(end.reason).toMatchObject({ error: { code: 'design-conflict' } });
          }
        }
        expect(await polesOf(NORTH)).toEqual(['M-1', 'M-2', 'P-009', `n${winner}`]);
        expect(await polesOf(SOUTH)).toEqual(['M-1', 'M-2', 'S-1', `s${winner}`]);
      });

      it('give ids that no other record of the table has or had', async () => {
        const ids = new Set([1, 2, 3, 4]);
        for (const [i, design] of [NORTH, SOUTH, NORTH, SOUTH].entries()) {
          const transaction = store.begin();
          const { id } = await insertPole(transaction, design, 'x');
          expect(ids.has(id)).toBe(false);
          ids.add(id);
          if (i === 1) transaction.rollback();
          else await transaction.commit();
        }
      });

      it('keep a record as it was given', async () => {
        const transaction = store.begin();
        const properties: Record<string, unknown> = { name: 'before', n_fiber_in_ports: 1 };
        const poles = (await transaction.view(NORTH)).table('pole');
        const { id } = await poles.insert({ properties });
        properties.name = 'after';
        await transaction.commit();
        const stored = await (await store.begin().view(NORTH)).table('pole').get(id);
        expect(stored).toMatchObject({
          geometry: null,
          properties: { name: 'before', n_fiber_in_ports: 1 },
        });
      });
    });

    describe('filterOn', () => {
      it('finds by reference over master, design and own writes, in order of id, up to a limit', async () => {
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        const closures = view.table('splice_closure');
        for (let i = 0; i < 30; i++) {
          await closures.insert({ properties: { name: `${i}`, housing: `pole/${(i % 3) + 1}` } });
          if (i % 10 === 0) expect(await closures.filterOn('housing', 'pole/1')).not.toHaveLength(0);
        }
        await transaction.commit();
        const next = store.begin();
        const again = (await next.view(NORTH)).table('splice_closure');
        expect(names(await again.filterOn('housing', 'pole/2'))).toHaveLength(10);
        await again.insert({ properties: { name: 'mine', housing: 'pole/2' } });
        const found = await again.filterOn('housing', 'pole/2');
        expect(names(found)).toEqual(['1', '4', '7', '10', '13', '16', '19', '22', '25', '28', 'mine']);
        expect(await again.filterOn('housing', 'pole/2', { limit: 2 })).toEqual(found.slice(0, 2));
        expect(await again.filterOn('housing', 'pole/99')).toEqual([]);
        expect(await again.filterOn('nothing', 'x')).toEqual([]);
        found.pop();
        expect(await again.filterOn('housing', 'pole/2')).toHaveLength(11);
      });

      it('finds by id, and tells 1 from "1"', async () => {
        const view = await store.begin().view(NORTH);
        expect(urns(await view.table('pole').filterOn('id', 3))).toEqual(['pole/3']);
        expect(await view.table('pole').filterOn('id', 4)).toEqual([]);
        expect(await view.table('address').filterOn('street_number', 7)).toEqual([]);
        expect(await view.table('address').filterOn('street_number', '7')).toHaveLength(3);
      });

      it.each([
        ['text', 'x'.repeat(20_000), `${'x'.repeat(19_999)}y`],
        ['text', 'it\'s \\u0000 \\ \t \n \r $1 \u2028 \u{1f50c} "', 'it'],
        ['number', 1.5e300, 1.5e299],
        ['number', 0, false],
        ['switch', true, 'true'],
        ['nothing', null, 'null'],
        ["it's", 1, '1'],
        ['a.b $1 {x}', 'y', 'z'],
      ])('finds by property %j the value %j and not %j', async (property, value, other) => {
        const transaction = store.begin();
        const cables = (await transaction.view(NORTH)).table('fiber_cable');
        await cables.insert({ properties: { [property]: value, name: 'it' } });
        await cables.insert({ properties: { [property]: other, name: 'other' } });
        await cables.insert({ properties: {} });
        expect(names(await cables.filterOn(property, value))).toEqual(['it']);
        await transaction.commit();
        const stored = (await store.begin().view(NORTH)).table('fiber_cable');
        const found = await stored.filterOn(property, value);
        expect(found.map(({ properties }) => properties)).toEqual([{ [property]: value, name: 'it' }]);
        expect(names(await stored.filterOn(property, other))).toEqual(['other']);
      });

      it('finds nothing by what is no value', async () => {
        const poles = (await store.begin().view(NORTH)).table('pole');
        for (const value of [
          undefined,
          Number.NaN,
          Number.POSITIVE_INFINITY,
          { name: 'M-1' },
          ['M-1'],
          '\0',
          '\ud800',
        ]) {
          expect(await poles.filterOn('name', value)).toEqual([]);
        }
        expect(await poles.filterOn('name', null)).toEqual([]);
        expect(await poles.filterOn('\0', 'M-1')).toEqual([]);
        expect(await poles.recs({ limit: -1 })).toEqual([]);
        expect(await poles.filterOn('id', 1.5)).toEqual([]);
        expect(await poles.get(Number.NaN)).toBeUndefined();
        expect(await poles.get(-1)).toBeUndefined();
      });

      it('goes on answering when it is asked very often', async () => {
        const transaction = store.begin();
        const addresses = (await transaction.view(NORTH)).table('address');
        for (let i = 1; i <= 300; i++) {
          expect(await addresses.get(i)).toMatchObject({ id: i });
          const column = ((i - 1) % 100) + 1;
          expect(await addresses.filterOn('street_number', `${column}`)).toHaveLength(3);
          expect(await addresses.filterOn('street_number', `${column}`, { limit: 2 })).toHaveLength(2);
        }
        expect(await addresses.get(301)).toBeUndefined();
        expect(await addresses.count()).toBe(300);
      });
    });

    it('gives records in order of id, up to a limit', async () => {
      const addresses = (await store.begin().view()).table('address');
      expect(await addresses.count()).toBe(300);
      expect(urns(await addresses.recs({ limit: 2 }))).toEqual(['address/1', 'address/2']);
      expect((await addresses.recs()).map(({ id }) => id)).toEqual(
        Array.from({ length: 300 }, (_, i) => i + 1),
      );
    });

    describe('near', () => {
      async function bruteForce(from: Position, radiusMetres = Number.POSITIVE_INFINITY) {
        const records = await (await store.begin().view()).table('address').recs();
        return records
          .map((record) => {
            const at = record.geometry?.type === 'Point' ? record.geometry.coordinates : from;
            return { record, metres: geodesicDistance(from, at) };
          })
          .filter(({ metres }) => metres <= radiusMetres)
          .sort((a, b) => a.metres - b.metres || a.record.id - b.record.id);
      }

      it.each([
        [ORIGIN, 10],
        [[-71.0951, 42.3702], 150],
        [[-71.2, 42.2], 3],
        [[10, -42], 5],
        [[-71.0951, 42.3702], 1000],
      ] satisfies [Position, number][])('of %j gives the %i nearest, nearest first', async (from, limit) => {
        const addresses = (await store.begin().view()).table('address');
        const nearest = (await bruteForce(from)).slice(0, limit).map(({ record }) => record.urn);
        expect(urns(await addresses.near(from, { limit }))).toEqual(nearest);
      });

      it('keeps to the radius on the ellipsoid, its edge included', async () => {
        const from: Position = [-71.0951, 42.3702];
        const addresses = (await store.begin().view()).table('address');
        const all = await bruteForce(from);
        for (const rank of [0, 1, 17, 120]) {
          const metres = all[rank]?.metres ?? 0;
          const inside = urns(await addresses.near(from, { radiusMetres: metres }));
          expect(inside).toEqual(
            all.filter((found) => found.metres <= metres).map(({ record }) => record.urn),
          );
          expect(urns(await addresses.near(from, { radiusMetres: metres - 0.001 }))).not.toContain(
            all[rank]?.record.urn,
          );
        }
        expect(await addresses.near(from, { radiusMetres: 40, limit: 3 })).toHaveLength(3);
        expect(await addresses.near(from, { limit: 0 })).toEqual([]);
      });

      it('has what lies in a box, lines that only touch it as well, in order of id', async () => {
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        const [x, y] = ORIGIN;
        const box: BoundingBox = [x + 0.0005, y - 0.001, x + 0.00095, y + 0.0002];
        const inside = async (table: string, limit?: number) =>
          urns(await view.table(table).within(box, limit === undefined ? {} : { limit }));
        const row = [6, 7, 8, 9, 10, 106, 107, 108, 109, 110].map((id) => `address/${id}`);
        expect(await inside('address')).toEqual(row);
        expect(await inside('address', 3)).toEqual(row.slice(0, 3));
        expect(await inside('address', 0)).toEqual([]);
        expect(await inside('street')).toEqual(['street/1']);
        expect(await inside('wall_box')).toEqual([]);

        await view.table('address').delete(7);
        await view.table('address').update(8, { geometry: point([x, y]) });
        await view.table('address').update(1, { geometry: point([x + 0.0006, y]) });
        const { urn } = await view
          .table('oh_route')
          .insert({ geometry: { type: 'LineString', coordinates: [ORIGIN, [x + 1, y]] }, properties: {} });
        await view.table('oh_route').insert({ properties: {} });
        const moved = ['address/1', ...row.filter((id) => id !== 'address/7' && id !== 'address/8')];
        expect(await inside('address')).toEqual(moved);
        expect(await inside('oh_route')).toEqual([urn]);
        await transaction.commit();
        const next = await store.begin().view(NORTH);
        expect(urns(await next.table('address').within(box))).toEqual(moved);
        expect(urns(await next.table('oh_route').within([180 - 1, -90, x, 90]))).toEqual([urn]);
      });

      it.each([[[0, 1, 1, 0]], [[-181, 0, 1, 1]], [[0, 0, Number.NaN, 1]], [[0, 0, 1, 91]]] satisfies [
        BoundingBox,
      ][])('refuses %j, which is no box', async (box) => {
        const table = (await store.begin().view()).table('pole');
        await expect(table.within(box)).rejects.toMatchObject({ error: { code: 'invalid-request' } });
      });

      it('sees what was written since it was last asked, in design and transaction', async () => {
        const far: Position = [-71.3, 42.5];
        const transaction = store.begin();
        const boxes = (await transaction.view(NORTH)).table('wall_box');
        for (let i = 0; i < 1_200; i++) {
          await boxes.insert({ geometry: point([far[0] + i * 1e-5, far[1]]), properties: { name: `${i}` } });
          if (i % 300 === 0) expect(names(await boxes.near(far, { limit: 1 }))).toEqual(['0']);
        }
        await transaction.commit();
        const next = (await store.begin().view(NORTH)).table('wall_box');
        expect(names(await next.near([far[0] + 0.1, far[1]], { limit: 2 }))).toEqual(['1199', '1198']);
        await next.insert({ geometry: point([far[0] + 0.1, far[1]]), properties: { name: 'own' } });
        expect(names(await next.near([far[0] + 0.1, far[1]], { limit: 2 }))).toEqual(['own', '1199']);
      });

      it.each([
        [
          'over the antimeridian',
          [180, -17],
          [
            [179.999, -17],
            [-179.999, -17],
            [-179.99, -17],
            [179.9, -17],
          ],
        ],
        [
          'around the pole',
          [0, 89.9999],
          [
            [0, 90],
            [90, 89.9999],
            [180, 89.9999],
            [-90, 89.99],
          ],
        ],
      ] satisfies [string, Position, Position[]][])('goes %s', async (_, from, places) => {
        const transaction = store.begin();
        const boxes = (await transaction.view(NORTH)).table('wall_box');
        for (const [i, place] of places.entries()) {
          await boxes.insert({ geometry: point(place), properties: { name: `${i}` } });
        }
        await transaction.commit();
        const stored = (await store.begin().view(NORTH)).table('wall_box');
        const metres = places.map((place) => geodesicDistance(from, place));
        const order = metres
          .map((_metres, i) => `${i}`)
          .sort((a, b) => Number(metres[Number(a)]) - Number(metres[Number(b)]));
        expect(names(await stored.near(from, {}))).toEqual(order);
        expect(names(await stored.near(from, { limit: 3 }))).toEqual(order.slice(0, 3));
        const third = Number(metres[Number(order[2])]);
        expect(names(await stored.near(from, { radiusMetres: third }))).toEqual(order.slice(0, 3));
        expect(names(await stored.near(from, { radiusMetres: 30_000_000, limit: 9 }))).toEqual(order);
      });

      it('is for tables of points', async () => {
        const routes = (await store.begin().view()).table('oh_route');
        await expect(routes.near(ORIGIN, { limit: 1 })).rejects.toThrow(/oh_route holds no points/);
      });
    });

    describe("tables of one's own", () => {
      const inspect = async (view: { table(name: string): NetworkTable }, pole: string, at = ORIGIN) =>
        view.table('inspection').insert({ geometry: point(at), properties: { pole } });

      it('take records, which are found by every question, before the commit and after it', async () => {
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        const first = await inspect(view, 'pole/1');
        const second = await inspect(view, 'pole/2', [-71.2, 42.4]);
        await view.table('note').insert({ properties: { text: 'seen' } });
        const ask = async (seen: typeof view) => {
          const table = seen.table('inspection');
          expect(urns(await table.recs())).toEqual([first.urn, second.urn]);
          expect(urns(await table.filterOn('pole', 'pole/2'))).toEqual([second.urn]);
          expect(urns(await table.near([-71.2, 42.4], { limit: 1 }))).toEqual([second.urn]);
          expect(await table.get(first.id)).toMatchObject({ properties: { pole: 'pole/1' }, design: NORTH });
          expect(await table.count()).toBe(2);
          expect(await seen.table('note').count()).toBe(1);
        };
        await ask(view);
        await transaction.commit();
        await ask(await store.begin().view(NORTH));
        expect(await (await store.begin().view(SOUTH)).table('inspection').count()).toBe(0);
        expect(await (await store.begin().view()).table('inspection').recs()).toEqual([]);
      });

      it('are among the features, after those that ship', async () => {
        expect(store.tables.featureTables).toEqual(expect.arrayContaining(['pole', 'inspection', 'street']));
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        const { urn } = await inspect(view, 'pole/1');
        const ring = [ORIGIN, [-71.1, 42.38], [-71.09, 42.38], ORIGIN] satisfies Position[];
        const geometry = { type: 'Polygon' as const, coordinates: [ring] };
        const order = await view.table('order').insert({ geometry, properties: { user: 'ann' } });
        await transaction.commit();
        const { features } = await store.features({
          design: NORTH,
          tables: ['inspection', 'order'],
          limit: 9,
        });
        expect(features).toEqual([
          {
            type: 'Feature',
            id: urn,
            geometry: point(ORIGIN),
            properties: { pole: 'pole/1', table: 'inspection', design: NORTH },
          },
          {
            type: 'Feature',
            id: order.urn,
            geometry,
            properties: { user: 'ann', table: 'order', design: NORTH },
          },
        ]);
        const { features: all } = await store.features({ design: NORTH, limit: 50_000 });
        expect(urnsOf(all).slice(-3)).toEqual([urn, order.urn, 'street/1']);
        const next = await store.features({ design: NORTH, limit: 1, after: urn });
        expect(urnsOf(next.features)).toEqual([order.urn]);
      });

      it('that are unknown are an error that names those there are', async () => {
        const view = await store.begin().view(NORTH);
        for (const table of ['inspections', 'streets', 'design', '__proto__', '']) {
          expect(() => view.table(table)).toThrow(
            expect.objectContaining({
              error: expect.objectContaining({
                code: 'unknown-table',
                message: expect.stringMatching(
                  /there are: pole, .*connection, inspection, note, order, street\./,
                ),
              }),
            }),
          );
        }
        await expect(store.features({ tables: ['inspections'], limit: 1 })).rejects.toThrow(
          /tables is inspections; expected pole, .*inspection, note, order, street/,
        );
      });

      it('take the geometry that they are for, or none', async () => {
        const view = await store.begin().view(NORTH);
        const { id } = await view.table('inspection').insert({ properties: {} });
        const line = { type: 'LineString' as const, coordinates: [ORIGIN, ORIGIN] };
        const refusal = {
          error: { code: 'invalid-record', message: expect.stringMatching(/give a Point, or null/) },
        };
        await expect(
          view.table('inspection').insert({ geometry: line, properties: {} }),
        ).rejects.toMatchObject(refusal);
        await expect(view.table('inspection').update(id, { geometry: line })).rejects.toMatchObject(refusal);
        await expect(view.table('note').insert({ geometry: point(ORIGIN), properties: {} })).rejects.toThrow(
          /Table note takes no geometry of type 'Point': leave the geometry out/,
        );
        await expect(view.table('note').near(ORIGIN, { limit: 1 })).rejects.toThrow(/note holds no points/);
        expect(await view.table('inspection').recs()).toHaveLength(1);
      });
    });

    describe('changing and deleting', () => {
      /** What a view shows of the poles, asked in every way there is. */
      async function poles(design: string | null, transaction = store.begin()) {
        const table = (await transaction.view(design)).table('pole');
        const records = await table.recs();
        expect(await table.count()).toBe(records.length);
        const all = await table.near(ORIGIN, {});
        expect(new Set(urns(all))).toEqual(
          new Set(urns(records.filter(({ geometry }) => geometry !== null))),
        );
        for (const record of records) {
          expect(await table.get(record.id)).toEqual(record);
          expect(urns(await table.filterOn('name', record.properties.name))).toContain(record.urn);
        }
        return records.map(({ id, properties }) => [id, properties.name]);
      }
      const MASTER = [
        [1, 'M-1'],
        [2, 'M-2'],
      ];
      const BEFORE = [...MASTER, [3, 'P-009']];

      it("of master's records are seen in the design alone, before the commit by the transaction alone", async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('pole');
        expect(names(await table.filterOn('name', 'M-1'))).toEqual(['M-1']);
        const changed = await table.update(1, { properties: { name: 'renamed', height: 9 } });
        expect(changed).toMatchObject({
          id: 1,
          urn: 'pole/1',
          design: NORTH,
          geometry: point(ORIGIN),
          properties: { name: 'renamed', height: 9 },
        });
        await table.delete(2);
        const after = [
          [1, 'renamed'],
          [3, 'P-009'],
        ];
        expect(await poles(NORTH, transaction)).toEqual(after);
        expect(await table.filterOn('name', 'M-1')).toEqual([]);
        expect(await table.get(2)).toBeUndefined();
        expect(await poles(NORTH)).toEqual(BEFORE);
        await transaction.commit();
        expect(await poles(NORTH)).toEqual(after);
        expect(await poles(null)).toEqual(MASTER);
        expect(await poles(SOUTH)).toEqual([...MASTER, [4, 'S-1']]);
      });

      it("of the design's own records, and of what the transaction inserted", async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('pole');
        const { id } = await table.insert({ geometry: point(ORIGIN), properties: { name: 'new' } });
        const other = await table.insert({ geometry: point(ORIGIN), properties: { name: 'other' } });
        await table.update(3, { properties: { name: 'P-010' } });
        await table.update(id, { properties: { name: 'newer' }, geometry: null });
        await table.delete(other.id);
        const after = [...MASTER, [3, 'P-010'], [id, 'newer']];
        expect(await poles(NORTH, transaction)).toEqual(after);
        await transaction.commit();
        expect(await poles(NORTH)).toEqual(after);

        const next = store.begin();
        const again = (await next.view(NORTH)).table('pole');
        await again.delete(3);
        await again.update(id, { properties: { name: undefined, label: 'A' } });
        expect((await again.get(id))?.properties).toEqual({ label: 'A' });
        await next.commit();
        const stored = (await store.begin().view(NORTH)).table('pole');
        expect((await stored.get(id))?.properties).toEqual({ label: 'A' });
        expect(urns(await stored.recs())).toEqual(['pole/1', 'pole/2', `pole/${id}`]);
      });

      it('go on from one transaction to the next', async () => {
        for (const label of ['a', 'b', 'c']) {
          const transaction = store.begin();
          const table = (await transaction.view(NORTH)).table('pole');
          const before = (await table.get(1))?.properties.name;
          await table.update(1, { properties: { name: `${before}${label}` } });
          await transaction.commit();
        }
        expect(await poles(NORTH)).toEqual([[1, 'M-1abc'], ...BEFORE.slice(1)]);
        const last = store.begin();
        await (await last.view(NORTH)).table('pole').delete(1);
        await last.commit();
        expect(await poles(NORTH)).toEqual(BEFORE.slice(1));
        expect(await poles(null)).toEqual(MASTER);
      });

      it('leave nothing when rolled back', async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('pole');
        await table.update(1, { properties: { name: 'x' } });
        await table.delete(3);
        transaction.rollback();
        expect(await poles(NORTH)).toEqual(BEFORE);
        await expect(table.update(1, {})).rejects.toThrow(/begin another/);
        await expect(table.delete(1)).rejects.toThrow(/begin another/);
      });

      it('of what is not there are an error with its fix', async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('pole');
        await table.delete(2);
        for (const id of [2, 4, 99, 0, -1, 1.5, Number.NaN]) {
          for (const refused of [table.update(id, { properties: {} }), table.delete(id)]) {
            await expect(refused).rejects.toMatchObject({
              error: {
                code: 'record-not-found',
                message: expect.stringContaining(`pole/${id} in design/North`),
                details: { record: `pole/${id}`, design: NORTH },
              },
            });
          }
        }
        expect(await poles(NORTH, transaction)).toEqual([
          [1, 'M-1'],
          [3, 'P-009'],
        ]);
      });

      it('are refused in master', async () => {
        const table = (await store.begin().view()).table('pole');
        const refusal = { error: { code: 'master-read-only' } };
        await expect(table.update(1, { properties: {} })).rejects.toMatchObject(refusal);
        await expect(table.delete(1)).rejects.toMatchObject(refusal);
        expect(await poles(null)).toEqual(MASTER);
      });

      it('conflict with what another committed to the design meanwhile', async () => {
        const first = store.begin();
        const second = store.begin();
        await (await first.view(NORTH)).table('pole').update(1, { properties: { name: 'first' } });
        await (await second.view(NORTH)).table('pole').delete(2);
        await first.commit();
        await expect(second.commit()).rejects.toMatchObject({ error: { code: 'design-conflict' } });
        expect(await poles(NORTH)).toEqual([[1, 'first'], ...BEFORE.slice(1)]);
      });

      it('at the same time of one record each see what the other wrote', async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('pole');
        await Promise.all([
          table.update(1, { properties: { a: 1 } }),
          table.update(1, { properties: { b: 2 } }),
          table.delete(2),
        ]);
        expect((await table.get(1))?.properties).toEqual({ name: 'M-1', a: 1, b: 2 });
        await transaction.commit();
        const stored = (await store.begin().view(NORTH)).table('pole');
        expect((await stored.get(1))?.properties).toEqual({ name: 'M-1', a: 1, b: 2 });
      });

      it('are found by reference, also where the limit cuts', async () => {
        const transaction = store.begin();
        const view = await transaction.view(NORTH);
        const closures = view.table('splice_closure');
        const made: NetworkRecord[] = [];
        for (let i = 0; i < 6; i++)
          made.push(await closures.insert({ properties: { name: `${i}`, housing: 'pole/1' } }));
        await transaction.commit();
        const next = store.begin();
        const table = (await next.view(NORTH)).table('splice_closure');
        const [a, b, c] = made;
        if (!a || !b || !c) throw new Error('there are six');
        await table.delete(a.id);
        await table.update(b.id, { properties: { housing: 'pole/2' } });
        await table.update(c.id, { properties: { name: 'c' } });
        const ask = async (asked: NetworkTable) => {
          expect(names(await asked.filterOn('housing', 'pole/1'))).toEqual(['c', '3', '4', '5']);
          expect(names(await asked.filterOn('housing', 'pole/1', { limit: 2 }))).toEqual(['c', '3']);
          expect(names(await asked.filterOn('housing', 'pole/2'))).toEqual(['1']);
          expect(names(await asked.recs({ limit: 3 }))).toEqual(['1', 'c', '3']);
        };
        await ask(table);
        await next.commit();
        await ask((await store.begin().view(NORTH)).table('splice_closure'));
      });

      it('are near what they were moved to', async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('address');
        const far: Position = [-70, 41];
        // Often enough for any index in between.
        for (let id = 1; id <= 40; id++) {
          await table.near(ORIGIN, { limit: 1 });
          await table.update(id, { geometry: point([far[0] + id * 1e-4, far[1]]) });
        }
        await table.delete(41);
        const ask = async (asked: NetworkTable) => {
          expect((await asked.near(far, { limit: 3 })).map(({ id }) => id)).toEqual([1, 2, 3]);
          expect((await asked.near(ORIGIN, { limit: 2 })).map(({ id }) => id)).toEqual([101, 102]);
          expect(await asked.near(far, { radiusMetres: 10_000 })).toHaveLength(40);
          expect(await asked.near(ORIGIN, {})).toHaveLength(299);
        };
        await ask(table);
        await transaction.commit();
        await ask((await store.begin().view(NORTH)).table('address'));
      });

      it('show on the map of the design', async () => {
        const transaction = store.begin();
        const table = (await transaction.view(NORTH)).table('pole');
        await table.update(1, { properties: { name: 'x' }, geometry: point([-71, 42]) });
        await table.delete(2);
        await transaction.commit();
        const read = (design: string | null, limit = 9) =>
          store
            .features({ design, tables: ['pole'], limit })
            .then(({ features }) =>
              features.map(({ id, properties }) => [id, properties.name, properties.design]),
            );
        expect(await read(NORTH)).toEqual([
          ['pole/1', 'x', NORTH],
          ['pole/3', 'P-009', NORTH],
        ]);
        expect(await read(NORTH, 1)).toEqual([['pole/1', 'x', NORTH]]);
        expect(await read(null)).toEqual([
          ['pole/1', 'M-1', null],
          ['pole/2', 'M-2', null],
        ]);
        const bbox = [-71.001, 41.999, -70.999, 42.001] satisfies [number, number, number, number];
        expect(
          urnsOf((await store.features({ design: NORTH, tables: ['pole'], bbox, limit: 9 })).features),
        ).toEqual(['pole/1']);
        expect((await store.features({ tables: ['pole'], bbox, limit: 9 })).features).toEqual([]);
      });
    });

    describe('features', () => {
      const ids = ({ features }: { features: { id: string }[] }) => features.map(({ id }) => id);

      it('are what is committed: master, and the design that is named', async () => {
        const transaction = store.begin();
        await insertPole(transaction, NORTH, 'new');
        const poles = { tables: ['pole' as const], limit: 10 };
        expect(ids(await store.features(poles))).toEqual(['pole/1', 'pole/2']);
        expect(ids(await store.features({ ...poles, design: NORTH }))).toEqual([
          'pole/1',
          'pole/2',
          'pole/3',
        ]);
        await transaction.commit();
        expect((await store.features({ ...poles, design: NORTH })).features.at(-1)).toMatchObject({
          type: 'Feature',
          geometry: point(ORIGIN),
          properties: { table: 'pole', name: 'new', design: NORTH },
        });
        const unknown = store.features({ ...poles, design: 'design/West' });
        await expect(unknown).rejects.toMatchObject({ error: { code: 'design-not-found' } });
      });

      it('come in pages, each once, in order of table and id', async () => {
        const whole = await store.features({ limit: 50_000, design: NORTH });
        expect(whole.next).toBeUndefined();
        expect(whole.features).toHaveLength(3 + 300 + 1);
        expect(ids(whole).slice(0, 4)).toEqual(['pole/1', 'pole/2', 'pole/3', 'address/1']);
        expect(whole.features.at(-1)).toMatchObject({ id: 'street/1', properties: { name: 'Main Street' } });
        for (const limit of [1, 3, 100, 304]) {
          const paged: string[] = [];
          let after: string | undefined;
          do {
            const page = await store.features({ limit, design: NORTH, ...(after ? { after } : {}) });
            expect(page.features.length).toBeLessThanOrEqual(limit);
            paged.push(...ids(page));
            after = page.next;
          } while (after);
          expect(paged).toEqual(ids(whole));
        }
      });

      it('keep to a bounding box', async () => {
        const [x, y] = ORIGIN;
        const within = await store.features({
          tables: ['address'],
          bbox: [x - 1e-5, y - 1e-5, x + 2.5e-4, y + 1.4e-4],
          limit: 100,
        });
        expect(ids(within)).toEqual([1, 2, 3, 101, 102, 103].map((id) => `address/${id}`));
        const streets = await store.features({
          tables: ['street'],
          bbox: [x + 0.004, y - 0.001, x + 0.005, y + 0.001],
          limit: 9,
        });
        expect(ids(streets)).toEqual(['street/1']);
        const overTheDateLine = await store.features({ bbox: [170, -90, -71.1, 90], limit: 9 });
        expect(ids(overTheDateLine)).toEqual([
          'pole/1',
          'address/1',
          'address/101',
          'address/201',
          'street/1',
        ]);
      });

      it.each([
        [{ limit: 0 }, 'limit'],
        [{ limit: 50_001 }, 'limit'],
        [{ limit: 1.5 }, 'limit'],
        [{ limit: 1, after: 'nonsense' }, 'after'],
        [{ limit: 1, after: 'pole/x' }, 'after'],
        [{ limit: 1, bbox: [42, -171, 43, -170] as [number, number, number, number] }, 'bbox'],
      ])('refuse %j, naming the parameter', async (query, parameter) => {
        await expect(store.features(query)).rejects.toMatchObject({
          error: { code: 'invalid-request', parameters: [{ parameter }] },
        });
      });
    });
  });
}
