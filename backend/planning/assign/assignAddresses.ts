import { geodesicDistance } from '../../network/geodesy.ts';
import type { Ground } from '../ground/Ground.ts';
import type { Unserved } from '../Plan.ts';
import type { PlanInput } from '../PlanInput.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Remarks } from '../Remarks.ts';
import type { Place } from '../routes/RouteNet.ts';
import type { PlanRules } from '../rules.ts';
import { Choice } from './chooseTerminals.ts';
import { type Candidate, findPairs, polePlaces, streetPlaces } from './findPlaces.ts';
import { type AddressGroup, groupAddresses } from './groupAddresses.ts';
import { nearestReached } from './nearestReached.ts';
import { type Reuse, takeFreePorts } from './takeFreePorts.ts';

/** A new terminal and the addresses that hang on it. */
export interface Terminal {
  place: Place;
  /** Numbers in the input. */
  addresses: number[];
}

export interface Assignment {
  terminals: Terminal[];
  reuse: Reuse;
  unserved: Unserved[];
}

/** Says which address hangs where: on a splitter that is there, on a pole, or on the street. */
export async function assignAddresses(
  input: PlanInput,
  ground: Ground,
  rules: PlanRules,
  remarks: Remarks,
  work: PlanWork,
): Promise<Assignment> {
  const { groups: all, unserved } = groupAddresses(input.addresses, ground.nodes.plane, remarks);
  await work.pause(1, 10);
  const reuse = takeFreePorts(input, ground, all, rules, remarks);
  const groups = all.filter(({ members }) => members.length > 0);
  const choice = new Choice(groups, rules, work);
  const poles = polePlaces(ground);
  await findPairs(poles, groups, ground, rules, work);
  const isNearPole = new Uint8Array(groups.length);
  for (const { groups: near } of poles) for (const group of near) isNearPole[group] = 1;
  const onStreets = groups.filter((_, i) => !isNearPole[i]);
  const feet = await streetPlaces(ground, onStreets, rules, work);
  await work.pause(2, 10);
  await findPairs(feet, groups, ground, rules, work);
  await choice.open([...poles, ...feet]);

  // Where all terminals are full, the street has room; where there is no street either, a terminal becomes larger.
  const left = groups.filter((_, i) => (choice.placeOf[i] ?? -1) < 0);
  await work.pause(7, 10);
  if (left.length > 0) {
    const more = await streetPlaces(ground, left, rules, work);
    await findPairs(more, groups, ground, rules, work);
    await choice.open(more);
    choice.enlarge();
  }
  await work.pause(8, 10);
  choice.improve();
  await work.pause(9, 10);
  return {
    terminals: terminalsOf(choice, groups),
    reuse,
    unserved: [...unserved, ...tellUnserved(input, ground, choice, groups, rules)],
  };
}

function terminalsOf({ places, placeOf }: Choice, groups: readonly AddressGroup[]): Terminal[] {
  const addressesOf = new Map<number, number[]>();
  for (const [group, { members }] of groups.entries()) {
    const place = placeOf[group] ?? -1;
    if (place < 0) continue;
    const there = addressesOf.get(place);
    if (there) for (const member of members) there.push(member);
    else addressesOf.set(place, [...members]);
  }
  return places.flatMap(({ place }: Candidate, i) => {
    const addresses = addressesOf.get(i);
    return addresses ? [{ place, addresses }] : [];
  });
}

function tellUnserved(
  { addresses }: PlanInput,
  ground: Ground,
  choice: Choice,
  groups: readonly AddressGroup[],
  rules: PlanRules,
): Unserved[] {
  const nearest = nearestReached(ground);
  return groups.flatMap(({ x, y, position, members }, i) => {
    if ((choice.placeOf[i] ?? -1) >= 0) return [];
    const at = nearest(x, y, position);
    const metres = at ? geodesicDistance(position, at) : null;
    const isNearOther = ground.grid.nearest(x, y, rules.longestDrop) !== undefined && rules.ways !== 'aerial';
    const reason = isNearOther ? 'piece-not-reached' : 'out-of-reach';
    return members.map((member): Unserved => ({ address: addresses[member]?.id ?? '', reason, metres }));
  });
}
