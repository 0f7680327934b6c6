import { z } from 'zod';
import { defineTask } from '../../../mocks/index.ts';
import type { GeoFeature } from '../../../src/contract/index.ts';

/** Counts, and shows a point on the map for each step: what arrives of it is easy to check. */
export const countTask = defineTask({
  name: 'count',
  params: z.strictObject({ steps: z.int().min(1) }),
  async execute({ steps }, { progress }) {
    for (let done = 1; done <= steps; done++) {
      const message = `${done} / ${steps} counted`;
      await progress({
        step: 1,
        message,
        done,
        total: steps,
        percent: (100 * done) / steps,
        features: [pointOf(done)],
      });
    }
    return { counted: steps };
  },
});

function pointOf(number: number): GeoFeature {
  return {
    type: 'Feature',
    id: `pole/${number}`,
    geometry: { type: 'Point', coordinates: [10 + number / 1e5, 48] },
    properties: { table: 'pole' },
  };
}
