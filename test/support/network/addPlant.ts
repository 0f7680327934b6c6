import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { ExistingSplitter, PlanInput } from '../../../backend/planning/PlanInput.ts';

/** So many ports of a splitter may be free in an input. */
const PORTS = 64;

/** Puts the splitters of the input into master, their other ports taken, and gives them as the store has them. */
export async function addPlant(
  store: NetworkStore,
  { splitters = [], poles }: PlanInput,
): Promise<ExistingSplitter[]> {
  return store.edit(async (network) => {
    const master = await network.view();
    const added: ExistingSplitter[] = [];
    for (const { position, pole, freePorts, fed } of splitters) {
      const number = poles.findIndex(({ id }) => id === pole) + 1;
      const geometry = { type: 'Point' as const, coordinates: position };
      const root =
        number > 0
          ? `pole/${number}`
          : (await master.table('handhole').insert({ geometry, properties: { name: `old ${added.length}` } }))
              .urn;
      const housed = { housing: root, root_housing: root };
      const splitter = await master.table('fiber_splitter').insert({
        geometry,
        properties: { name: `old ${added.length}`, n_fiber_in_ports: 1, n_fiber_out_ports: PORTS, ...housed },
      });
      const other = await master.table('fiber_terminal').insert({
        geometry,
        properties: {
          name: `old ${added.length}`,
          n_fiber_in_ports: PORTS,
          n_fiber_out_ports: PORTS,
          ...housed,
        },
      });
      const connect = async (side: 'in' | 'out', pin: number) => {
        await master.table('connection').insert({
          properties: {
            tech: 'fiber',
            ...housed,
            in_object: splitter.urn,
            in_side: side,
            in_low: pin,
            in_high: pin,
            out_object: other.urn,
            out_side: side === 'in' ? 'out' : 'in',
            out_low: pin,
            out_high: pin,
          },
        });
      };
      if (fed) await connect('in', 1);
      for (let port = 1; port <= PORTS; port++) if (!freePorts.includes(port)) await connect('out', port);
      if (freePorts.length > 0) {
        const id = splitter.urn;
        added.push({
          id,
          position,
          ...(number > 0 && { pole: `pole/${number}` }),
          freePorts,
          fed,
          ports: PORTS,
        });
      }
    }
    return added;
  });
}
