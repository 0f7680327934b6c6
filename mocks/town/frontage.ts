import type { Ground } from './ground.ts';
import {
  beside,
  isInside,
  lineLength,
  type PlanLine,
  type PlanPoint,
  PointGrid,
  stationsAlong,
} from './plane.ts';
import { type Random, shuffled } from './random.ts';
import type { PlannedStreet } from './streets.ts';

export interface PlannedAddress {
  street_name: string;
  street_number: string;
  at: PlanPoint;
}

export interface PlannedPole {
  name: string;
  at: PlanPoint;
}

/** No house nearer to any street's centre line, and none nearer to another house. */
const FROM_STREET = 6.5;
const BETWEEN_HOUSES = 7;
const POLE_EVERY = 45;
const POLE_FROM_CENTRE_LINE = 4.5;

/** Points close enough together that being far from them all is being far from the streets. */
export function streetPoints(streets: readonly PlannedStreet[]): PointGrid {
  const grid = new PointGrid(16);
  for (const { line } of streets) {
    const count = Math.floor(lineLength(line) / 4);
    for (const { at } of stationsAlong(
      line,
      Array.from({ length: count }, (_, i) => i * 4),
    ))
      grid.add(at);
  }
  return grid;
}

/** Houses on both sides of every street, odd numbers on the left, closer together in the old town. */
export function placeAddresses(
  ground: Ground,
  streets: readonly PlannedStreet[],
  random: Random,
): PlannedAddress[] {
  const roadway = streetPoints(streets);
  const houses = new PointGrid(16);
  const addresses: PlannedAddress[] = [];
  for (const { name, major, line } of streets) {
    const length = lineLength(line);
    for (const side of [1, -1]) {
      let number = side === 1 ? 1 : 2;
      const places: { along: number; setback: number }[] = [];
      const middle = line[Math.floor(line.length / 2)] ?? [0, 0];
      const outskirts = Math.min(1, Math.hypot(middle[0], middle[1]) / 700);
      for (let along = 9; along < length - 8; along += (11 + 6 * outskirts) * (0.8 + 0.45 * random())) {
        places.push({ along, setback: 8 + (major ? 2 : 0) + 4 * outskirts + 2.5 * random() });
      }
      const stations = stationsAlong(
        line,
        places.map(({ along }) => along),
      );
      stations.forEach((station, i) => {
        const at = beside(station, side * (places[i]?.setback ?? 10));
        const isFree =
          ground.isInTown(at) &&
          !ground.isOpen(at) &&
          !roadway.hasWithin(at, FROM_STREET) &&
          !houses.hasWithin(at, BETWEEN_HOUSES);
        if (!isFree) return;
        houses.add(at);
        addresses.push({ street_name: name, street_number: String(number), at });
        number += 2;
      });
    }
  }
  return addresses;
}

/** As many as asked for, in their order; what is left out are empty plots all over the town. */
export function keepSome<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  const order = shuffled([...items.keys()], random).slice(0, count);
  const kept = new Set(order);
  return items.filter((_, i) => kept.has(i));
}

/** Utility poles on the right of the streets, none in front of another at a crossing. */
export function placePoles(streets: readonly PlannedStreet[], taken: PointGrid): PlannedPole[] {
  const poles: PlannedPole[] = [];
  const others = new PointGrid(32);
  for (const { at } of curbSpots(streets, POLE_EVERY, -POLE_FROM_CENTRE_LINE)) {
    if (others.hasWithin(at, 24) || taken.hasWithin(at, 3)) continue;
    others.add(at);
    poles.push({ name: `P-${String(poles.length + 1).padStart(4, '0')}`, at });
  }
  return poles;
}

/** Places beside the roadway where a pole could stand, `side` metres to the left of the centre line. */
export function curbSpots(
  streets: readonly PlannedStreet[],
  every: number,
  side: number,
  within?: PlanLine,
): { at: PlanPoint }[] {
  return streets.flatMap(({ line }) => {
    const count = Math.max(0, Math.floor((lineLength(line) - 10) / every) + 1);
    return stationsAlong(
      line,
      Array.from({ length: count }, (_, i) => 7 + i * every),
    )
      .map((station) => ({ at: beside(station, side) }))
      .filter(({ at }) => !within || isInside(within, at));
  });
}
