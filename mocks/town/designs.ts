import { curbSpots, type PlannedPole } from './frontage.ts';
import { distance, type PlanPoint, type PointGrid } from './plane.ts';
import { type Random, shuffled } from './random.ts';
import type { PlannedStreet } from './streets.ts';

export interface PlannedDesign {
  name: string;
  /** Counter-clockwise, first point not repeated. */
  ring: PlanPoint[];
  poles: PlannedPole[];
}

const QUARTERS = [
  { name: 'North', angle: Math.PI / 2 },
  { name: 'East', angle: 0 },
  { name: 'South', angle: -Math.PI / 2 },
  { name: 'West', angle: Math.PI },
];

function ringAround(centre: PlanPoint, radius: number, shape: readonly number[]): PlanPoint[] {
  return shape.map((reach, i) => {
    const angle = (i / shape.length) * 2 * Math.PI;
    return [centre[0] + radius * reach * Math.cos(angle), centre[1] + radius * reach * Math.sin(angle)];
  });
}

/** Four planned fibre areas, one in each quarter, each with three to six planned poles beside its streets. */
export function planDesigns(
  radius: number,
  streets: readonly PlannedStreet[],
  taken: PointGrid,
  random: Random,
): PlannedDesign[] {
  return QUARTERS.map(({ name, angle }) => {
    const turn = angle + (random() - 0.5) * 0.6;
    const out = radius * (0.5 + 0.12 * random());
    const centre: PlanPoint = [out * Math.cos(turn), out * Math.sin(turn)];
    const shape = Array.from({ length: 7 }, () => 0.8 + 0.35 * random());
    const wanted = 3 + Math.floor(random() * 4);
    // The river or the edge of a small town may leave too little street: the area grows until there is enough.
    for (let size = Math.min(190, radius * 0.3); ; size *= 1.3) {
      const poles: PlannedPole[] = [];
      const inner = ringAround(centre, size * 0.85, shape);
      for (const { at } of shuffled(curbSpots(streets, 15, 4.5, inner), random)) {
        if (taken.hasWithin(at, 6) || poles.some((pole) => distance(pole.at, at) < size / 4)) continue;
        // Numbers far apart: the poles that a task adds count on from the name of the pole it starts at.
        poles.push({ name: `${name.charAt(0)}-${(poles.length + 1) * 1000 + 1}`, at });
        if (poles.length === wanted) break;
      }
      if (poles.length >= 3 || size > radius * 4) {
        return { name: `FTTH-${name}`, ring: ringAround(centre, size, shape), poles };
      }
    }
  });
}
