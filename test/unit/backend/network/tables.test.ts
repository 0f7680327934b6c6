import { expect, test } from 'vitest';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { defineTables, parseTables } from '../../../../backend/network/tables.ts';
import { createMockBackend } from '../../../../mocks/index.ts';
import { ORIGIN, testTown } from '../../../support/network/testTown.ts';

test('completes what is left out', () => {
  expect(
    defineTables([{ name: 'note' }, { name: 'area_2', geometry: 'Polygon', indexed: ['kind'] }]),
  ).toEqual([
    { name: 'note', geometry: null, indexed: [] },
    { name: 'area_2', geometry: 'Polygon', indexed: ['kind'] },
  ]);
});

test.each([
  [
    [{ name: 'pole' }],
    /defineTables\("pole"\): "name" must be another one: pole, .*street, design are tables/,
  ],
  [[{ name: 'street' }], /"name" must be another one/],
  [[{ name: 'design' }], /"name" must be another one/],
  [
    [{ name: 'a' }, { name: 'a' }],
    /defineTables\("a"\): "name" must be another one: an earlier table has it/,
  ],
  [[{ name: 'Inspection' }], /"name" must be small letters, digits and "_"/],
  [[{ name: 'drop table' }], /"name" must be small letters/],
  [[{ name: 'x'.repeat(31) }], /"name" must be small letters/],
  [[{ name: '' }], /"name" must be small letters/],
  [[{}], /defineTables\(\?\): "name" must be small letters/],
  [[null], /defineTables\(\?\): "name"/],
  [
    [{ name: 'a', geometry: 'Circle' }],
    /defineTables\("a"\): "geometry" must be "Point", "LineString" or "Polygon"/,
  ],
  [[{ name: 'a', indexed: ['id'] }], /"indexed" must be .*without "id", which is always indexed/],
  [[{ name: 'a', indexed: ["x'; --"] }], /"indexed" must be an array of at most 20 names/],
  [[{ name: 'a', indexed: 'kind' }], /"indexed" must be an array/],
  [{ name: 'a' }, /give an array of \{ name, geometry, indexed \}/],
  [Array.from({ length: 101 }, (_, i) => ({ name: `t${i}` })), /there are 101 tables; at most 100 are taken/],
])('refuses %j, naming the table and the field', (tables, message) => {
  expect(() => parseTables(tables)).toThrow(message);
});

test('a store and a mock backend refuse them in the same words', async () => {
  expect(() => new MemoryStore({ tables: [{ name: 'pole' }] })).toThrow(/defineTables\("pole"\)/);
  const opened = createMockBackend({ town: testTown(3), tables: [{ name: 'pole' }] });
  await expect(opened).rejects.toThrow(/defineTables\("pole"\)/);
});

test('what is stored in a table outlives that it is not defined for a while', async () => {
  const tables = defineTables([{ name: 'note' }]);
  const store = new MemoryStore({ town: testTown(3), tables });
  const transaction = store.begin();
  const view = await transaction.view('design/North');
  await view.table('note').insert({ properties: { text: 'kept' } });
  await view
    .table('pole')
    .update(1, { geometry: { type: 'Point', coordinates: ORIGIN }, properties: { label: 'A' } });
  await view.table('pole').delete(2);
  await transaction.commit();
  const without = MemoryStore.fromState(JSON.parse(JSON.stringify(store.toState())));
  const seen = await without.begin().view('design/North');
  expect(() => seen.table('note')).toThrow(/There is no table 'note'/);
  const again = MemoryStore.fromState(structuredClone(without.toState()), { tables });
  const stored = await again.begin().view('design/North');
  expect((await stored.table('note').recs()).map(({ properties }) => properties)).toEqual([{ text: 'kept' }]);
  expect((await stored.table('pole').get(1))?.properties).toEqual({ name: 'M-1', label: 'A' });
  expect(await stored.table('pole').get(2)).toBeUndefined();
  expect(again.toState()).toEqual(store.toState());
});

test('the state of an earlier version is read', async () => {
  const { designs, ...state } = new MemoryStore({ town: testTown(3) }).toState();
  const earlier = { ...state, format: 1, designs: designs.map(({ hidden: _, ...design }) => design) };
  const view = await MemoryStore.fromState(earlier).begin().view('design/North');
  expect(await view.table('pole').count()).toBe(3);
});
