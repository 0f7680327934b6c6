import { expect, test } from 'vitest';
import { isSameFeature } from '../../../../harness/map/isSameFeature.ts';
import { ALL_SHOWN } from '../../../../harness/map/mapLayers.ts';
import { arrowsAlong } from '../../../../harness/map/TracedPath.ts';
import { readLayers } from '../../../../harness/map/useMapLayers.ts';
import type { GeoFeature } from '../../../../src/contract/index.ts';

test('switches and opacities come back at the next visit (QField #2986, siibra-explorer #1338)', () => {
  const drops = { isOn: false, opacity: 0.4 };
  expect(readLayers(JSON.stringify({ ...ALL_SHOWN, drops }))).toEqual({ ...ALL_SHOWN, drops });
});

test('what is stored of another version, or damaged, hides no layer', () => {
  for (const text of [null, '', '{', '[]', 'null', '{"drops":{"isOn":"no","opacity":7}}', '{"other":1}'])
    expect(readLayers(text)).toEqual(ALL_SHOWN);
});

test('a feature that comes again is the same, and a changed one is not (OpenLayers #13324)', () => {
  const pole = (name: string, longitude: number, more = {}): GeoFeature => ({
    type: 'Feature',
    id: 'pole/1',
    geometry: { type: 'Point', coordinates: [longitude, 47.4] },
    properties: { table: 'pole', name, ...more },
  });
  expect(isSameFeature(pole('P-1', 8.5), pole('P-1', 8.5))).toBe(true);
  expect(isSameFeature(pole('P-1', 8.5), pole('P-2', 8.5))).toBe(false);
  expect(isSameFeature(pole('P-1', 8.5), pole('P-1', 8.6))).toBe(false);
  expect(isSameFeature(pole('P-1', 8.5), pole('P-1', 8.5, { height: 9 }))).toBe(false);
  expect(isSameFeature(pole('P-1', 8.5, { height: undefined }), pole('P-1', 8.5, { tag: 1 }))).toBe(false);
});

test('arrows stand every 80 units along the traced path, over its bends, and point along it', () => {
  const arrows = arrowsAlong(
    [
      [0, 0],
      [100, 0],
      [100, 100],
    ],
    80,
  );
  expect(arrows.map(({ at }) => at)).toEqual([
    [40, 0],
    [100, 20],
  ]);
  expect(arrows.map(({ turn }) => turn)).toEqual([Math.PI / 2, 0]);
  expect(arrowsAlong([[1, 1]], 80)).toEqual([]);
  expect(
    arrowsAlong(
      [
        [0, 0],
        [1e9, 0],
      ],
      1e-3,
    ),
  ).toHaveLength(400);
});
