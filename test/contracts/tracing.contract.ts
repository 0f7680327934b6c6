import { describe, expect, it } from 'vitest';
import { connectCustomers } from '../../backend/definitions/connectCustomers.ts';
import type { NetworkDataView, NetworkRecord, NetworkStore } from '../../backend/network/NetworkStore.ts';
import { NetworkView } from '../../backend/network/NetworkView.ts';
import { PinRange } from '../../backend/network/PinRange.ts';
import type { NetworkRelations, NetworkTrace, TraceStep } from '../../src/contract/index.ts';

const NORTH = 'design/North';
const IN_NORTH = '?design=design%2FNorth';

/** What every store answers of where fibres go. `call`: GET, checked against the OpenAPI document. */
export function declareTracingContract(
  store: () => NetworkStore,
  call: (path: string) => Promise<{ status: number; json: unknown }>,
): void {
  const trace = async (urn: string, query = IN_NORTH) =>
    (await call(`/features/${urn}/trace${query}`)).json as NetworkTrace;
  const related = async (urn: string, query = IN_NORTH) =>
    (await call(`/features/${urn}/related${query}`)).json as NetworkRelations;

  async function inNorth<T>(work: (view: NetworkDataView) => Promise<T>): Promise<T> {
    const transaction = store().begin();
    const done = await work(await transaction.view(NORTH));
    await transaction.commit();
    return done;
  }

  /** 'table' of equipment, 'cable 3' for its fibre 3, 'splice' or 'patch'. */
  const stepName = (step: TraceStep) =>
    step.kind === 'cable'
      ? `${step.name} ${step.fibre}`
      : step.kind === 'equipment'
        ? step.table
        : step.splice
          ? 'splice'
          : 'patch';

  describe('where fibres go', () => {
    it('is told of what the connection task builds: from an address to the splitter, and back from its ports', async () => {
      const transaction = store().begin();
      await connectCustomers(
        { design: NORTH, pole_id: 3, count: 2, selection: 'nearest', seed: 1 },
        { taskId: 't', network: transaction, progress: async () => {} },
      );
      await transaction.commit();

      const {
        lines: [line],
        truncated,
      } = await trace('address/1');
      expect(truncated).toBe(false);
      expect(line?.steps.map(stepName)).toEqual([
        'fiber_ont',
        'patch',
        expect.stringMatching(/^DROP-600\d 1$/),
        'patch',
        'fiber_splitter',
      ]);
      expect(line).toMatchObject({ ends: 'splitter', address: { urn: 'address/1', name: '1' } });
      const [, , cable, , splitter] = line?.steps ?? [];
      if (cable?.kind !== 'cable' || splitter?.kind !== 'equipment') throw new Error('no cable, no splitter');
      expect(cable.lengthMetres).toBeCloseTo(line?.lengthMetres ?? 0, 9);
      expect(cable.lengthMetres).toBeGreaterThan(1);
      const pole = (await store().records({ table: 'pole', design: NORTH, limit: 9 })).find(
        ({ id }) => id === 3,
      );
      const [address] = await store().records({ table: 'address', limit: 1 });
      // From the address to the pole, though the route was made the other way.
      expect(cable.path).toEqual([[address?.geometry?.coordinates, pole?.geometry?.coordinates]]);
      expect(splitter).toMatchObject({ at: { urn: 'pole/3', name: 'P-009' }, enters: { side: 'out' } });

      const { ports, housedIn, addresses } = await related(splitter.urn);
      expect(ports).toHaveLength(65);
      const used = ports.filter(({ peer }) => peer);
      expect(used).toHaveLength(2);
      expect(used.map(({ address: at }) => at?.urn).sort()).toEqual(['address/1', 'address/2']);
      expect(used.find(({ address: at }) => at?.urn === 'address/1')).toMatchObject({
        side: 'out',
        pin: splitter.enters?.pin,
        end: { table: 'fiber_ont' },
        lengthMetres: cable.lengthMetres,
      });
      expect(housedIn.map(({ table }) => table)).toEqual(['splice_closure', 'pole']);
      expect(addresses.map(({ urn }) => urn).sort()).toEqual(['address/1', 'address/2']);

      const atPole = await related('pole/3');
      expect(atPole.houses.map(({ table }) => table)).toEqual(['splice_closure', 'fiber_splitter']);
      expect(atPole.cables).toHaveLength(2);
      expect(atPole.routes.map(({ to }) => to?.table)).toEqual(['wall_box', 'wall_box']);
      expect(atPole.addresses).toHaveLength(2);

      const { cable: details } = await related(cable.urn);
      expect(details).toMatchObject({ fibreCount: 16, fibresUsed: 1, from: { urn: 'pole/3' } });
      expect(details?.fibres[0]?.joints.map(({ peer }) => peer.table)).toEqual([
        'fiber_splitter',
        'fiber_ont',
      ]);
      expect(details?.fibres[1]).toEqual({ fibre: 2, joints: [] });
      // Master has no such line, and the wall box has the same.
      expect((await trace('address/1', '')).lines).toEqual([]);
      const [box] = await store().records({ table: 'wall_box', design: NORTH, limit: 1 });
      expect((await trace(box?.urn ?? '')).lines).toHaveLength(1);
    });

    it('is followed over cables of several segments, through splices, a cut and a turned route', async () => {
      const { ont, feeder } = await inNorth(buildChain);
      const { lines } = await trace(ont.urn);
      expect(lines).toHaveLength(1);
      expect(lines[0]?.steps.map(stepName)).toEqual([
        'fiber_ont',
        'patch',
        'D 2',
        'splice',
        'F 7',
        'patch',
        'fiber_splitter',
      ]);
      expect(lines[0]?.ends).toBe('splitter');
      expect(lines[0]?.lengthMetres).toBe(30 + 20 + 10);
      const { cable } = await related(feeder.urn);
      expect(cable).toMatchObject({ fibreCount: 12, fibresUsed: 1, lengthMetres: 30 });
      expect(cable?.path).toHaveLength(1);
      expect(cable?.path[0]).toHaveLength(3);
    });

    it('of fibres that are connected in a circle has an end', async () => {
      const cable = await inNorth(async (view) => {
        const poles = await view.table('pole').recs({ limit: 2 });
        const [a, b] = [await layCable(view, 'A', poles), await layCable(view, 'B', poles.toReversed())];
        const { connections } = new NetworkView(view);
        const [first, second] = [a.segments[0], b.segments[0]];
        if (!first || !second || !poles[0]) throw new Error('no segments');
        const fibre = (side: 'in' | 'out') => new PinRange(side, 1, 1);
        await connections.connect('fiber', poles[0], first, fibre('out'), second, fibre('in'));
        await connections.connect('fiber', poles[0], second, fibre('out'), first, fibre('in'));
        const ont = await view.table('fiber_ont').insert({ properties: { n_fiber_in_ports: 1 } });
        // A record that was edited by hand: a pin that is taken already.
        await view.table('connection').insert({
          properties: {
            in_object: ont.urn,
            in_side: 'in',
            in_low: 1,
            in_high: 1,
            out_object: first.urn,
            out_side: 'in',
            out_low: 1,
            out_high: 1,
          },
        });
        return { ont, a };
      });
      const { lines } = await trace(cable.ont.urn);
      expect(lines.map(({ ends }) => ends)).toEqual(['loop']);
      expect((await related(cable.a.cable.urn)).cable?.fibresUsed).toBe(1);
    });

    it('is told of records that say nothing, or nonsense, without a line', async () => {
      const urns = await inNorth(async (view) => {
        const ont = await view.table('fiber_ont').insert({
          properties: { housing: 'nothing/9', n_fiber_in_ports: 1e9, n_fiber_out_ports: 'many' },
        });
        const odd = { in_object: ont.urn, in_side: 'in', in_low: 1, in_high: 1 };
        for (const properties of [odd, { ...odd, out_object: 'pole/x', out_side: 'in', out_low: 1 }])
          await view.table('connection').insert({ properties });
        const segment = await view
          .table('cable_segment')
          .insert({ properties: { cable: 'fiber_cable/999', sequence: 'first' } });
        const cable = await view.table('fiber_cable').insert({ properties: { fiber_count: -4 } });
        return [ont.urn, segment.urn, cable.urn];
      });
      for (const urn of urns) {
        expect((await related(urn)).urn).toBe(urn);
        expect((await trace(urn)).lines.every(({ ends }) => ends === 'open')).toBe(true);
      }
      for (const urn of ['pole/999', 'pole/x', 'pole/0', 'pole/99999999999999999999']) {
        expect((await call(`/features/${urn}/trace`)).status).toBe(404);
      }
      expect((await call('/features/nothing/1/related')).status).toBe(404);
      expect((await call('/features/pole/1/related?design=design%2Fnone')).status).toBe(404);
      expect((await call('/features/pole/1/related?x=1')).status).toBe(400);
    });
  });
}

