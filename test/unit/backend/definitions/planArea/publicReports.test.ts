import { expect, it } from 'vitest';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import type { PlanInput } from '../../../../../backend/planning/PlanInput.ts';
import type { Position } from '../../../../../src/contract/index.ts';
import { PLANNED, townOfInput } from '../../../../support/network/townOfInput.ts';
import { geodesic } from '../../../../support/planning/verify/space.ts';
import { planSpoiled } from '../../../../support/tasks/planSpoiled.ts';
import { runPlan } from '../../../../support/tasks/runPlan.ts';

const METRE = 1 / 111_320;
/** A place so many metres east and north of a corner on the equator. */
const at = (east: number, north: number, longitude = 10): Position => {
  const x = longitude + east * METRE;
  return [x > 180 ? x - 360 : x, north * METRE];
};
const addresses = (...positions: Position[]): PlanInput['addresses'] =>
  positions.map((position, i) => ({ id: `address/${i + 1}`, position }));
const street = (id: string, ...coordinates: Position[]) => ({ id, coordinates });

/** Plans all of a small town. The verifier has followed every fibre of it. */
async function plan(input: Partial<PlanInput>) {
  const whole = { addresses: [], poles: [], streets: [], ...input };
  const planned = await planSpoiled(whole, async (town) => new MemoryStore({ town }));
  expect(planned.problems).toEqual([]);
  const { result, items } = planned.run;
  const endOf = (id: string) => items.find((item) => item.id === id);
  return { ...planned, result, endOf };
}

it('root676/QNEAT3#61, dabreegster/route_snapper#55: a street that nothing joins gets no way, and each of its addresses says so', async () => {
  const { result, endOf } = await plan({
    addresses: addresses(at(50, 10), at(150, 10), at(150, 510)),
    streets: [street('a', at(0, 0), at(200, 0)), street('b', at(100, 500), at(200, 500))],
  });
  expect(result).toMatchObject({ served: 2, unserved: 1 });
  expect(endOf('address/3')).toMatchObject({
    code: 'piece-not-reached',
    geometry: { type: 'Point' },
  });
  const remark = result.remarks.find(({ code }) => code === 'piece-not-reached');
  expect(remark).toMatchObject({ message: expect.stringMatching(/100 m/), at: expect.any(Array) });
});

it('architecture-building-systems/CityEnergyAnalyst#1836, #2761, networkx/networkx#8839: streets in pieces do not end the plan', async () => {
  const pieces = Array.from({ length: 12 }, (_, i) => street(`${i}`, at(0, 100 * i), at(90, 100 * i)));
  const { result } = await plan({ addresses: addresses(at(10, 5), at(10, 505), at(50, 8)), streets: pieces });
  expect(result.served + result.unserved).toBe(3);
  expect(result.remarks.filter(({ code }) => code === 'piece-not-reached')).toHaveLength(11);
});

it('networkx/networkx#3155: two streets between the same crossings are no fault', async () => {
  const { result } = await plan({
    addresses: addresses(at(50, 10), at(190, 10), at(100, 60)),
    streets: [
      street('a', at(0, 0), at(200, 0)),
      street('b', at(0, 0), at(100, 50), at(200, 0)),
      street('c', at(0, 0), at(200, 0)),
    ],
  });
  expect(result).toMatchObject({ served: 3, unserved: 0 });
});

it('qgis/QGIS#57084, #63689: nothing is joined over a longer distance than the rule says', async () => {
  const input = {
    addresses: addresses(at(50, 30), at(100, 61), at(150, 5_000)),
    streets: [street('a', at(0, 0), at(200, 0))],
  };
  const { result, endOf } = await plan(input);
  expect(result.served).toBe(1);
  expect(endOf('address/2')).toMatchObject({
    code: 'out-of-reach',
    message: expect.stringMatching(/60\.\d m away|61\.\d m away/),
  });
  expect(endOf('address/3')).toMatchObject({ code: 'out-of-reach' });
  const near = await plan({ ...input, rules: { longestDrop: 20 } });
  expect(near.result).toMatchObject({ served: 0, unserved: 3, bbox: null });
});

