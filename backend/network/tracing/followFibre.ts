import type { TraceEnd, TracePin } from '../../../src/contract/index.ts';
import type { NetworkRecord } from '../NetworkStore.ts';
import { nextSegment, type PassedSegment, segmentsOf } from './CableLine.ts';
import { connectionOf, connectionsAt, otherSide, type PinOf } from './connectionEnds.ts';
import type { NetworkReads } from './NetworkReads.ts';
import { numberOf } from './networkPlace.ts';

/** A fibre has so many steps at most; a line of a real network has some dozens. */
const MAX_STEPS = 2_000;

/** A way of light, as it is followed from one pin. */
export type FibreStep =
  | { kind: 'joint'; connection: NetworkRecord; from: PinOf; to: PinOf }
  | { kind: 'cable'; cable: NetworkRecord; fibre: number; passed: PassedSegment[] }
  | { kind: 'equipment'; record: NetworkRecord; enters: TracePin; leaves?: TracePin };

/** A step whose cable is not read yet. */
type SegmentStep =
  | Exclude<FibreStep, { kind: 'cable' }>
  | Omit<Extract<FibreStep, { kind: 'cable' }>, 'cable'>;

export interface FollowedFibre {
  steps: FibreStep[];
  /** 'ont': at a customer. 'outputs': at the input of a splitter, where the fibre becomes many. */
  ends: TraceEnd | 'ont' | 'outputs';
}

/** Follows a fibre from a pin of the object, away from it. It is open where it comes to a cable that is not there. */
export async function followFibre(reads: NetworkReads, start: PinOf): Promise<FollowedFibre> {
  const { steps, ends } = await followSegments(reads, start);
  // All at once, when the way is known: on the way each would take a query of its own.
  const whole = await Promise.all(
    steps.map(async (step): Promise<FibreStep | undefined> => {
      if (step.kind !== 'cable') return step;
      const cable = await reads.get(step.passed[0]?.segment.properties.cable);
      return cable && { ...step, cable };
    }),
  );
  const cut = whole.indexOf(undefined);
  return {
    steps: whole.slice(0, cut < 0 ? undefined : cut).flatMap((step) => step ?? []),
    ends: cut < 0 ? ends : 'open',
  };
}

async function followSegments(
  reads: NetworkReads,
  start: PinOf,
): Promise<{ steps: SegmentStep[]; ends: FollowedFibre['ends'] }> {
  const steps: SegmentStep[] = [];
  const seen = new Set<string>();
  let at: PinOf = start;
  let ends: FollowedFibre['ends'] | undefined;
  while (ends === undefined) {
    const key = `${at.object} ${at.side} ${at.pin}`;
    if (seen.has(key)) return { steps, ends: 'loop' };
    if (seen.size >= MAX_STEPS) return { steps, ends: 'limit' };
    seen.add(key);
    const seenThere = connectionOf(await connectionsAt(reads, at.object), at);
    if (!seenThere) return { steps, ends: 'open' };
    const to = seenThere.peerOf(at.pin);
    steps.push({ kind: 'joint', connection: seenThere.record, from: at, to });
    const record = await reads.get(to.object);
    if (!record) return { steps, ends: 'open' };
    if (record.table === 'cable_segment') {
      const { passed, out } = await throughCable(reads, record, to);
      steps.push({ kind: 'cable', fibre: to.pin, passed });
      at = out;
      continue;
    }
    const enters = { side: to.side, pin: to.pin };
    const next = await throughEquipment(reads, record, enters);
    steps.push({ kind: 'equipment', record, enters, ...(next.leaves && { leaves: next.leaves }) });
    if (next.leaves) at = { object: record.urn, ...next.leaves };
    else ends = next.ends;
  }
  return { steps, ends };
}

/** To the next connection of the fibre, or to the end of the cable. */
async function throughCable(
  reads: NetworkReads,
  first: NetworkRecord,
  { side, pin }: TracePin,
): Promise<{ passed: PassedSegment[]; out: PinOf }> {
  const segments = await segmentsOf(reads, String(first.properties.cable));
  // All at once: a query each would take longer than all the rest.
  const connections = new Map(
    await Promise.all(segments.map(async ({ urn }) => [urn, await connectionsAt(reads, urn)] as const)),
  );
  const passed: PassedSegment[] = [{ segment: first, entered: side }];
  let at = segments.findIndex(({ id }) => id === first.id);
  let leaving = otherSide(side);
  let out: PinOf = { object: first.urn, side: leaving, pin };
  while (passed.length <= segments.length && !connectionOf(connections.get(out.object) ?? [], out)) {
    const next = nextSegment(segments, at, leaving);
    const segment = next && segments[next.at];
    if (!segment) break;
    // Where the fibre of the next segment is connected to something else here, it is cut at this place.
    if (connectionOf(connections.get(segment.urn) ?? [], { side: next.entered, pin })) break;
    passed.push({ segment, entered: next.entered });
    at = next.at;
    leaving = otherSide(next.entered);
    out = { object: segment.urn, side: leaving, pin };
  }
  return { passed, out };
}

async function throughEquipment(
  reads: NetworkReads,
  record: NetworkRecord,
  { side, pin }: TracePin,
): Promise<{ leaves: TracePin; ends?: never } | { leaves?: never; ends: FollowedFibre['ends'] }> {
  const { table } = record;
  if (table === 'fiber_odf') return { ends: 'feed' };
  if (table === 'fiber_ont') return { ends: 'ont' };
  const leaving = otherSide(side);
  if (table === 'fiber_splitter') {
    if (side === 'in') return { ends: 'outputs' };
    const inputs = (await connectionsAt(reads, record.urn)).filter((seen) => seen.side === 'in');
    const lowest = Math.min(...inputs.map(({ low }) => low));
    return inputs.length > 0 ? { leaves: { side: 'in', pin: lowest } } : { ends: 'splitter' };
  }
  const ports = numberOf(record.properties[`n_fiber_${leaving}_ports`]) ?? 0;
  return pin <= ports ? { leaves: { side: leaving, pin } } : { ends: 'open' };
}
