// Tests what a comparison of two runs says: what only one of them built, which values differ, and which items failed.
import { describe, expect, test } from 'vitest';
import { endedRun, FAILED } from '../../../../harness/run/runs.ts';
import type { GeoFeature, ItemFailure } from '../../../../src/contract/index.ts';
import { createTranslator } from '../../../../src/locales/createTranslator.ts';
import { en } from '../../../../src/locales/en.ts';
import { en as runEn } from '../../../../src/locales/run/en.ts';
import { compareFeatures } from '../../../../src/monitor/run/compareFeatures.ts';
import { compareRows } from '../../../../src/monitor/run/compareRows.ts';
import { featuresInResult } from '../../../../src/monitor/run/featuresInResult.ts';
import { isDark } from '../../../../src/monitor/run/isDark.ts';
import { compareItems } from '../../../../src/monitor/run/useComparison.ts';

const words = createTranslator({ locale: { language: 'en', english: { ...en, ...runEn } } });

const box = (id: number, x: number, y = 48.8): GeoFeature => ({
  type: 'Feature',
  id: `wall_box/${id}`,
  geometry: { type: 'Point', coordinates: [x, y] },
  properties: { table: 'wall_box' },
});
const drop = (id: number, x: number): GeoFeature => ({
  type: 'Feature',
  id: `oh_route/${id}`,
  geometry: {
    type: 'LineString',
    coordinates: [
      [10, 48.8],
      [x, 48.8],
    ],
  },
  properties: { table: 'oh_route' },
});
const ids = (features: readonly GeoFeature[]) => features.map(({ id }) => id);

describe('features', () => {
  test('are the same record, or of the same kind at the same place', () => {
    const a = [box(1, 10.1), box(2, 10.2), box(3, 10.3), drop(9, 10.1)];
    const b = [box(3, 10.9), box(11, 10.1000000001), box(12, 10.4), drop(19, 10.1)];
    const { onlyA, onlyB, both } = compareFeatures(a, b);
    expect(ids(onlyA)).toEqual(['wall_box/2']);
    expect(ids(onlyB)).toEqual(['wall_box/12']);
    expect(ids(both)).toEqual(['wall_box/3', 'wall_box/1', 'oh_route/9']);
  });

  test('at one place count one by one, and a feature that was sent twice counts once', () => {
    const { onlyA, onlyB, both } = compareFeatures(
      [box(1, 10.1), box(1, 10.1), box(2, 10.1), box(3, 10.1)],
      [box(11, 10.1), box(12, 10.1)],
    );
    expect([onlyA.length, onlyB.length, both.length]).toEqual([1, 0, 2]);
  });

  test('of another table at the same place differ', () => {
    const pole: GeoFeature = { ...box(1, 10.1), id: 'pole/1', properties: { table: 'pole' } };
    expect(compareFeatures([pole], [box(1, 10.1)]).both).toEqual([]);
  });

  test('an empty run has nothing that the other one has', () => {
    expect(compareFeatures([], [box(1, 10.1)])).toMatchObject({ onlyA: [], both: [] });
  });

  test('of two runs of 2,000 connections are looked at twice at most, and not each with each', () => {
    let looks = 0;
    const counted = (feature: GeoFeature): GeoFeature => ({
      ...feature,
      get geometry() {
        looks += 1;
        return feature.geometry;
      },
    });
    const run = (from: number) =>
      Array.from({ length: 2_000 }, (_, i) => [box(from + i, 10 + i * 1e-5), drop(from + i, 10 + i * 1e-5)])
        .flat()
        .map(counted);
    const { both } = compareFeatures(run(0), run(100_000));
    expect(both).toHaveLength(4_000);
    // The key of a place reads the type and the coordinates.
    expect(looks).toBeLessThanOrEqual(2 * 8_000);
  });

  test('are found in a result that has them, and what is none is left out', () => {
    expect(featuresInResult({ result: { features: [box(1, 10.1), { id: 1 }, null] } })).toEqual({
      features: [box(1, 10.1)],
      isComplete: false,
    });
    expect(
      featuresInResult({ result: { type: 'FeatureCollection', features: [box(1, 10.1)] } })?.isComplete,
    ).toBe(true);
    expect(featuresInResult({ result: 'done' })).toBeUndefined();
  });
});

test('values that differ say the change with its sign and its unit', () => {
  const a = endedRun();
  const b = endedRun({
    id: 'run-9',
    params: { ...a.params, selection: 'random', note: { deep: [1] } },
    result: { connections: 1_988, poles: 31, cableLengthMetres: 61_900 },
    items: { ok: 1_988, failed: 12, failures: [] },
    finishedAt: '2026-11-28T09:31:28Z',
  });
  const rows = compareRows(a, b, words);
  const changed = rows
    .filter(({ differs }) => differs)
    .map(({ label, a, b, change }) => [label, a, b, change]);
  expect(changed).toEqual([
    ['Selection', 'nearest', 'random', 'differs'],
    ['Note', '–', '{ "deep": [ 1 ] }', 'differs'],
    ['Connections', '1,963', '1,988', '+25'],
    ['Cables', '1,963', '–', 'differs'],
    ['Cable length', '58.4 km', '61.9 km', '+3.5 km'],
    ['Seed', '7', '–', 'differs'],
    ['Succeeded', '1,963', '1,988', '+25'],
    ['Failed', '37', '12', '−25'],
    ['Duration', '22 sec', '24 sec', '+2 sec'],
  ]);
  expect(rows.find(({ label }) => label === 'Poles')).toMatchObject({ differs: false, change: '' });
});

test('a run compared with itself differs in nothing', () => {
  expect(compareRows(endedRun(), endedRun(), words).filter(({ differs }) => differs)).toEqual([]);
});

test('items that failed in one run, or for another reason, differ', () => {
  const failures = FAILED.flatMap((item): ItemFailure[] => (item.ok ? [] : [item]));
  const [first, second, third] = failures;
  if (!first || !second || !third) throw new Error('there are too few failures');
  const changed = { ...second, code: 'connected' };
  expect(
    compareItems([first, second], [changed, third]).map(({ id, a, b }) => [id, a?.code, b?.code]),
  ).toEqual([
    [first.id, 'too-far', undefined],
    [second.id, 'too-far', 'connected'],
    [third.id, undefined, 'too-far'],
  ]);
  expect(compareItems(failures, failures)).toEqual([]);
});

test.each([
  ['#141414', true],
  ['#ffffff', false],
  ['rgb(20, 20, 20)', true],
  ['rgba(255, 255, 255, 0.9)', false],
  ['red', false],
])('%s is dark: %s', (colour, dark) => {
  expect(isDark(colour)).toBe(dark);
});
