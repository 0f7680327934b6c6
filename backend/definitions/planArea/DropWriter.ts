import type { NetworkRecord } from '../../network/NetworkStore.ts';
import type { Plan, ServedAddress } from '../../planning/Plan.ts';
import type { Patches, Pin } from './Patches.ts';
import type { PlanNames } from './PlanNames.ts';
import { housedIn, type RecordSink } from './RecordSink.ts';

interface DropOptions {
  plan: Plan;
  addresses: ReadonlyMap<string, NetworkRecord>;
  /** By URN: the terminals that were there. */
  existing: ReadonlyMap<string, NetworkRecord>;
  /** By number in the plan. */
  splitters: readonly NetworkRecord[];
  terminals: readonly NetworkRecord[];
  sink: RecordSink;
  names: PlanNames;
  patches: Patches;
}

/** Writes a wall box with an ONT at each served address, and its drop from the terminal, or from a splitter that was there. */
export async function writeDrops(options: DropOptions): Promise<void> {
  for (const served of options.plan.served) await writeDrop(served, options);
}

async function writeDrop(served: ServedAddress, options: DropOptions): Promise<void> {
  const { plan, addresses, sink, names, patches } = options;
  const address = addresses.get(served.address);
  const from = portOf(served, options);
  const start = from.object.geometry;
  const end = address?.geometry;
  if (!address || end?.type !== 'Point' || start?.type !== 'Point') {
    throw new Error(`the drop of ${served.address} has no place`);
  }
  const { dropMetres, wayMetres, lossDb } = served;
  const box = await sink.insert(
    'wall_box',
    {
      name: wallBoxName(address),
      address: address.urn,
      drop_metres: dropMetres,
      ...(wayMetres !== null && { way_metres: wayMetres + dropMetres }),
      ...(lossDb !== null && { loss_db: lossDb }),
    },
    end.coordinates,
  );
  const equipment = { name: 'ONT', n_fiber_in_ports: 1, ...housedIn(box) };
  const ont = await sink.insert('fiber_ont', equipment, end.coordinates);
  const ends = { in_structure: String(from.object.properties.root_housing), out_structure: box.urn };
  const line = [start.coordinates, end.coordinates];
  const route = await sink.insert('oh_route', { kind: 'drop', ...ends, length: dropMetres }, line);
  const cable = await sink.insert('fiber_cable', {
    name: names.next('D'),
    kind: 'drop',
    fiber_count: 1,
    directed: true,
    length_metres: dropMetres,
    slack_metres: plan.rules.dropSlack,
  });
  const segment = await sink.insert('cable_segment', {
    cable: cable.urn,
    sequence: 1,
    ...housedIn(route),
    ...ends,
    length: dropMetres,
  });
  patches.connect(from.object, from, { object: segment, side: 'in', pin: 1 });
  patches.connect(ont, { object: segment, side: 'out', pin: 1 }, { object: ont, side: 'in', pin: 1 });
  sink.served(address.urn);
}

/** The port at which the drop begins. */
function portOf(served: ServedAddress, { existing, splitters, terminals }: DropOptions): Pin {
  const { over, terminal, terminalPort, splitter, splitterPort } = served;
  const there = over && existing.get(over.terminal);
  if (over && there) return { object: there, side: 'out', pin: over.port };
  const object = terminal === null ? splitters[splitter] : terminals[terminal];
  if (!object) throw new Error(`${served.address} is on equipment that was not built`);
  return { object, side: 'out', pin: terminalPort ?? splitterPort };
}

function wallBoxName({ properties: { street_name, street_number } }: NetworkRecord): string {
  return street_name == null || street_number == null
    ? 'Wall Box'
    : `${street_name} ${street_number} Wall Box`;
}