/** A line over two cables of two and one segments, fibre 7 of the one spliced to fibre 2 of the other, to a splitter. */
async function buildChain(view: NetworkDataView) {
  const poles = await view.table('pole').recs({ limit: 3 });
  const [a, b, c] = poles;
  if (!a || !b || !c) throw new Error('three poles are needed');
  const feeder = await layCable(view, 'F', [a, b, c], [10, 20]);
  const wallBox = await view
    .table('wall_box')
    .insert({ geometry: a.geometry, properties: { address: 'address/1' } });
  // The route goes towards the pole, and the cable away from it.
  const drop = await layCable(view, 'D', [c, wallBox], [30], { turned: true });
  const splitter = await view.table('fiber_splitter').insert({
    properties: { n_fiber_in_ports: 1, n_fiber_out_ports: 32, root_housing: a.urn, housing: a.urn },
  });
  const ont = await view
    .table('fiber_ont')
    .insert({ properties: { n_fiber_in_ports: 1, housing: wallBox.urn, root_housing: wallBox.urn } });
  const { connections } = new NetworkView(view);
  const [first, last] = [feeder.segments[0], feeder.segments.at(-1)];
  const [dropped] = drop.segments;
  if (!first || !last || !dropped) throw new Error('no segments');
  const pin = (side: 'in' | 'out', at: number) => new PinRange(side, at, at);
  await connections.connect('fiber', a, splitter, pin('out', 3), first, pin('in', 7));
  await connections.connect('fiber', c, last, pin('out', 7), dropped, pin('in', 2));
  await connections.connect('fiber', ont, dropped, pin('out', 2), ont, pin('in', 1));
  return { ont, feeder: feeder.cable };
}

/** A cable of 12 fibres over the structures, with a route of so many metres for each leg. */
async function layCable(
  view: NetworkDataView,
  name: string,
  structures: readonly NetworkRecord[],
  metres: readonly number[] = [],
  { turned = false } = {},
) {
  const routes: NetworkRecord[] = [];
  for (const [i, from] of structures.slice(0, -1).entries()) {
    const to = structures[i + 1];
    const line = [from, to].flatMap((at) =>
      at?.geometry?.type === 'Point' ? [at.geometry.coordinates] : [],
    );
    routes.push(
      await view.table('oh_route').insert({
        geometry: { type: 'LineString', coordinates: turned ? line.toReversed() : line },
        properties: {
          in_structure: turned ? to?.urn : from.urn,
          out_structure: turned ? from.urn : to?.urn,
          length: metres[i] ?? 1,
        },
      }),
    );
  }
  const cable = await view.table('fiber_cable').insert({ properties: { name, fiber_count: 12 } });
  return { cable, segments: await new NetworkView(view).cables.route(cable, routes, structures[0]) };
}
