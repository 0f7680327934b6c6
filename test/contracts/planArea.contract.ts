import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import { generateTown } from '../../mocks/town/generateTown.ts';
import { spoiledTown } from '../support/planning/spoilTown.ts';
import { planSpoiled } from '../support/tasks/planSpoiled.ts';
import { planTwice } from '../support/tasks/planTwice.ts';

/** Checks that plan_area_task writes the same records into every store, and that these keep all rules. */
export function declarePlanAreaContract(
  name: string,
  create: (town: TownData) => Promise<NetworkStore>,
): void {
  describe(`plan_area_task on ${name}`, () => {
    it.each([4, 16])('keeps every rule in spoiled town %i, as on every store', async (seed) => {
      const input = spoiledTown(seed, 100);
      const planned = await planSpoiled(input, create);
      expect(planned.problems).toEqual([]);
      const inMemory = await planSpoiled(input, async (town) => new MemoryStore({ town }));
      expect(planned.run.result).toEqual(inMemory.run.result);
      expect(planned.run.items).toEqual(inMemory.run.items);
      expect(planned.records.all()).toEqual(inMemory.records.all());
    });

    it('a second plan serves the rest over the free ports and fibres of the first', async () => {
      const results = [];
      for (const start of [create, async (town: TownData) => new MemoryStore({ town })]) {
        const store = await start(generateTown({ addresses: 60, seed: 4 }));
        const { result, problems } = await planTwice(store, 6);
        expect(problems).toEqual([]);
        expect(result).toMatchObject({ served: 10, figures: { reused: 9 } });
        // Stores number the records of a second run in their own ways.
        results.push(result);
      }
      expect(results[0]).toEqual(results[1]);
    });
  });
}
