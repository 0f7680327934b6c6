import { describe, expect, test } from 'vitest';
import type { GeoFeature, Position } from '../../../src/contract/index.ts';
import { DropBundles } from '../../../src/maps/base/DropBundles.ts';
import { type FailureMark, joinMarks, middleOf } from '../../../src/maps/base/marks.ts';
import {
  cableSizeOf,
  cableWidth,
  dashOf,
  dropOpacity,
  kindOf,
  type OverlayLook,
  roundedUp,
  SIZES,
  zoomClassOf,
} from '../../../src/maps/base/symbology.ts';
import { CENTRE, drops } from '../../support/network/drops.ts';

const line = (table: string, ...coordinates: Position[]): GeoFeature => ({
  type: 'Feature',
  id: `${table}/1`,
  geometry: { type: 'LineString', coordinates },
  properties: { table },
});

describe('density', () => {
  test('at least half of the ground is seen 40 pixels from a pole of up to 3,000 drops, at any zoom', () => {
    for (const { drop: width } of Object.values(SIZES)) {
      for (let meeting = 1; meeting <= 3_000; meeting *= 1.3) {
        // So much of a circle of 40 pixels lies under each drop; the drops cover it independently of each other.
        const covered = width / (2 * Math.PI * 40);
        const seen = (1 - covered * dropOpacity(roundedUp(meeting), width)) ** meeting;
        expect(seen, `${meeting} drops of ${width} pixels`).toBeGreaterThan(0.5);
      }
    }
  });

  test('it stays between 4 % and 85 %', () => {
    expect(dropOpacity(1, 1)).toBe(0.85);
    expect(dropOpacity(49, 1)).toBe(0.85);
    expect(dropOpacity(100, 1)).toBe(0.6);
    expect(dropOpacity(2_000, 1)).toBe(0.0625);
    expect(dropOpacity(1e6, 1)).toBe(0.04);
  });

  test('a fan that grows to 2,000 drops changes some twenty times', () => {
    const steps = new Set(Array.from({ length: 2_000 }, (_, i) => roundedUp(i + 1)));
    expect(steps.size).toBeLessThan(25);
    for (const n of [1, 2, 4, 64, 1024]) expect(roundedUp(n)).toBeCloseTo(n, 9);
    for (let n = 1; n < 3_000; n++) expect(roundedUp(n)).toBeGreaterThanOrEqual(n - 1e-6);
  });
});

test('three classes of zoom', () => {
  expect([3, 2.01, 2, 1, 0.99, 0.1].map(zoomClassOf)).toEqual([
    'far',
    'far',
    'middle',
    'middle',
    'near',
    'near',
  ]);
});

