import KDBush from 'kdbush';
import type { Ground } from '../ground/Ground.ts';
import { isPlace } from '../ground/isPlace.ts';
import { isWithin, searchRadius } from '../ground/metres.ts';
import type { PlanInput } from '../PlanInput.ts';
import type { Remarks } from '../Remarks.ts';
import type { PlanRules } from '../rules.ts';
import { crossingTest } from './crossingTest.ts';
import { SAME_SIDE } from './findPlaces.ts';
import type { AddressGroup } from './groupAddresses.ts';

/** An address on a free port of a splitter that is there already. */
export interface ReusedPort {
  /** Numbers in the input. */
  address: number;
  splitter: number;
  port: number;
}

export interface Reuse {
  ports: ReusedPort[];
  /** Splitters with new addresses whose input has no fibre yet, and the pole of the ground that each is on. */
  unfed: { splitter: number; pole: number }[];
}

/** Metres: a splitter is on the pole that is this near. */
const ON_POLE = 0.5;

/** Gives free ports of splitters that are there already to the nearest addresses, and takes these from their groups. */
export function takeFreePorts(
  input: PlanInput,
  ground: Ground,
  groups: readonly AddressGroup[],
  rules: PlanRules,
  remarks: Remarks,
): Reuse {
  const given = input.splitters ?? [];
  if (given.length === 0 || groups.length === 0) return { ports: [], unfed: [] };
  const index = new KDBush(groups.length);
  for (const { x, y } of groups) index.add(x, y);
  index.finish();
  const crosses = crossingTest(ground);
  const poleOf = new Map<number, number>();
  const pairs: { splitter: number; group: number; metres: number }[] = [];
  for (const [splitter, { id, position, fed }] of given.entries()) {
    const pole = fed ? undefined : poleUnder(splitter, input, ground);
    if (!isPlace(position) || (!fed && pole === undefined)) {
      const message =
        'splitters have no position, or no fibre and no pole on a way to the feed: their ports stay free';
      remarks.gather('splitter-not-used', message, id);
      continue;
    }
    if (pole !== undefined) poleOf.set(splitter, pole);
    const [x, y] = ground.nodes.plane.toPlane(position);
    for (const group of index.within(x, y, searchRadius(rules.longestDrop))) {
      const there = groups[group];
      if (!there) continue;
      const metres = Math.hypot(there.x - x, there.y - y);
      if (!isWithin(metres, rules.longestDrop, position, there.position)) continue;
      const isAcross = crosses(position, there.position);
      if (rules.crossStreets || !isAcross)
        pairs.push({ splitter, group, metres: isAcross ? metres + SAME_SIDE : metres });
    }
  }
  pairs.sort((a, b) => a.metres - b.metres || a.group - b.group || a.splitter - b.splitter);
  const free = given.map(({ freePorts }) => [...new Set(freePorts.filter(isPort))].sort((a, b) => b - a));
  const ports: ReusedPort[] = [];
  for (const { splitter, group } of pairs) {
    const members = groups[group]?.members ?? [];
    for (let port = free[splitter]?.at(-1); port !== undefined; port = free[splitter]?.at(-1)) {
      const address = members.shift();
      if (address === undefined) break;
      ports.push({ address, splitter, port });
      free[splitter]?.pop();
    }
  }
  const used = new Set(ports.map(({ splitter }) => splitter));
  const unfed = Array.from(poleOf, ([splitter, pole]) => ({ splitter, pole })).filter(({ splitter }) =>
    used.has(splitter),
  );
  return { ports, unfed };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1;
}

function poleUnder(splitter: number, input: PlanInput, ground: Ground): number | undefined {
  const given = input.splitters?.[splitter];
  if (!given || !isPlace(given.position)) return undefined;
  const [x, y] = ground.nodes.plane.toPlane(given.position);
  const pole = ground.poles.findIndex(({ of, node }, i) => {
    if (!ground.isReachedPole(i)) return false;
    if (given.pole !== undefined) return input.poles[of]?.id === given.pole;
    return Math.hypot(ground.nodes.x(node) - x, ground.nodes.y(node) - y) <= ON_POLE;
  });
  return pole < 0 ? undefined : pole;
}
