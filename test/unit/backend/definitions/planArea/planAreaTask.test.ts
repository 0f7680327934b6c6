import { expect, it } from 'vitest';
import { executePlan } from '../../../../../backend/definitions/planArea/executePlan.ts';
import { planAreaParams } from '../../../../../backend/definitions/planArea/planAreaParams.ts';
import { planAreaTask } from '../../../../../backend/definitions/planArea/planAreaTask.ts';
import { MemoryStore } from '../../../../../backend/network/MemoryStore.ts';
import { generateTown } from '../../../../../mocks/town/generateTown.ts';
import type { PlanAreaParams } from '../../../../../src/contract/planArea.ts';
import { PlanRecords } from '../../../../support/planning/records/PlanRecords.ts';
import { runPlan } from '../../../../support/tasks/runPlan.ts';

const DESIGN = 'design/FTTH-East';

it('plans all addresses of a town, and a second run adds nothing', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 150, seed: 3 }) });
  const { result, items } = await runPlan(store, { design: DESIGN, area: 'all' });
  expect(result).toMatchObject({ design: DESIGN, served: 150, unserved: 0, bill: { missing: [] } });
  expect(items).toHaveLength(150);
  const before = store.toState();
  const again = await runPlan(store, { design: DESIGN, area: 'all' });
  expect(again.result).toMatchObject({
    served: 0,
    unserved: 0,
    bbox: null,
    bill: { lines: [] },
    remarks: [{ code: 'connected-already', count: 150 }],
  });
  // A number that was given out is not given again.
  expect({ ...store.toState(), lastIds: {} }).toEqual({ ...before, lastIds: {} });
});

it('shows before it runs what it will build, and writes nothing', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 120, seed: 4 }) });
  const params = planAreaParams.parse({ design: DESIGN, area: 'all', rules: { longestDropMetres: 8 } });
  const before = store.toState();
  const { work } = store.rehearse();
  const draft = await planAreaTask.preview?.(params, { ...work, signal: new AbortController().signal });
  expect(store.toState()).toEqual(before);

  const { result } = await runPlan(store, { ...params });
  const records = await PlanRecords.read(await store.begin().view(DESIGN));
  const isNew = ({ design }: { design: string | null }) => design !== null;
  for (const { kind, count } of draft?.counts ?? []) {
    const there =
      kind === 'address-unserved'
        ? result.unserved
        : records.all().filter(({ table, ...record }) => table === kind && isNew(record)).length;
    expect([kind, count]).toEqual([kind, there]);
  }
  expect(result.unserved).toBeGreaterThan(0);
  expect(draft).toMatchObject({ bbox: result.bbox, bill: result.bill.lines, size: 120 });
  expect(draft?.features?.some(({ properties }) => properties.table === 'oh_route')).toBe(true);
});

it('says of each address out of reach why, how far it is and where, and a retry plans these alone', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 120, seed: 4 }) });
  const first = await runPlan(store, { design: DESIGN, area: 'all', rules: { longestDropMetres: 8 } });
  const failed = first.items.filter((item) => !item.ok);
  expect(failed).toHaveLength(first.result.unserved);
  expect(first.items).toHaveLength(120);
  for (const item of failed) {
    expect(item).toMatchObject({
      id: expect.stringMatching(/^address\/\d+$/),
      code: 'out-of-reach',
      message: expect.stringMatching(
        /^address\/\d+ has no street and no pole within the longest drop of 8 m; the nearest point of the network is \d+\.\d m away$/,
      ),
      geometry: { type: 'Point' },
    });
  }
  const ids = failed.slice(0, 3).map(({ id }) => id);
  const retried = await runPlan(store, { design: DESIGN, area: 'all' }, { items: ids });
  expect(retried.items.map(({ id, ok }) => [id, ok]).sort()).toEqual(ids.map((id) => [id, true]).sort());
  expect(retried.result).toMatchObject({ served: 3, unserved: 0 });
});

it.each([
  [
    {
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
    },
    /area: there are no addresses in the area that was drawn/,
  ],
  [{ area: 'all', feed: [48.85, 10.18] }, /feed: lies \d+ km from the area: give \[longitude, latitude\]/],
  [
    { design: 'design/Nowhere' },
    /design: There is no 'design\/Nowhere'; designs there are: design\/FTTH-East/,
  ],
] satisfies [Partial<PlanAreaParams>, RegExp][])(
  'refuses %j before it is queued',
  async (params, message) => {
    const store = new MemoryStore({ town: generateTown({ addresses: 20, seed: 4 }) });
    await expect(runPlan(store, { design: DESIGN, ...params })).rejects.toThrow(message);
  },
);