it('perliedman/geojson-path-finder#62: ends that miss each other by a metre are told with their place', async () => {
  const { result } = await plan({
    addresses: addresses(at(20, 5), at(60, 5), at(300, 5)),
    streets: [street('a', at(0, 0), at(200, 0)), street('b', at(201, 0), at(320, 0))],
  });
  const remark = result.remarks.find(({ code }) => code === 'piece-not-reached');
  expect(remark?.at?.[0]).toBeGreaterThan(at(200, 0)[0]);
  expect(result.unserved).toBe(1);
});

it('OSGeo/grass#1572: a point that cannot be served is named, and the others are served', async () => {
  const { endOf, result } = await plan({
    addresses: addresses(at(20, 5), at(40, 900), at(60, 5)),
    streets: [street('a', at(0, 0), at(200, 0))],
  });
  expect(result.served).toBe(2);
  expect(endOf('address/2')).toMatchObject({
    id: 'address/2',
    message: expect.stringContaining('address/2'),
  });
});

it('root676/QNEAT3#37: lengths are those on the ellipsoid, in metres, wherever the town lies', async () => {
  for (const latitude of [0, 60]) {
    const place = (x: number, y: number): Position => [10 + x * 0.001, latitude + y * 0.001];
    const { result, records } = await plan({
      addresses: addresses(place(1, 0.2)),
      streets: [street('a', place(0, 0), place(2, 0))],
    });
    const [drop] = records.table('oh_route').filter(({ properties }) => properties.kind === 'drop');
    const line = drop?.geometry?.type === 'LineString' ? drop.geometry.coordinates : [];
    expect(drop?.properties.length).toBeCloseTo(geodesic(line[0] ?? [0, 0], line[1] ?? [0, 0]), 6);
    expect(result.figures.dropMetres).toBeGreaterThan(22);
    expect(result.figures.dropMetres).toBeLessThan(22.4);
  }
});

it('manuelbieh/geolib#38, graphhopper/graphhopper#1677: an area across the antimeridian has the addresses on both sides', async () => {
  const x = 179.999;
  const input = {
    addresses: addresses(at(50, 10, x), at(200, 10, x), at(900, 10, x)),
    poles: [],
    streets: [street('a', at(0, 0, x), at(111, 0, x), [-180, 0], at(300, 0, x))],
  };
  const store = new MemoryStore({ town: townOfInput(input) });
  const corner = (east: number, north: number) => at(east, north, x);
  const ring = [corner(0, -50), corner(400, -50), corner(400, 50), corner(0, 50), corner(0, -50)];
  const { result } = await runPlan(store, {
    design: PLANNED,
    area: { type: 'Polygon', coordinates: [ring] },
  });
  expect(result).toMatchObject({ figures: { addresses: 2 } });
});

it('netbox-community/netbox#10929: a port that is taken is not given again, also by two runs at once', async () => {
  const input = {
    addresses: addresses(at(20, 5), at(60, 5), at(100, 5)),
    poles: [],
    streets: [street('a', at(0, 0), at(200, 0))],
  };
  const store = new MemoryStore({ town: townOfInput(input) });
  const params = { design: PLANNED, area: 'all' } as const;
  const ends = await Promise.allSettled([1, 2, 3, 4].map(() => runPlan(store, params)));
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const end of ends) {
    if (end.status === 'rejected') expect(String(end.reason)).toMatch(/was changed by somebody else/);
  }
  const connections = await (await store.begin().view(PLANNED)).table('connection').recs();
  const pins = connections.flatMap(({ properties: p }) => [
    `${p.in_object} ${p.in_side} ${p.in_low}`,
    `${p.out_object} ${p.out_side} ${p.out_low}`,
  ]);
  expect(new Set(pins).size).toBe(pins.length);
});
