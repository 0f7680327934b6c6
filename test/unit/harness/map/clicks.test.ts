// Tests that a click on the stand-in host's map does one thing, and the box of "Tasks here".

import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import { expect, test, vi } from 'vitest';
import { createSources, mapFeature } from '../../../../harness/map/baseLayers.ts';
import { MapClicks } from '../../../../harness/map/MapClicks.ts';
import { ALL_SHOWN } from '../../../../harness/map/mapLayers.ts';
import type { GeoFeature, Position } from '../../../../src/contract/index.ts';
import { CENTRE } from '../../../support/network/drops.ts';

const point = (table: string, coordinates: Position): GeoFeature => ({
  type: 'Feature',
  id: `${table}/1`,
  geometry: { type: 'Point', coordinates },
  properties: { table },
});
const BESIDE: Position = [CENTRE[0] + 0.01, CENTRE[1]];

function openClicks() {
  const sources = createSources();
  expect(sources.pole).toBeInstanceOf(VectorSource);
  sources.pole.addFeature(mapFeature(point('pole', CENTRE)));
  sources.address.addFeature(mapFeature(point('address', BESIDE)));
  const view = new View({ center: fromLonLat([CENTRE[0], CENTRE[1]]), resolution: 1 });
  const clicks = new MapClicks(view, sources);
  const click = (at: Position) => ({
    coordinate: fromLonLat([at[0], at[1]]),
    originalEvent: new Event('click'),
  });
  return { clicks, click, sources };
}

test('a pole under a fan is selected, and the task is not picked', () => {
  const { clicks, click } = openClicks();
  const everywhere = { pickAt: vi.fn(() => ({ taskId: '7' })) };
  expect(clicks.selects(click(CENTRE), everywhere)?.[0]?.getUrn()).toBe('pole/1');
  expect(clicks.owns(CENTRE)).toBe(true);
});

test('where a task builds, its click selects nothing of the host; elsewhere it does', () => {
  const { clicks, click } = openClicks();
  const everywhere = { pickAt: () => ({ taskId: '7' }) };
  const nowhere = { pickAt: () => undefined };
  expect(clicks.selects(click(BESIDE), everywhere)).toBeUndefined();
  expect(clicks.owns(BESIDE)).toBe(false);
  expect(clicks.selects(click(BESIDE), nowhere)?.[0]?.getUrn()).toBe('address/1');
  expect(clicks.selects(click([0, 0]), nowhere)).toEqual([]);
});

test('all that lies at one place can be chosen (Mergin Maps #198, TerriaJS #1040, Esri coordinate-conversion #559)', () => {
  const { clicks, click, sources } = openClicks();
  sources.address.addFeature(mapFeature({ ...point('address', BESIDE), id: 'address/2' }));
  const urns = clicks.hits(click(BESIDE)).map((hit) => hit.getUrn());
  expect(urns).toEqual(expect.arrayContaining(['address/1', 'address/2']));
});

test('a click on a layer that is switched off hits nothing', () => {
  const { clicks, click } = openClicks();
  clicks.setLayers({ ...ALL_SHOWN, addresses: { isOn: false, opacity: 1 } });
  expect(clicks.hits(click(BESIDE))).toEqual([]);
  expect(clicks.shownIn([-2e7, -2e7, 2e7, 2e7], 10).map(({ id }) => id)).toEqual(['pole/1']);
});

test('the box around a place reaches some pixels to each side', () => {
  const { clicks } = openClicks();
  const [west, south, east, north] = clicks.boxAround(CENTRE);
  expect((west + east) / 2).toBeCloseTo(CENTRE[0], 6);
  expect((south + north) / 2).toBeCloseTo(CENTRE[1], 6);
  expect((east - west) * 111_320).toBeCloseTo(32, 0);
});
