import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openData } from '../../../../backend/data/openData.ts';
import { readLayer } from '../../../../backend/data/readLayer.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { geoPackageOf, storeWith } from '../../../support/handover/handedOn.ts';

it('our own reader takes a GeoPackage back as it was: names, values, places over the antimeridian', async () => {
  const place = (longitude: number): Position => [longitude, -16.5];
  const poles = [
    { name: 'O\'Brien "Bob"', owner: 'Größe ß', height_m: 7.5, wood: true, code: '007', note: null, seen: 3 },
    { name: 'شارع الملك 12', owner: '本町1丁目', height_m: -0.25, wood: false, code: '', note: 'x', seen: 0 },
  ];
  const records = poles.map((properties, i) => ({
    geometry: { type: 'Point' as const, coordinates: place(i === 0 ? 179.9999 : -179.9999) },
    properties,
  }));
  using file = await geoPackageOf(await storeWith({ pole: records }));
  const files = [{ name: 'design.gpkg', blob: new Blob([readFileSync(file.path)]) }];
  const { layers, problems } = await openData(files);
  expect(problems).toEqual([]);
  const layer = layers.find(({ name }) => name === 'pole');
  if (!layer) throw new Error('no layer of poles');
  expect(layer.crs).toMatchObject({ epsg: 4326, from: 'table' });
  expect(layer.features).toBe(3);
  expect(layer.rows.slice(1).map(({ geometry }) => geometry)).toEqual(
    records.map(({ geometry }) => geometry),
  );
  for (const [i, properties] of poles.entries()) {
    for (const [name, value] of Object.entries(properties)) {
      // SQLite has no booleans: its column says that 1 is true.
      const wanted = typeof value === 'boolean' ? [value, Number(value)] : [value];
      expect(wanted, name).toContainEqual(layer.rows[i + 1]?.properties[name] ?? null);
    }
  }
  const reading = readLayer(files, layer, { ...layer.suggestion, kind: 'poles' });
  const names: unknown[] = [];
  for await (const batch of reading) {
    if (batch.kind === 'poles') names.push(...batch.features.map(({ properties }) => properties.name));
  }
  expect(names).toEqual(['P-009', ...poles.map(({ name }) => name)]);
  expect(reading.report.leftOut.count).toBe(0);
});
