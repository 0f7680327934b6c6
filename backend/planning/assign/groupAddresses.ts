import type { Position } from '../../../src/contract/index.ts';
import { isPlace } from '../ground/isPlace.ts';
import type { LocalPlane } from '../ground/LocalPlane.ts';
import { FARTHEST } from '../ground/streetNet.ts';
import type { Unserved } from '../Plan.ts';
import type { PlacedPoint } from '../PlanInput.ts';
import type { Remarks } from '../Remarks.ts';

/** The addresses at one point. */
export interface AddressGroup {
  /** Their numbers in the input. */
  members: number[];
  position: Position;
  x: number;
  y: number;
}

/** Gathers the addresses that have a position, those at one point as one group; the others cannot be served. */
export function groupAddresses(
  addresses: readonly PlacedPoint[],
  plane: LocalPlane | undefined,
  remarks: Remarks,
): { groups: AddressGroup[]; unserved: Unserved[] } {
  const groups = new Map<string, AddressGroup>();
  const unserved: Unserved[] = [];
  const ids = new Set<string>();
  for (const [i, { id, position }] of addresses.entries()) {
    if (ids.has(id)) {
      remarks.gather('address-twice', 'addresses have the id of an earlier one and are left out', id);
      continue;
    }
    ids.add(id);
    if (!isPlace(position)) {
      remarks.gather('address-without-place', 'addresses have no position in degrees', id);
      unserved.push({ address: id, reason: 'no-position', metres: null });
      continue;
    }
    const [x, y] = plane?.toPlane(position) ?? [0, 0];
    if (Math.hypot(x, y) > FARTHEST) {
      unserved.push({ address: id, reason: 'far-from-feed', metres: null });
      continue;
    }
    const key = `${position[0]} ${position[1]}`;
    const group = groups.get(key);
    if (group) group.members.push(i);
    else groups.set(key, { members: [i], position, x, y });
  }
  return { groups: [...groups.values()], unserved };
}