test('kinds of features by their tables', () => {
  const [route, box] = drops(1);
  if (!route || !box) throw new Error('no drops');
  expect([route, box].map(kindOf)).toEqual(['drop', 'address']);
  expect(kindOf({ ...box, properties: { table: 'pole' } })).toBe('pole');
  expect(kindOf(line('fiber_cable', [0, 0], [1, 1]))).toBe('cable');
  expect(kindOf(line('my_table', [0, 0], [1, 1]))).toBe('drop');
  expect(kindOf(line('my_table', [0, 0], [1, 1], [2, 1]))).toBe('cable');
  const ring: Position[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  expect(kindOf({ ...box, geometry: { type: 'Polygon', coordinates: [ring] } })).toBe('cable');
});

test('a cable of more fibres is wider on a near map, 4 pixels at most', () => {
  const cable = (count: unknown): GeoFeature => {
    const feature = line('fiber_cable', [0, 0], [1, 1]);
    return { ...feature, properties: { ...feature.properties, fiber_count: count } };
  };
  const widths = [16, 24, 25, 48, 96, 144, 1e9].map((count) => cableWidth('near', cableSizeOf(cable(count))));
  expect(widths).toEqual([2.5, 2.5, 3, 3, 3.5, 4, 4]);
  expect([undefined, '144', Number.NaN].map((count) => cableSizeOf(cable(count)))).toEqual([0, 0, 0]);
  expect(cableWidth('middle', 3)).toBe(SIZES.middle.cable);
});

test('lines are dashed until they are stored, and drops only where no more than 64 meet', () => {
  const look: OverlayLook = { colour: '', halo: '', dashed: true, dotted: false, filled: false };
  expect(dashOf(look, 'drop', 'near', 64)).toEqual([4, 3]);
  expect(dashOf(look, 'drop', 'near', 65)).toEqual([]);
  expect(dashOf(look, 'drop', 'far', 2)).toEqual([]);
  expect(dashOf(look, 'cable', 'near')).toEqual([7, 4]);
  expect(dashOf({ ...look, dotted: true }, 'cable', 'near')).toEqual([2, 3]);
  expect(dashOf({ ...look, dashed: false }, 'cable', 'near')).toEqual([]);
});

describe('bundles of drops', () => {
  test('the drops of a pole are a bundle of their own once more than 64 of them meet there', () => {
    const bundles = new DropBundles();
    expect(bundles.add(drops(64))).toEqual({ moved: [], isDenser: false });
    expect(bundles.size).toBe(1);
    const { moved, isDenser } = bundles.add(drops(2, 65));
    expect(moved).toHaveLength(64);
    expect([isDenser, bundles.size]).toEqual([true, 2]);
    expect(
      ['oh_route/1', 'oh_route/64', 'oh_route/65', 'oh_route/66'].map((id) => bundles.bundleOf(id)),
    ).toEqual([1, 1, 1, 1]);
    expect(bundles.meetingIn(1)).toBeCloseTo(roundedUp(66));
    expect(bundles.bundleOf('wall_box/1')).toBe(0);
    expect(bundles.add(drops(1, 67))).toEqual({ moved: [], isDenser: false });
    expect(bundles.add(drops(200, 68))).toMatchObject({ moved: [], isDenser: true });
  });

  test('drops may lead to their pole as well as from it', () => {
    const bundles = new DropBundles();
    const turned = drops(100, 400).map((feature): GeoFeature => {
      if (feature.geometry.type !== 'LineString') return feature;
      const coordinates = [...feature.geometry.coordinates].reverse();
      return { ...feature, geometry: { type: 'LineString', coordinates } };
    });
    bundles.add(turned);
    bundles.add(drops(1, 500));
    expect(bundles.size).toBe(2);
    expect(['oh_route/400', 'oh_route/499', 'oh_route/500'].map((id) => bundles.isReversed(id))).toEqual([
      true,
      true,
      false,
    ]);
    expect(bundles.bundleOf('oh_route/500')).toBe(1);
  });

  test('poles that stand together are one crowd: a task sets one beside another that is full', () => {
    const bundles = new DropBundles();
    const poles = Array.from({ length: 30 }, (_, i): Position => [CENTRE[0] + i * 0.000005, CENTRE[1]]);
    for (const [i, pole] of poles.entries()) {
      for (let k = 0; k < 64; k++) {
        const end: Position = [CENTRE[0] + 0.01 * Math.cos(i + k), CENTRE[1] + 0.01 * Math.sin(i * 7 + k)];
        bundles.add([{ ...line('oh_route', pole, end), id: `oh_route/${i}-${k}` }]);
      }
    }
    expect(bundles.size).toBe(2);
    expect(bundles.bundleOf('oh_route/0-0')).toBe(1);
    expect(bundles.bundleOf('oh_route/29-63')).toBe(1);
    expect(Math.round(bundles.meetingIn(1))).toBe(2048);
  });

  test('a pole of few drops beside a crowded one is drawn as that one is: it would stand out otherwise', () => {
    const metre = 1 / 111_320;
    const at = (name: string, metres: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...line('oh_route', [metres * metre, 0], [0.01 * Math.cos(i), 0.01 * Math.sin(i)]),
        id: `oh_route/${name}-${i}`,
      }));
    const bundles = new DropBundles();
    bundles.add([...at('before', -45, 20), ...at('crowd', 0, 1_000), ...at('after', 45, 20)]);
    bundles.add([...at('second', 55, 100), ...at('far', 200, 20)]);
    const names = ['before', 'crowd', 'after', 'second', 'far'];
    expect(names.map((name) => bundles.bundleOf(`oh_route/${name}-0`))).toEqual([1, 1, 1, 1, 0]);
    expect(bundles.size).toBe(2);
  });

  test('each crowded pole has its own, and a quiet one has none', () => {
    const bundles = new DropBundles();
    const at = (x: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...line('oh_route', [x, 0], [x + 0.001 * (i + 1), 0.001]),
        id: `oh_route/${x}-${i}`,
      }));
    bundles.add([...at(1, 100), ...at(2, 30), ...at(3, 300)]);
    expect(bundles.size).toBe(3);
    expect([1, 2, 3].map((x) => bundles.bundleOf(`oh_route/${x}-0`))).toEqual([1, 0, 2]);
    expect([0, 1, 2].map((bundle) => Math.round(bundles.meetingIn(bundle)))).toEqual([1, 128, 362]);
  });
});

