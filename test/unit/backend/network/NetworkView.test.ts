import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import type {
  NetworkDataView,
  NetworkRecord,
  NetworkTable,
} from '../../../../backend/network/NetworkStore.ts';
import { NetworkView } from '../../../../backend/network/NetworkView.ts';
import { PinRange } from '../../../../backend/network/PinRange.ts';
import { testTown } from '../../../support/network/testTown.ts';

let store: MemoryStore;
let view: NetworkDataView;
let network: NetworkView;
beforeEach(async () => {
  store = new MemoryStore({ town: testTown(3) });
  view = await store.begin().view('design/North');
  network = new NetworkView(view);
});

async function pole(name: string): Promise<NetworkRecord> {
  return view.table('pole').insert({ properties: { name } });
}

async function route(from: NetworkRecord, to: NetworkRecord, length: number): Promise<NetworkRecord> {
  const name = `${from.properties.name}${to.properties.name}`;
  const properties = { name, in_structure: from.urn, out_structure: to.urn, length };
  return view.table('oh_route').insert({ properties });
}

const names = (records: NetworkRecord[]) => records.map(({ properties }) => properties.name);

describe('findPath', () => {
  it('takes the shortest way by length, not by number of routes, in either direction', async () => {
    const [a, b, c, d] = [await pole('a'), await pole('b'), await pole('c'), await pole('d')];
    await route(a, d, 100);
    await route(a, b, 30);
    await route(c, b, 30);
    await route(c, d, 30);
    expect(names(await network.cables.findPath([a, d]))).toEqual(['ab', 'cb', 'cd']);
    expect(names(await network.cables.findPath([d, a]))).toEqual(['cd', 'cb', 'ab']);
    expect(names(await network.cables.findPath([a, d, b]))).toEqual(['ab', 'cb', 'cd', 'cd', 'cb']);
    expect(await network.cables.findPath([a, a])).toEqual([]);
    await route(d, a, 89);
    expect(names(await network.cables.findPath([a, d]))).toEqual(['da']);
  });

  it('agrees with Bellman and Ford on networks at random', async () => {
    let state = 7;
    const random = (limit: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state % limit;
    };
    const poles: NetworkRecord[] = [];
    for (let i = 0; i < 60; i++) poles.push(await pole(`${i}`));
    const routes: NetworkRecord[] = [];
    // The first pole is a hub.
    for (let i = 0; i < 130; i++) {
      const from = poles[i < 40 ? 0 : random(60)];
      const to = poles[i < 40 ? i + 5 : random(60)];
      if (from && to && from !== to) routes.push(await route(from, to, random(50)));
    }
    for (let k = 0; k < 60; k++) {
      const [from, to] = [poles[random(60)], poles[random(60)]];
      if (!from || !to) continue;
      const lengths = new Map([[from.urn, 0]]);
      for (let i = 0; i < poles.length; i++) {
        for (const { properties: p } of routes) {
          const [a, b] = [String(p.in_structure), String(p.out_structure)];
          const [atA, atB] = [lengths.get(a) ?? Infinity, lengths.get(b) ?? Infinity];
          if (atA + Number(p.length) < atB) lengths.set(b, atA + Number(p.length));
          if (atB + Number(p.length) < atA) lengths.set(a, atB + Number(p.length));
        }
      }
      const shortest = lengths.get(to.urn);
      if (shortest === undefined) {
        await expect(network.cables.findPath([from, to])).rejects.toMatchObject({
          error: { code: 'no-path' },
        });
        continue;
      }
      const path = await network.cables.findPath([from, to]);
      expect(path.reduce((sum, { properties }) => sum + Number(properties.length), 0)).toBe(shortest);
      let here: unknown = from.urn;
      for (const { properties: p } of path) {
        expect([p.in_structure, p.out_structure]).toContain(here);
        here = p.in_structure === here ? p.out_structure : p.in_structure;
      }
      expect(here).toBe(to.urn);
    }
  });

  it('does not unfold a hub that the other end leads to by its only route', async () => {
    const hub = await pole('hub');
    let last = hub;
    for (let i = 0; i < 2_000; i++) {
      last = await pole(`${i}`);
      await route(hub, last, 10);
    }
    let read = 0;
    const counted = (table: NetworkTable): NetworkTable => ({
      insert: (record) => table.insert(record),
      update: (id, change) => table.update(id, change),
      delete: (id) => table.delete(id),
      reserveName: (name) => table.reserveName(name),
      get: (id) => table.get(id),
      recs: (options) => table.recs(options),
      count: () => table.count(),
      near: (point, options) => table.near(point, options),
      within: (box, options) => table.within(box, options),
      filterOn: async (property, value, options) => {
        const found = await table.filterOn(property, value, options);
        read += found.length;
        return found;
      },
    });
    const counting: NetworkDataView = { design: view.design, table: (name) => counted(view.table(name)) };
    expect(names(await new NetworkView(counting).cables.findPath([hub, last]))).toEqual(['hub1999']);
    expect(names(await new NetworkView(counting).cables.findPath([last, hub]))).toEqual(['hub1999']);
    expect(read).toBeLessThan(100);
  });

  it('says which two structures no routes join', async () => {
    const [a, b, c] = [await pole('a'), await pole('b'), await pole('c')];
    await route(a, b, 1);
    await expect(network.cables.findPath([a, b, c])).rejects.toThrow(
      `No routes lead from ${b.urn} to ${c.urn}: create the missing route first.`,
    );
  });
});

