import { expect, test } from 'vitest';
import { queried, rowsOf } from '../../../../harness/table/tableRows.ts';
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
const ALL = { table: '', text: '', sort: 'name', isDescending: false } as const;

test('rows are in the words, units and digits of the language', () => {
  const [pole, , cable, address] = rowsOf(FEATURES, words);
  expect([pole?.table, address?.name]).toEqual(['Mast', '7 Hauptstraße']);
  expect(cable?.detail).toBe('Zuführung · Fasern: 96 · 1,23 km');
  expect(rowsOf([feature('my_table/4', {})], words)).toMatchObject([
    { table: 'my_table', name: 'my_table/4' },
  ]);
});

test('names are sorted as people count (mobius-parametric-modeller #186), and each row stays with its feature (QGIS #38226)', () => {
  const rows = queried(rowsOf(FEATURES, words), { ...ALL, table: 'pole' }, 'de');
  expect(rows.map(({ name }) => name)).toEqual(['P-9', 'P-10']);
  expect(rows.map(({ feature: { id } }) => id)).toEqual(['pole/2', 'pole/1']);
  const turned = queried(rowsOf(FEATURES, words), { ...ALL, table: 'pole', isDescending: true }, 'de');
  expect(turned.map(({ name }) => name)).toEqual(['P-10', 'P-9']);
});

test('a text is looked for in all that a row shows, whatever its case', () => {
  const found = (text: string) =>
    queried(rowsOf(FEATURES, words), { ...ALL, text }, 'de').map(({ urn }) => urn);
  expect(found('HAUPTSTRASSE')).toEqual([]);
  expect(found('hauptstraße')).toEqual(['address/1']);
  expect(found(' zuführung ')).toEqual(['fiber_cable/1']);
  expect(found('.*')).toEqual([]);
});

test('5,000 rows are sorted and filtered within a stretch', () => {
  const many = rowsOf(
    Array.from({ length: 5_000 }, (_, index) =>
      feature(`pole/${index + 1}`, { name: `P-${(index * 7919) % 5_000}` }),
    ),
    words,
  );
  const rows = queried(many, ALL, 'de');
  expect(rows.slice(0, 3).map(({ name }) => name)).toEqual(['P-0', 'P-1', 'P-2']);
});
