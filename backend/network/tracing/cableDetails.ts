import type { CableDetails, CableUse, FibreUse, NetworkPlace } from '../../../src/contract/index.ts';
import type { NetworkRecord } from '../NetworkStore.ts';
import { lineOf, segmentLength, segmentsOf } from './CableLine.ts';
import { connectionsAt } from './connectionEnds.ts';
import type { NetworkReads } from './NetworkReads.ts';
import { networkPlace, numberOf, placeOf, textOf } from './networkPlace.ts';
import { peerPlace } from './portsOf.ts';

/** No cable has more fibres; a record may say anything. */
const MAX_FIBRES = 7_000;

/** A cable, and how many of its fibres are connected to something. */
export async function cableUse(reads: NetworkReads, cable: NetworkRecord): Promise<CableUse> {
  const segments = await segmentsOf(reads, cable.urn);
  const used = new Set<number>();
  const fibreCount = countOf(cable);
  const [lengths] = await Promise.all([
    Promise.all(segments.map((segment) => segmentLength(reads, segment))),
    Promise.all(
      segments.map(async ({ urn }) => {
        for (const { low, high } of await connectionsAt(reads, urn)) {
          for (let fibre = low; fibre <= Math.min(high, fibreCount); fibre += 1) used.add(fibre);
        }
      }),
    ),
  ]);
  const { urn, table, name } = networkPlace(cable);
  const cableKind = textOf(cable.properties.kind);
  const slackMetres = numberOf(cable.properties.slack_metres);
  return {
    urn,
    table,
    ...(name !== undefined && { name }),
    ...(cableKind !== undefined && { cableKind }),
    fibreCount,
    fibresUsed: used.size,
    lengthMetres: lengths.reduce((sum, metres) => sum + metres, 0),
    ...(slackMetres !== undefined && { slackMetres }),
  };
}

/** A cable with its way and each of its fibres. */
export async function cableDetails(reads: NetworkReads, cable: NetworkRecord): Promise<CableDetails> {
  const segments = await segmentsOf(reads, cable.urn);
  const [use, path, lengths, from, to, joints] = await Promise.all([
    cableUse(reads, cable),
    lineOf(
      reads,
      segments.map((segment) => ({ segment, entered: 'in' })),
    ),
    Promise.all(segments.map((segment) => segmentLength(reads, segment))),
    placeOf(reads, segments[0]?.properties.in_structure),
    placeOf(reads, segments.at(-1)?.properties.out_structure),
    Promise.all(segments.map((segment) => jointsOf(reads, segment))),
  ]);
  const fibres: FibreUse[] = Array.from({ length: use.fibreCount }, (_, i) => ({ fibre: i + 1, joints: [] }));
  for (const { fibre, joint } of joints.flat()) fibres[fibre - 1]?.joints.push(joint);
  return {
    ...use,
    path,
    segments: segments.map(({ urn, properties }, i) => {
      const route = textOf(properties.housing);
      return { urn, ...(route !== undefined && { route }), lengthMetres: lengths[i] ?? 0 };
    }),
    ...(from && { from }),
    ...(to && { to }),
    fibres,
  };
}

/** The connections of a segment, at its beginning and then at its end. */
async function jointsOf(
  reads: NetworkReads,
  segment: NetworkRecord,
): Promise<{ fibre: number; joint: FibreUse['joints'][number] }[]> {
  const connections = await connectionsAt(reads, segment.urn);
  const places: Record<'in' | 'out', NetworkPlace | undefined> = {
    in: await placeOf(reads, segment.properties.in_structure),
    out: await placeOf(reads, segment.properties.out_structure),
  };
  const pins = connections.flatMap(({ side, low, high, peerOf }) =>
    Array.from({ length: Math.max(0, Math.min(high - low + 1, MAX_FIBRES)) }, (_, i) => ({
      side,
      fibre: low + i,
      peer: peerOf(low + i),
    })),
  );
  const found = await Promise.all(
    pins.map(async ({ side, fibre, peer }) => {
      const at = places[side];
      return { side, fibre, joint: { ...(at && { at }), peer: await peerPlace(reads, peer) } };
    }),
  );
  return found.sort((a, b) => (a.side < b.side ? -1 : a.side > b.side ? 1 : 0));
}

function countOf(cable: NetworkRecord): number {
  const count = numberOf(cable.properties.fiber_count) ?? 0;
  return Math.max(0, Math.min(Math.floor(count), MAX_FIBRES));
}