describe('route', () => {
  it('lays a segment in each route, in the direction of the cable', async () => {
    const [a, b, c] = [await pole('a'), await pole('b'), await pole('c')];
    const [cb, ba] = [await route(c, b, 20), await route(b, a, 10)];
    const cable = await view.table('fiber_cable').insert({ properties: { name: 'x', fiber_count: 16 } });
    await network.cables.route(cable, [ba, cb]);
    const segments = await network.cables.orderedSegments(cable);
    expect(segments.map(({ properties }) => properties)).toMatchObject([
      {
        cable: cable.urn,
        sequence: 1,
        in_structure: a.urn,
        out_structure: b.urn,
        housing: ba.urn,
        length: 10,
      },
      {
        cable: cable.urn,
        sequence: 2,
        in_structure: b.urn,
        out_structure: c.urn,
        housing: cb.urn,
        length: 20,
      },
    ]);
  });

  it('walks a single route from where it is told to start', async () => {
    const [a, b] = [await pole('a'), await pole('b')];
    const ab = await route(a, b, 1);
    const cable = await view.table('fiber_cable').insert({ properties: {} });
    const [segment] = await network.cables.route(cable, [ab], b);
    expect(segment?.properties).toMatchObject({ in_structure: b.urn, out_structure: a.urn });
  });

  it('refuses routes that are not joined', async () => {
    const [a, b, c] = [await pole('a'), await pole('b'), await pole('c')];
    const routes = [await route(a, b, 1), await route(c, a, 1), await route(b, c, 1)];
    const cable = await view.table('fiber_cable').insert({ properties: {} });
    const unjoined = network.cables.route(cable, [...routes.slice(0, 1), ...routes.slice(0, 1)], c);
    await expect(unjoined).rejects.toMatchObject({ error: { code: 'routes-not-joined' } });
    expect(await network.cables.orderedSegments(cable)).toEqual([]);
  });
});