describe('marks of failed items', () => {
  const mark = (x: number, y: number, chosen = false): FailureMark => ({
    taskId: '1',
    itemId: `${x},${y}`,
    at: [x, y],
    chosen,
  });
  const counts = (marks: FailureMark[], scale = 1) =>
    joinMarks(marks, ([x, y]) => [x * scale, y * scale]).map(({ marks: joined }) => joined.length);

  test('within 40 pixels they join, beyond they do not', () => {
    expect(counts([mark(0, 0), mark(39, 0), mark(0, 41), mark(500, 500)])).toEqual([2, 1, 1]);
    expect(counts([mark(-1, -1), mark(1, 1)])).toEqual([2]);
    expect(counts([mark(0, 0), mark(39, 0)], 2)).toEqual([1, 1]);
  });

  test('the chosen one stands alone', () => {
    expect(counts([mark(0, 0), mark(1, 0, true), mark(2, 0)])).toEqual([2, 1]);
  });

  test('a pan changes nothing: what joins depends on the distances alone', () => {
    const marks = Array.from({ length: 300 }, (_, i) => mark((i * 37) % 500, (i * 91) % 400));
    const of = (dx: number, dy: number) =>
      joinMarks(marks, ([x, y]) => [x + dx, y + dy]).map(({ marks: joined }) =>
        joined.map(({ itemId }) => itemId),
      );
    const here = of(0, 0);
    for (const [dx, dy] of [
      [13, 7],
      [-777.5, 3],
      [20.1, -39.9],
    ] as const)
      expect(of(dx, dy)).toEqual(here);
  });

  test('5,000 of them take milliseconds', () => {
    const marks = Array.from({ length: 5_000 }, (_, i) => mark((i * 37) % 1900, (i * 91) % 1000));
    const before = performance.now();
    joinMarks(marks, ([x, y]) => [x, y]);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test('they stand in the middle of what failed', () => {
    expect(middleOf({ type: 'Point', coordinates: CENTRE })).toEqual(CENTRE);
    expect(
      middleOf({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
          [2, 5],
        ],
      }),
    ).toEqual([1, 1]);
    const ring: Position[] = [
      [0, 0],
      [4, 0],
      [4, 2],
      [0, 0],
    ];
    expect(middleOf({ type: 'Polygon', coordinates: [ring] })).toEqual([2, 1]);
    expect(middleOf(undefined)).toBeUndefined();
    expect(middleOf({ type: 'LineString', coordinates: [] })).toBeUndefined();
  });
});
