import type { TracePin } from '../../../src/contract/index.ts';
import type { NetworkRecord } from '../NetworkStore.ts';
import type { NetworkReads } from './NetworkReads.ts';
import { oncePerReads } from './oncePerReads.ts';

/** One end of a connection of one pin. */
export interface PinOf extends TracePin {
  object: string;
}

/** A connection as seen from the pins of one object. */
export interface SeenConnection {
  record: NetworkRecord;
  side: 'in' | 'out';
  low: number;
  high: number;
  /** The other end of the pin. */
  peerOf(pin: number): PinOf;
}

/** All connections at an object, from whichever end they were made. */
export const connectionsAt = oncePerReads(async (reads, object): Promise<readonly SeenConnection[]> => {
  const [from, to] = await Promise.all([
    reads.matching('connection', 'in_object', object),
    reads.matching('connection', 'out_object', object),
  ]);
  return [...seenFrom(from, 'in', 'out'), ...seenFrom(to, 'out', 'in')];
});

/** The connection of a pin; of several, which a network should not have, the first. */
export function connectionOf(
  connections: readonly SeenConnection[],
  { side, pin }: TracePin,
): SeenConnection | undefined {
  return connections.find((seen) => seen.side === side && seen.low <= pin && pin <= seen.high);
}

/** A record may have been edited by anybody, so one that does not say which pins it joins joins none. */
function* seenFrom(
  records: readonly NetworkRecord[],
  here: 'in' | 'out',
  there: 'in' | 'out',
): Generator<SeenConnection> {
  for (const record of records) {
    const { properties } = record;
    const side = properties[`${here}_side`];
    const low = properties[`${here}_low`];
    const high = properties[`${here}_high`];
    const peer = properties[`${there}_object`];
    const peerSide = properties[`${there}_side`];
    const peerLow = properties[`${there}_low`];
    if (!isSide(side) || !isSide(peerSide) || typeof peer !== 'string') continue;
    if (typeof low !== 'number' || typeof high !== 'number' || typeof peerLow !== 'number') continue;
    yield {
      record,
      side,
      low,
      high,
      peerOf: (pin) => ({ object: peer, side: peerSide, pin: peerLow + pin - low }),
    };
  }
}

export function isSide(value: unknown): value is 'in' | 'out' {
  return value === 'in' || value === 'out';
}

export const otherSide = (side: 'in' | 'out'): 'in' | 'out' => (side === 'in' ? 'out' : 'in');
