import { expect, test } from 'vitest';
import { Stretches } from '../../../../harness/map/stretches.ts';
import { harnessMsg } from '../../../../harness/messages/messages.ts';
import { fits, orderOf, rowOf, type TableQuery } from '../../../../harness/table/tableRows.ts';
import type { GeoFeature } from '../../../../src/contract/index.ts';
import { featureText } from '../../../../src/host/words/featureText.ts';
import { loadFeatureWords } from '../../../../src/host/words/loadFeatureWords.ts';

const feature = (id: string, properties: Record<string, unknown>): GeoFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [8.5, 47.4] },
  properties: { table: id.replace(/\/.*/, ''), ...properties },
});
const FEATURES = [
  feature('pole/1', { name: 'P-10' }),
  feature('pole/2', { name: 'P-9' }),
  feature('fiber_cable/1', { name: 'C-1', kind: 'feeder', fiber_count: 96, length_metres: 1_234.5 }),
  feature('address/1', { street_name: 'Hauptstraße', street_number: '7' }),
];
const words = featureText('de', await loadFeatureWords('de-CH'));
const msg = harnessMsg('de');
const rowsOf = (features: readonly GeoFeature[]) => features.map((each) => rowOf(each, words, msg));
const queried = (features: readonly GeoFeature[], query: TableQuery) =>
  rowsOf(features).filter(fits(query, 'de')).sort(orderOf(query, 'de'));
const ALL = { table: '', text: '', sort: 'name', isDescending: false } as const;

test('rows are in the words, units and digits of the language', () => {
  const [pole, , cable, address] = rowsOf(FEATURES);
  expect([pole?.table, address?.name]).toEqual(['Mast', '7 Hauptstraße']);
  expect(cable?.detail).toBe('Zuführung · Fasern: 96 · 1,23 km');
  expect(rowsOf([feature('my_table/4', {})])).toMatchObject([{ table: 'my_table', name: 'my_table/4' }]);
});

test('names are sorted as people count (mobius-parametric-modeller #186), and each row stays with its feature (QGIS #38226)', () => {
  const rows = queried(FEATURES, { ...ALL, table: 'pole' });
  expect(rows.map(({ name }) => name)).toEqual(['P-9', 'P-10']);
  expect(rows.map(({ feature: { id } }) => id)).toEqual(['pole/2', 'pole/1']);
  const turned = queried(FEATURES, { ...ALL, table: 'pole', isDescending: true });
  expect(turned.map(({ name }) => name)).toEqual(['P-10', 'P-9']);
});

test('a text is looked for in all that a row shows, whatever its case', () => {
  const found = (text: string) => queried(FEATURES, { ...ALL, text }).map(({ urn }) => urn);
  expect(found('HAUPTSTRASSE')).toEqual([]);
  expect(found('hauptstraße')).toEqual(['address/1']);
  expect(found(' zuführung ')).toEqual(['fiber_cable/1']);
  expect(found('.*')).toEqual([]);
});

test('20,000 rows are sorted in stretches as at once, and the work ends where nobody wants it any more', async () => {
  const many = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 4_001);
  const compare = (one: number, other: number) => one - other;
  const sorted = await new Stretches().sorted(many, 200, compare, () => true);
  expect(sorted).toEqual([...many].sort(compare));
  expect(await new Stretches().sorted([], 200, compare, () => true)).toEqual([]);
  let asked = 0;
  await new Stretches().sorted(
    many,
    200,
    () => ++asked,
    () => false,
  );
  expect(asked).toBe(0);
});

test('an address of a run says where it is served from, or that it is not', () => {
  const served = { root_housing: 'P-0034', splitter: 'P1-SP1 · 4', drop_metres: 14.454, loss_db: 19.92 };
  const [one, other] = rowsOf([feature('address/1', served), feature('address/2', { served: false })]);
  expect(one?.detail).toBe('An: P-0034 · Splitter: P1-SP1 · 4 · Hausanschluss: 14,5 m · Dämpfung: 19,9 dB');
  expect(other?.detail).toBe('nicht versorgt');
});
