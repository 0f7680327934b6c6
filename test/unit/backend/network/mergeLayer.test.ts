import { expect, test } from 'vitest';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { mergeLayer } from '../../../../backend/network/mergeLayer.ts';
import { parseLayer, type RefusedFeature } from '../../../../backend/network/parseLayer.ts';
import type { LayerKind } from '../../../../backend/network/townTypes.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { ORIGIN, testTown } from '../../../support/network/testTown.ts';

const feature = (at: Position, properties: object) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: at },
  properties,
});
const M2: Position = [ORIGIN[0] + 0.001, ORIGIN[1]];

async function merge(store: MemoryStore, kind: LayerKind, table: string, features: object[], key?: string) {
  const indexes: number[] = [];
  const layer = parseLayer(kind, { type: 'FeatureCollection', features }, undefined, indexes);
  const refused: RefusedFeature[] = [];
  const counts = await store.edit(async (network) => {
    const master = (await network.view()).table(table);
    const input = { features: layer.features, indexes };
    return mergeLayer(master, input, { ...(key && { key }), onRefused: (one) => refused.push(one) });
  });
  const records = await store.edit(async (network) => (await network.view()).table(table).recs());
  return { counts, refused, rows: records.map(({ id, properties }) => ({ id, ...properties })) };
}

test('the same place and name is the same pole; what the file does not have stays', async () => {
  const store = new MemoryStore({ town: testTown(0) });
  const file = [
    feature(ORIGIN, { name: 'M-1', height_m: 9 }),
    feature(M2, { name: 'M-2' }),
    feature(M2, { name: 'M-3' }),
    feature([ORIGIN[0] + 0.1, ORIGIN[1]], { name: 'M-1' }),
  ];
  const first = await merge(store, 'poles', 'pole', file);
  expect(first.counts).toEqual({ added: 2, changed: 1, unchanged: 1 });
  expect(first.rows).toEqual([
    { id: 1, name: 'M-1', height_m: 9 },
    { id: 2, name: 'M-2' },
    { id: 5, name: 'M-3' },
    { id: 6, name: 'M-1' },
  ]);
  // Less is in the file, and another program has rounded it: nothing changes.
  const again = await merge(store, 'poles', 'pole', [
    feature([ORIGIN[0] + 1e-9, ORIGIN[1]], { name: 'M-1' }),
  ]);
  expect(again.counts).toEqual({ added: 0, changed: 0, unchanged: 1 });
  expect(again.rows).toEqual(first.rows);
});

test('flats of one house, which have the same place and number, are merged as often as they are in the file', async () => {
  const store = new MemoryStore();
  const flats = [1, 2, 3].map(() => feature(ORIGIN, { street_name: 'Mill Road', street_number: '7' }));
  expect((await merge(store, 'addresses', 'address', flats)).counts.added).toBe(3);
  const again = await merge(store, 'addresses', 'address', flats);
  expect(again.counts).toEqual({ added: 0, changed: 0, unchanged: 3 });
});

test('with a key things may move and be renamed; what lacks it or shares it is left out, by its index in the file', async () => {
  const store = new MemoryStore();
  const file = (...keys: unknown[]) => keys.map((asset, i) => feature(ORIGIN, { name: `P-${i}`, asset }));
  await merge(store, 'poles', 'pole', file('a', 7), 'asset');
  const moved = [feature(M2, { name: 'moved', asset: 'a' }), ...file('7', null, 'b', '', 'b')];
  const { counts, refused, rows } = await merge(store, 'poles', 'pole', moved, 'asset');
  expect(counts).toEqual({ added: 1, changed: 2, unchanged: 0 });
  expect(rows).toEqual([
    { id: 1, name: 'moved', asset: 'a' },
    { id: 2, name: 'P-0', asset: '7' },
    { id: 3, name: 'P-2', asset: 'b' },
  ]);
  expect(refused).toEqual([
    { feature: 2, reason: expect.stringMatching(/properties.asset is missing; give/) },
    { feature: 4, reason: expect.stringMatching(/properties.asset is missing; give/) },
    { feature: 5, reason: expect.stringMatching(/properties.asset 'b' is that of feature 3 as well/) },
  ]);
  await store.edit(async (network) => {
    const poles = (await network.view()).table('pole');
    await poles.insert({ properties: { asset: 'a' } });
  });
  const shared = await merge(store, 'poles', 'pole', file('a'), 'asset');
  expect(shared.refused[0]?.reason).toMatch(/'a' is that of pole\/1 and pole\/4; delete all but one/);
});

test('the parts of a street are a record each, with and without a key', async () => {
  const line = (y: number): Position[] => [
    [0, y],
    [1, y],
  ];
  const street = (...ys: number[]) => ({
    type: 'Feature',
    geometry: { type: 'MultiLineString', coordinates: ys.map(line) },
    properties: { name: 'High Street', id: 4 },
  });
  for (const key of [undefined, 'id']) {
    const store = new MemoryStore();
    expect((await merge(store, 'streets', 'street', [street(1, 2)], key)).counts.added).toBe(2);
    const { counts, refused, rows } = await merge(store, 'streets', 'street', [street(1, 2, 3)], key);
    expect(counts).toEqual({ added: 1, changed: 0, unchanged: 2 });
    expect(refused).toEqual([]);
    expect(rows).toHaveLength(3);
  }
});

test('what is planned in designs stays', async () => {
  const store = new MemoryStore({ town: testTown(0) });
  await merge(store, 'poles', 'pole', [feature(ORIGIN, { name: 'M-1', height_m: 9 })]);
  const poles = await (await store.begin().view('design/North')).table('pole').recs();
  expect(poles.map(({ properties }) => properties.name)).toEqual(['M-1', 'M-2', 'P-009']);
});
