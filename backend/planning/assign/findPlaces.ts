import KDBush from 'kdbush';
import type { Position } from '../../../src/contract/index.ts';
import type { Ground } from '../ground/Ground.ts';
import { isWithin, searchRadius } from '../ground/metres.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Place } from '../routes/RouteNet.ts';
import type { PlanRules } from '../rules.ts';
import { crossingTest } from './crossingTest.ts';
import type { AddressGroup } from './groupAddresses.ts';

/** Metres: of two places that are as near as this, the one on the address's side of the street is taken. */
export const SAME_SIDE = 1;

/** A place for a terminal, with the groups that it can serve, the nearest first. */
export interface Candidate {
  place: Place;
  position: Position;
  x: number;
  y: number;
  /** Numbers of groups, and how far away each is; a drop that crosses a street counts as a little longer. */
  groups: Int32Array;
  metres: Float64Array;
}

/** The poles that are on a way to the feed. */
export function polePlaces({ poles, nodes, isReachedPole }: Ground): Candidate[] {
  return poles.flatMap(({ node }, pole) => {
    if (!isReachedPole(pole)) return [];
    return [candidate({ pole }, nodes.position(node), nodes.x(node), nodes.y(node))];
  });
}

/** The feet of groups on the nearest street that leads to the feed, each foot once. */
export async function streetPlaces(
  ground: Ground,
  groups: Iterable<AddressGroup>,
  rules: PlanRules,
  work: PlanWork,
): Promise<Candidate[]> {
  const { grid, nodes } = ground;
  const places = new Map<string, Candidate>();
  for (const { x, y, position } of groups) {
    if (work.isDue(20)) await work.pause(1, 10);
    const foot = grid.nearest(x, y, rules.longestDrop - 1e-3, ground.isReachedSegment);
    if (!foot) continue;
    const { segment, t } = foot;
    const [ax, ay, bx, by] = grid.ends(segment);
    const centimetre = Math.round(t * Math.hypot(bx - ax, by - ay) * 100);
    const key = `${segment} ${centimetre}`;
    if (places.has(key)) continue;
    const [atX, atY] = [ax + t * (bx - ax), ay + t * (by - ay)];
    const at = nodes.plane.toPosition([atX, atY], position);
    places.set(key, candidate({ segment, t }, at, atX, atY));
  }
  return [...places.values()];
}

function candidate(place: Place, position: Position, x: number, y: number): Candidate {
  return { place, position, x, y, groups: new Int32Array(0), metres: new Float64Array(0) };
}

/** Finds the groups within the longest drop of each place. */
export async function findPairs(
  places: readonly Candidate[],
  groups: readonly AddressGroup[],
  ground: Ground,
  rules: PlanRules,
  work: PlanWork,
): Promise<void> {
  if (groups.length === 0) return;
  const index = new KDBush(groups.length);
  for (const { x, y } of groups) index.add(x, y);
  index.finish();
  const crosses = crossingTest(ground);
  await work.pause(0, 10);
  for (const [i, place] of places.entries()) {
    const pairs: { group: number; metres: number }[] = [];
    for (const number of index.within(place.x, place.y, searchRadius(rules.longestDrop))) {
      const group = groups[number];
      if (!group) continue;
      const metres = Math.hypot(group.x - place.x, group.y - place.y);
      if (!isWithin(metres, rules.longestDrop, group.position, place.position)) continue;
      const isAcross = crosses(place.position, group.position);
      if (rules.crossStreets || !isAcross)
        pairs.push({ group: number, metres: isAcross ? metres + SAME_SIDE : metres });
    }
    pairs.sort((a, b) => a.metres - b.metres || a.group - b.group);
    place.groups = Int32Array.from(pairs, ({ group }) => group);
    place.metres = Float64Array.from(pairs, ({ metres }) => metres);
    if (work.isDue(20 + pairs.length)) await work.pause(i, places.length);
  }
}