describe('connect', () => {
  let splitter: NetworkRecord;
  let ont: NetworkRecord;
  let segment: NetworkRecord;
  beforeEach(async () => {
    const ports = { n_fiber_in_ports: 1, n_fiber_out_ports: 64, root_housing: 'pole/3' };
    splitter = await view.table('fiber_splitter').insert({ properties: ports });
    ont = await view.table('fiber_ont').insert({ properties: { n_fiber_in_ports: 64 } });
    const cable = await view.table('fiber_cable').insert({ properties: { fiber_count: 16 } });
    segment = await view.table('cable_segment').insert({ properties: { cable: cable.urn, sequence: 1 } });
  });
  const pins = (side: 'in' | 'out', low: number, high = low) => new PinRange(side, low, high);
  const connect = (from: NetworkRecord, a: PinRange, to: NetworkRecord, b: PinRange) =>
    network.connections.connect('fiber', splitter, from, a, to, b);
  const refused = (code: string) => ({ error: { code } });

  it('records which pins are joined, and where', async () => {
    const connection = await connect(splitter, pins('out', 3, 6), segment, pins('in', 1, 4));
    expect(connection.properties).toEqual({
      tech: 'fiber',
      housing: splitter.urn,
      root_housing: 'pole/3',
      in_object: splitter.urn,
      in_side: 'out',
      in_low: 3,
      in_high: 6,
      out_object: segment.urn,
      out_side: 'in',
      out_low: 1,
      out_high: 4,
    });
  });

  it('refuses pins that do not exist on that side', async () => {
    for (const [object, missing] of [
      [splitter, pins('out', 65)],
      [splitter, pins('out', 0)],
      [splitter, pins('out', -1)],
      [splitter, pins('in', 2)],
      [ont, pins('in', 65)],
      [ont, pins('out', 1)],
      [segment, pins('in', 17)],
      [segment, pins('out', 17)],
    ] as const) {
      const free = object === segment ? ont : segment;
      await expect(connect(object, missing, free, pins('in', 1))).rejects.toMatchObject(
        refused('pin-not-found'),
      );
      await expect(connect(free, pins('in', 1), object, missing)).rejects.toMatchObject(
        refused('pin-not-found'),
      );
    }
    const reached = connect(splitter, pins('out', 64, 65), segment, pins('in', 1, 2));
    await expect(reached).rejects.toThrow(/fiber_splitter\/1 has no out pins 64 to 65: it has 1 to 64/);
    const pole = await view.table('pole').get(3);
    if (!pole) throw new Error('the test town has pole 3');
    await expect(connect(pole, pins('in', 1), ont, pins('in', 1))).rejects.toThrow(/pole\/3 has no in pin 1/);
    expect(await view.table('connection').count()).toBe(0);
  });

  it('refuses pins that are in use, at whichever end of a connection', async () => {
    await connect(splitter, pins('out', 3, 6), segment, pins('in', 1, 4));
    const again = connect(splitter, pins('out', 6), ont, pins('in', 1));
    await expect(again).rejects.toMatchObject(refused('pin-in-use'));
    await expect(again).rejects.toThrow(/connection\/1 has connected them already. Take free pins/);
    await expect(connect(ont, pins('in', 1), splitter, pins('out', 3))).rejects.toMatchObject(
      refused('pin-in-use'),
    );
    await expect(connect(segment, pins('in', 4), ont, pins('in', 1))).rejects.toMatchObject(
      refused('pin-in-use'),
    );
    await expect(connect(ont, pins('in', 1, 2), ont, pins('in', 2, 3))).rejects.toMatchObject(
      refused('pin-in-use'),
    );
    expect(await view.table('connection').count()).toBe(1);
    await connect(segment, pins('out', 4), ont, pins('in', 1));
    await connect(splitter, pins('out', 7), segment, pins('in', 5));
  });

  it('refuses pins that were connected and committed before', async () => {
    const first = store.begin();
    const written = await first.view('design/North');
    const old = await written.table('fiber_splitter').insert({ properties: { n_fiber_out_ports: 64 } });
    const into = await written.table('fiber_ont').insert({ properties: { n_fiber_in_ports: 1 } });
    await new NetworkView(written).connections.connect(
      'fiber',
      old,
      old,
      pins('out', 1),
      into,
      pins('in', 1),
    );
    await first.commit();
    await expect(connect(old, pins('out', 1), ont, pins('in', 1))).rejects.toMatchObject(
      refused('pin-in-use'),
    );
    await connect(old, pins('out', 2), ont, pins('in', 1));
  });

  it('refuses ranges of different size, and ranges that are none', async () => {
    const uneven = connect(splitter, pins('out', 1, 2), segment, pins('in', 1, 3));
    await expect(uneven).rejects.toMatchObject(refused('pin-range-mismatch'));
    for (const [low, high] of [
      [2, 1],
      [1.5, 2],
      [Number.NaN, 1],
    ] as const) {
      expect(() => new PinRange('in', low, high)).toThrow(/are not a range/);
    }
  });
});
