import type { PlanInput } from '../../../backend/planning/PlanInput.ts';
import { generateTown, type TownOptions } from '../../../mocks/town/generateTown.ts';

/** A generated town as the planner wants it. */
export function townInput(options: TownOptions): PlanInput {
  const { addresses, poles, streets } = generateTown(options);
  return {
    addresses: addresses.features.map(({ geometry }, i) => ({
      id: `address/${i + 1}`,
      position: geometry.coordinates,
    })),
    poles: poles.features.map(({ geometry }, i) => ({ id: `pole/${i + 1}`, position: geometry.coordinates })),
    streets: (streets?.features ?? []).map(({ geometry }, i) => ({
      id: `street/${i + 1}`,
      coordinates: geometry.coordinates,
    })),
  };
}
