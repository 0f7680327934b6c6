import { type PlannedDesign, planDesigns } from './designs.ts';
import { keepSome, type PlannedAddress, type PlannedPole, placeAddresses, placePoles } from './frontage.ts';
import { layGround } from './ground.ts';
import { PointGrid } from './plane.ts';
import { createRandom } from './random.ts';
import { type PlannedStreet, planStreets } from './streets.ts';

/** A town in metres around its centre. */
export interface TownPlan {
  streets: PlannedStreet[];
  addresses: PlannedAddress[];
  poles: PlannedPole[];
  designs: PlannedDesign[];
}

/** The plots wanted, at most so many times as many: few enough gaps to look inhabited. */
const MOST_PLOTS = 1.12;

function planSized(radius: number, seed: number) {
  const ground = layGround(radius, createRandom(seed));
  const streets = planStreets(ground, createRandom(seed + 1));
  return { radius, streets, addresses: placeAddresses(ground, streets, createRandom(seed + 2)) };
}

export function planTown(seed: number, count: number): TownPlan {
  let radius = 60 + 10.5 * Math.sqrt(count);
  let best: ReturnType<typeof planSized> | undefined;
  // The number of plots follows the area only roughly, so the size is felt for.
  for (let tries = 0; tries < 60; tries++) {
    const plan = planSized(radius, seed);
    const plots = plan.addresses.length;
    if (plots >= count && (!best || plots < best.addresses.length)) best = plan;
    if (best && (best.addresses.length <= count * MOST_PLOTS || tries >= 8)) break;
    const wanted = (count * (1 + MOST_PLOTS)) / 2;
    radius *= plots < count ? Math.max(1.02, Math.min(1.5, Math.sqrt(wanted / Math.max(plots, 1)))) : 0.97;
  }
  if (!best)
    throw new Error(`no town of ${count} addresses could be laid out with seed ${seed}: try another seed`);
  const random = createRandom(seed + 3);
  const addresses = keepSome(best.addresses, count, random);
  const houses = new PointGrid(
    16,
    best.addresses.map(({ at }) => at),
  );
  const poles = placePoles(best.streets, houses);
  const taken = new PointGrid(
    16,
    [...addresses, ...poles].map(({ at }) => at),
  );
  return {
    streets: best.streets,
    addresses,
    poles,
    designs: planDesigns(best.radius, best.streets, taken, random),
  };
}
