import { describe, expect, it } from 'vitest';
import { geodesicDistance, geodesicLength } from '../../../../backend/network/geodesy.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import type { NetworkRecord } from '../../../../backend/network/NetworkStore.ts';
import { testTown } from '../../../support/network/testTown.ts';
import { NORTH, ownRecords, runTask } from '../../../support/tasks/runTask.ts';

const own = (store: MemoryStore, table: Parameters<typeof ownRecords>[2]) =>
  ownRecords(store, 'design/North', table);
const names = (records: NetworkRecord[]) => records.map(({ properties }) => properties.name);

describe('2,000 connections', async () => {
  const store = new MemoryStore({ town: testTown(2_500) });
  const { result, progress } = await runTask(store, NORTH);

  it('make one wall box, ONT, route, cable and segment each, two connections, and 31 new poles', async () => {
    const tables = ['wall_box', 'fiber_ont', 'oh_route', 'fiber_cable', 'cable_segment'] as const;
    for (const table of tables) expect([table, (await own(store, table)).length]).toEqual([table, 2_000]);
    expect(await own(store, 'connection')).toHaveLength(4_000);
    expect(await own(store, 'pole')).toHaveLength(1 + 31);
    expect(await own(store, 'splice_closure')).toHaveLength(32);
    expect(await own(store, 'fiber_splitter')).toHaveLength(32);
    expect(result).toMatchObject({
      design: 'design/North',
      connections: 2_000,
      cables: 2_000,
      poles: 31,
      seed: 1,
    });
  });

  it('leave master and the other design as they were', async () => {
    const untouched = new MemoryStore({ town: testTown(2_500) });
    for (const design of [null, 'design/South']) {
      const query = { design, limit: 50_000 };
      expect(await store.features(query)).toEqual(await untouched.features(query));
    }
  });

  it('go to addresses that differ', async () => {
    const boxes = await own(store, 'wall_box');
    expect(new Set(boxes.map(({ properties }) => properties.address)).size).toBe(2_000);
    expect(new Set(boxes.map(({ geometry }) => JSON.stringify(geometry))).size).toBe(2_000);
  });

  it('take each port of each splitter once, from the first on', async () => {
    const splitters = await own(store, 'fiber_splitter');
    const connections = await own(store, 'connection');
    const ports = splitters.map(({ urn }) =>
      connections.filter(({ properties: p }) => p.in_object === urn).map(({ properties: p }) => p.in_low),
    );
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
    expect(ports).toEqual([...Array.from({ length: 31 }, () => upTo(64)), upTo(2_000 - 31 * 64)]);
    const ends = connections.flatMap(({ properties: p }) => [
      `${p.in_object} ${p.in_side} ${p.in_low}`,
      `${p.out_object} ${p.out_side} ${p.out_low}`,
    ]);
    expect(new Set(ends).size).toBe(8_000);
  });

  it('run from the pole to the ONT through the cable', async () => {
    const view = await store.begin().view('design/North');
    const [connection] = await view.table('connection').filterOn('in_object', 'fiber_splitter/1');
    const [segment] = await view.table('cable_segment').recs();
    expect(connection?.properties).toMatchObject({
      in_side: 'out',
      out_object: segment?.urn,
      out_side: 'in',
    });
    const [onward] = await view.table('connection').filterOn('in_object', segment?.urn);
    const [ont] = await view.table('fiber_ont').recs();
    expect(onward?.properties).toMatchObject({
      in_side: 'out',
      out_object: ont?.urn,
      out_side: 'in',
      housing: ont?.urn,
    });
    const [box] = await view.table('wall_box').recs();
    expect(ont?.properties).toMatchObject({ housing: box?.urn, root_housing: box?.urn });
    const [route] = await view.table('oh_route').recs();
    expect(route?.properties).toMatchObject({ in_structure: 'pole/3', out_structure: box?.urn });
    expect(segment?.properties).toMatchObject({
      housing: route?.urn,
      in_structure: 'pole/3',
      out_structure: box?.urn,
    });
  });

  it('house a splitter of 64 ports in a closure on each pole', async () => {
    const [closure] = await own(store, 'splice_closure');
    const [splitter] = await own(store, 'fiber_splitter');
    expect(closure?.properties).toMatchObject({
      name: 'Splice Closure',
      specification: 'CS-FOSC-400B4-S24-4-NNN',
      housing: 'pole/3',
      root_housing: 'pole/3',
    });
    expect(splitter?.properties).toEqual({
      name: 'Fiber Splitter',
      n_fiber_in_ports: 1,
      n_fiber_out_ports: 64,
      housing: closure?.urn,
      root_housing: 'pole/3',
    });
  });

  it('name poles after the first one and set each 0.00001 degrees on from the last', async () => {
    const poles = await own(store, 'pole');
    expect(names(poles).slice(0, 4)).toEqual(['P-009', 'P-010', 'P-011', 'P-012']);
    const [first, second] = poles.map(({ geometry }) =>
      geometry?.type === 'Point' ? geometry.coordinates : [],
    );
    expect((second?.[0] ?? 0) - (first?.[0] ?? 0)).toBeCloseTo(0.00001, 9);
    expect((second?.[1] ?? 0) - (first?.[1] ?? 0)).toBeCloseTo(0.00001, 9);
  });

  it('name cables from DROP-6000 on, and wall boxes after the address', async () => {
    const cables = await own(store, 'fiber_cable');
    expect(names(cables)).toEqual(Array.from({ length: 2_000 }, (_, i) => `DROP-${6_000 + i}`));
    expect(cables[0]?.properties).toMatchObject({ fiber_count: 16, directed: true });
    const view = await store.begin().view();
    for (const { properties, geometry } of await own(store, 'wall_box')) {
      const [, id] = String(properties.address).split('/');
      const address = await view.table('address').get(Number(id));
      const { street_name, street_number } = address?.properties ?? {};
      expect(properties.name).toBe(street_name ? `${street_name} ${street_number} Wall Box` : 'Wall Box');
      expect(geometry).toEqual(address?.geometry);
    }
  });

  it('measure routes along the ellipsoid', async () => {
    const routes = await own(store, 'oh_route');
    let metres = 0;
    for (const { properties, geometry } of routes) {
      const length = geometry?.type === 'LineString' ? geodesicLength(geometry.coordinates) : 0;
      expect(properties.length).toBe(length);
      metres += length;
    }
    expect(result.cableLengthMetres).toBeCloseTo(metres, 6);
  });

  it('say how far they are, to 100 %, with all that was built', async () => {
    const steps = progress.map(({ step }) => step);
    expect([...new Set(steps)]).toEqual([1, 2, 3, 4, 5]);
    expect(progress.every(({ stepCount, total }) => stepCount === 5 && total === 2_000)).toBe(true);
    const percents = progress.map(({ percent }) => percent ?? -1);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect([percents[0], percents.at(-1)]).toEqual([0, 100]);
    expect(progress[3 + 499]).toMatchObject({
      percent: 25,
      step: 4,
      message: '500 / 2000 addresses connected',
      done: 500,
    });
    const features = progress.flatMap((update) => update.features ?? []);
    const made = await store.features({
      design: 'design/North',
      tables: ['pole', 'wall_box', 'oh_route'],
      limit: 50_000,
    });
    const committed = new Map(made.features.map((feature) => [feature.id, feature.geometry]));
    expect(new Set(features.map(({ id }) => id)).size).toBe(2_000 + 2_000 + 31);
    for (const { id, geometry } of features) expect(geometry).toEqual(committed.get(id));
    expect(features[0]?.properties).toMatchObject({ table: 'oh_route' });
    expect(features[1]?.properties).toMatchObject({
      table: 'wall_box',
      name: expect.stringMatching(/Wall Box$/),
    });
  });

  it('give the box of all that was built', async () => {
    const points = (await Promise.all([own(store, 'wall_box'), own(store, 'pole')]))
      .flat()
      .flatMap(({ geometry }) => (geometry?.type === 'Point' ? [geometry.coordinates] : []));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    expect(result.bbox).toEqual([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  });
});

describe('seeds', () => {
  it('same seed, same network; another seed, another', async () => {
    const states = [];
    for (const seed of [5, 5, 6]) {
      const store = new MemoryStore({ town: testTown() });
      await runTask(store, { ...NORTH, count: 100, seed });
      states.push(store.toState());
    }
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).not.toEqual(states[0]);
  });

  it('takes one from the task where none is given, the same for every attempt, and says which', async () => {
    const { seed: _, ...unseeded } = NORTH;
    const first = new MemoryStore({ town: testTown() });
    const { result } = await runTask(first, { ...unseeded, count: 10 });
    expect(result.seed).toBeGreaterThanOrEqual(0);
    const second = new MemoryStore({ town: testTown() });
    await runTask(second, { ...unseeded, count: 10, seed: result.seed });
    expect(second.toState()).toEqual(first.toState());
    const again = new MemoryStore({ town: testTown() });
    expect((await runTask(again, { ...unseeded, count: 10 })).result.seed).toBe(result.seed);
  });
});

describe('a second run on the same design', () => {
  it('connects other addresses, and goes on after the names of the first', async () => {
    const store = new MemoryStore({ town: testTown() });
    await runTask(store, { ...NORTH, count: 100 });
    const { result } = await runTask(store, { ...NORTH, count: 200 });
    expect(result.connections).toBe(200);
    const boxes = await own(store, 'wall_box');
    expect(new Set(boxes.map(({ properties }) => properties.address)).size).toBe(300);
    for (const table of ['pole', 'fiber_cable'] as const) {
      const given = names(await own(store, table));
      expect(new Set(given).size).toBe(given.length);
    }
    await expect(runTask(store, { ...NORTH, count: 1 })).rejects.toThrow(
      /there are 0 that are not connected/,
    );
  });
});

describe('selections', () => {
  const [x, y] = [-71.098, 42.372];
  async function distances(params: object): Promise<number[]> {
    const store = new MemoryStore({ town: testTown() });
    await runTask(store, { ...NORTH, ...params });
    return (await own(store, 'wall_box')).map(({ geometry }) =>
      geometry?.type === 'Point' ? geodesicDistance([x, y], geometry.coordinates) : Number.NaN,
    );
  }

  it('nearest: those, nearest first', async () => {
    const all = (await distances({ selection: 'nearest', count: 300 })).sort((a, b) => a - b);
    expect(await distances({ selection: 'nearest', count: 70 })).toEqual(all.slice(0, 70));
  });

  it('within: any inside the radius, none outside', async () => {
    const all = await distances({ count: 300 });
    const inside = all.filter((metres) => metres <= 250).length;
    expect(inside).toBeGreaterThan(20);
    const params = { selection: 'within', radius_metres: 250 };
    for (const count of [inside - 10, inside]) {
      const found = await distances({ ...params, count });
      expect(found).toHaveLength(count);
      expect(Math.max(...found)).toBeLessThanOrEqual(250);
    }
  });

  it('all there are can be connected', async () => {
    const store = new MemoryStore({ town: testTown(128) });
    const { result } = await runTask(store, { ...NORTH, count: 128 });
    // Two splitters are full, but nothing is left for a third.
    expect(result).toMatchObject({ connections: 128, poles: 1 });
  });
});

describe('a second run', () => {
  it('goes on after the cables there are, on the free ports of the splitter that is there', async () => {
    const store = new MemoryStore({ town: testTown() });
    await runTask(store, { ...NORTH, count: 3 });
    await runTask(store, { ...NORTH, count: 2, seed: 2 });
    expect(names(await own(store, 'fiber_cable'))).toEqual(
      [6000, 6001, 6002, 6003, 6004].map((n) => `DROP-${n}`),
    );
    const [closures, splitters] = [await own(store, 'splice_closure'), await own(store, 'fiber_splitter')];
    expect([closures.length, splitters.length]).toEqual([1, 1]);
    const connections = await own(store, 'connection');
    expect(connections).toHaveLength(10);
    const pins = connections.flatMap(({ properties: p }) =>
      p.in_object === splitters[0]?.urn ? [p.in_low] : [],
    );
    expect(pins).toEqual([1, 2, 3, 4, 5]);
  });

  it('uses the free ports of the poles that the first one put beside, and then counts on from the last', async () => {
    const store = new MemoryStore({ town: testTown() });
    await runTask(store, { ...NORTH, count: 80 });
    const first = await own(store, 'pole');
    expect(names(first)).toEqual(['P-009', 'P-010']);
    const { result } = await runTask(store, { ...NORTH, count: 48, seed: 2 });
    expect(result).toMatchObject({ connections: 48, poles: 0 });
    expect(await own(store, 'pole')).toEqual(first);
    await runTask(store, { ...NORTH, count: 65, seed: 3 });
    const poles = await own(store, 'pole');
    expect(names(poles)).toEqual(['P-009', 'P-010', 'P-011', 'P-012']);
    expect(new Set(poles.map(({ geometry }) => JSON.stringify(geometry))).size).toBe(4);
    const ends = (await own(store, 'connection')).flatMap(({ properties: p }) => [
      `${p.in_object} ${p.in_side} ${p.in_low}`,
      `${p.out_object} ${p.out_side} ${p.out_low}`,
    ]);
    expect(new Set(ends).size).toBe(4 * 193);
    // Each drop begins at the pole of its splitter.
    const routes = await own(store, 'oh_route');
    expect(
      poles.map(({ urn }) => routes.filter(({ properties: p }) => p.in_structure === urn).length),
    ).toEqual([64, 64, 64, 1]);
  });
});

describe('a run that does not end well', () => {
  it('stores nothing when it is stopped on its way', async () => {
    const store = new MemoryStore({ town: testTown() });
    const before = store.toState();
    const stopped = runTask(store, { ...NORTH, count: 200 }, ({ done }) => {
      if (done === 100) throw new Error('cancelled');
    });
    await expect(stopped).rejects.toThrow('cancelled');
    expect({ ...store.toState(), lastIds: {} }).toEqual({ ...before, lastIds: {} });
  });
});
