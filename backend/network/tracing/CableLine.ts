import type { Position } from '../../../src/contract/index.ts';
import { geodesicLength } from '../geodesy.ts';
import type { NetworkRecord } from '../NetworkStore.ts';
import { otherSide } from './connectionEnds.ts';
import type { NetworkReads } from './NetworkReads.ts';
import { numberOf } from './networkPlace.ts';
import { oncePerReads } from './oncePerReads.ts';

/** A segment that is gone through, and the side at which it was entered. */
export interface PassedSegment {
  segment: NetworkRecord;
  entered: 'in' | 'out';
}

/** The segments of a cable from its start to its end. */
export const segmentsOf = oncePerReads(async (reads, cable): Promise<readonly NetworkRecord[]> => {
  const segments = await reads.matching('cable_segment', 'cable', cable);
  const sequence = ({ properties }: NetworkRecord) => numberOf(properties.sequence) ?? 0;
  return [...segments].sort((a, b) => sequence(a) - sequence(b) || a.id - b.id);
});

/**
 * The segment that follows the one at a place of the list at its side, and the side at which it begins there. Undefined at the end
 * of the cable, and where the next segment is at another structure: the fibres do not go on over a gap.
 */
export function nextSegment(
  segments: readonly NetworkRecord[],
  at: number,
  side: 'in' | 'out',
): { at: number; entered: 'in' | 'out' } | undefined {
  const place = side === 'out' ? at + 1 : at - 1;
  const next = segments[place];
  if (!next) return undefined;
  const here = segments[at]?.properties[`${side}_structure`];
  const entered = otherSide(side);
  if (here === undefined || here === null) return { at: place, entered };
  if (next.properties[`${entered}_structure`] === here) return { at: place, entered };
  return next.properties[`${side}_structure`] === here ? { at: place, entered: side } : undefined;
}

/** The line of what was passed: parts that follow one another are one. A segment whose route has no line is left out. */
export async function lineOf(reads: NetworkReads, passed: readonly PassedSegment[]): Promise<Position[][]> {
  const routes = await Promise.all(passed.map(({ segment }) => reads.get(segment.properties.housing)));
  const lines: Position[][] = [];
  for (const [i, { segment, entered }] of passed.entries()) {
    const route = routes[i];
    const geometry = segment.geometry ?? route?.geometry;
    if (geometry?.type !== 'LineString') continue;
    const start = segment.properties[`${entered}_structure`];
    const isOwn = segment.geometry !== null;
    const isTurned = isOwn ? entered === 'out' : route?.properties.in_structure !== start;
    const part = isTurned ? geometry.coordinates.toReversed() : geometry.coordinates;
    const line = lines.at(-1);
    const [end, first] = [line?.at(-1), part[0]];
    if (line && end && first && end[0] === first[0] && end[1] === first[1]) line.push(...part.slice(1));
    else lines.push([...part]);
  }
  return lines;
}

/** Metres, as recorded at the segment or at its route, else of the line. */
export async function segmentLength(reads: NetworkReads, segment: NetworkRecord): Promise<number> {
  const recorded = numberOf(segment.properties.length);
  if (recorded !== undefined) return recorded;
  const route = await reads.get(segment.properties.housing);
  const length = numberOf(route?.properties.length);
  if (length !== undefined) return length;
  const geometry = segment.geometry ?? route?.geometry;
  return geometry?.type === 'LineString' ? geodesicLength(geometry.coordinates) : 0;
}