it('a cancelled run stores nothing', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 120, seed: 4 }) });
  const before = store.toState();
  const aborted = AbortSignal.abort(new Error('cancelled'));
  await expect(runPlan(store, { design: DESIGN, area: 'all' }, { signal: aborted })).rejects.toThrow(
    'cancelled',
  );
  expect({ ...store.toState(), lastIds: {} }).toEqual({ ...before, lastIds: {} });
});

it('uses no pole that a property leaves out, and refuses a property that no pole has', async () => {
  const town = generateTown({ addresses: 60, seed: 4 });
  const poles = town.poles.features.map((pole, i) => ({
    ...pole,
    properties: { ...pole.properties, kind: i % 2 === 0 ? 'lamp' : 'pole' },
  }));
  const store = new MemoryStore({ town: { ...town, poles: { ...town.poles, features: poles } } });
  const params = (property: string): PlanAreaParams => ({
    design: DESIGN,
    area: 'all',
    rules: { leaveOutPoles: { property, values: ['lamp', 'post'] } },
  });
  await expect(runPlan(store, params('sort'))).rejects.toThrow(
    /rules.leaveOutPoles: no pole of the area has a property 'sort'; they have kind, name: name one of these/,
  );
  await runPlan(store, params('kind'));
  const records = await PlanRecords.read(await store.begin().view(DESIGN));
  const used = records
    .table('fiber_terminal')
    .flatMap(({ properties }) => records.get(properties.root_housing) ?? [])
    .filter(({ table }) => table === 'pole');
  expect(used.length).toBeGreaterThan(0);
  for (const { properties } of used) expect(properties.kind).toBe('pole');
});

it('prices the bill by the text of a file, in the currency of the file, and names what it lacks', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 20, seed: 4 }) });
  const text = 'item;price (EUR);unit\nCable 12;850;km\nsplice;12,50;Stück\ncabel-24;1;m';
  const { result } = await runPlan(store, {
    design: DESIGN,
    area: 'all',
    priceList: { name: 'p.csv', text },
  });
  const { lines, total, currency, missing } = result.bill;
  const cable = lines.find(({ item }) => item === 'cable-12');
  expect(cable).toMatchObject({ unit: 'metre', price: 0.85 });
  expect(currency).toBe('EUR');
  expect(total).toBeCloseTo(
    lines.reduce((sum, { cost = 0 }) => sum + cost, 0),
    6,
  );
  expect(missing).toContain('ont');
  expect(result.remarks).toContainEqual(
    expect.objectContaining({ code: 'price-unknown', message: expect.stringContaining('cabel-24') }),
  );
});

it('begins at the frame that is nearest to the middle of the addresses, where none is given', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 60, seed: 4 }) });
  const poles = await (await store.begin().view(DESIGN)).table('pole').recs();
  const [middle] = poles
    .map(({ geometry }) => (geometry?.type === 'Point' ? geometry.coordinates[1] : 0))
    .sort()
    .slice(poles.length >> 1);
  const frames = [
    poles[0],
    poles.find(({ geometry }) => geometry?.type === 'Point' && geometry.coordinates[1] === middle),
  ];
  await store.edit(async (network) => {
    const master = await network.view();
    for (const pole of frames) {
      await master.table('fiber_odf').insert({
        geometry: pole?.geometry ?? null,
        properties: {
          name: `Hub ${pole?.id}`,
          n_fiber_in_ports: 0,
          n_fiber_out_ports: 48,
          housing: pole?.urn,
          root_housing: pole?.urn,
        },
      });
    }
  });
  const { result } = await runPlan(store, { design: DESIGN, area: 'all' });
  expect(result.served).toBe(60);
  const records = await PlanRecords.read(await store.begin().view(DESIGN));
  expect(records.table('fiber_odf')).toHaveLength(2);
  const used = records
    .table('connection')
    .filter(({ properties }) => String(properties.in_object).startsWith('fiber_odf'));
  expect(new Set(used.map(({ properties }) => properties.in_object)).size).toBe(1);
});

it('a plan that is given up during its search ends with that reason once, and leaves nothing behind', async () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 60, seed: 4 }) });
  const before = store.toState();
  const { work } = store.rehearse();
  const abort = new AbortController();
  const planned = executePlan(planAreaParams.parse({ design: DESIGN, area: 'all' }), {
    network: work.network,
    signal: abort.signal,
    log: () => {},
    // A report that is under way when the user goes rejects as well.
    async progress({ step }) {
      if ((step ?? 0) > 2) abort.abort(new Error('the user went away'));
      abort.signal.throwIfAborted();
    },
  });
  await expect(planned).rejects.toThrow('the user went away');
  expect(store.toState()).toEqual(before);
});
