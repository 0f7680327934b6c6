import type { NetworkPlace, PortPeer, PortUse, TracePin } from '../../../src/contract/index.ts';
import type { NetworkRecord } from '../NetworkStore.ts';
import { segmentLength } from './CableLine.ts';
import { connectionOf, connectionsAt, type PinOf } from './connectionEnds.ts';
import { followFibre } from './followFibre.ts';
import type { NetworkReads } from './NetworkReads.ts';
import { networkPlace, numberOf, placeOf } from './networkPlace.ts';

const MAX_PORTS = 1_000;

/** The ports of equipment, the inputs first, and where the fibre of each one ends. Empty for what has no ports. */
export async function portsOf(reads: NetworkReads, record: NetworkRecord): Promise<PortUse[]> {
  const pins = [...pinsOf(record, 'in'), ...pinsOf(record, 'out')];
  if (pins.length === 0) return [];
  const connections = await connectionsAt(reads, record.urn);
  return Promise.all(
    pins.map(async (pin): Promise<PortUse> => {
      const connection = connectionOf(connections, pin);
      if (!connection) return pin;
      const start = { object: record.urn, ...pin };
      const [peer, far] = await Promise.all([
        peerPlace(reads, connection.peerOf(pin.pin)),
        farEnd(reads, start),
      ]);
      return { ...pin, peer, ...far };
    }),
  );
}

function pinsOf(record: NetworkRecord, side: 'in' | 'out'): TracePin[] {
  const count = numberOf(record.properties[`n_fiber_${side}_ports`]) ?? 0;
  return Array.from({ length: Math.max(0, Math.min(Math.floor(count), MAX_PORTS)) }, (_, i) => ({
    side,
    pin: i + 1,
  }));
}

/** The other end of a connection: of a cable, the cable and not its segment. */
export async function peerPlace(reads: NetworkReads, { object, side, pin }: PinOf): Promise<PortPeer> {
  const record = await reads.get(object);
  const cable = record?.table === 'cable_segment' ? await reads.get(record.properties.cable) : undefined;
  const shown = cable ?? record;
  const place = shown ? networkPlace(shown) : { urn: object, table: object.slice(0, object.indexOf('/')) };
  return { ...place, side, pin };
}

async function farEnd(
  reads: NetworkReads,
  start: PinOf,
): Promise<{ end?: NetworkPlace; address?: NetworkPlace; lengthMetres: number }> {
  const { steps } = await followFibre(reads, start);
  const segments = steps.flatMap((step) => (step.kind === 'cable' ? step.passed : []));
  const lengths = await Promise.all(segments.map(({ segment }) => segmentLength(reads, segment)));
  const lengthMetres = lengths.reduce((sum, metres) => sum + metres, 0);
  const last = steps.at(-1);
  if (last?.kind !== 'equipment' || last.leaves) return { lengthMetres };
  const end = networkPlace(last.record);
  const box =
    last.record.table === 'wall_box' ? last.record : await reads.get(last.record.properties.housing);
  const address = box?.table === 'wall_box' ? await placeOf(reads, box.properties.address) : undefined;
  return { end, lengthMetres, ...(address && { address }) };
}
