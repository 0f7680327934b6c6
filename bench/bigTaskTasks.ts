import * as z from 'zod';
import { defineTask } from '../backend/tasks/defineTask.ts';
import type { GeoFeature } from '../src/contract/index.ts';

/** The task that bench/bigTask.ts runs on its workers: it builds features of 10,000 characters as fast as it is let. */
export default [
  defineTask<{ megabytes: number }>({
    name: 'big',
    params: z.strictObject({ megabytes: z.number().positive() }),
    timeoutSeconds: 600,
    async execute({ megabytes }, { progress }) {
      const total = megabytes * 100;
      const note = 'x'.repeat(9_850);
      for (let done = 20; done <= total; done += 20) {
        const features = Array.from({ length: 20 }, (_, i): GeoFeature => {
          const id = done - 19 + i;
          const geometry = { type: 'Point' as const, coordinates: [id / 1e6, 50] as [number, number] };
          return { type: 'Feature', id: `pole/${id}`, geometry, properties: { table: 'pole', note } };
        });
        await progress({ percent: (100 * done) / total, done, total, features });
      }
      return { features: total };
    },
  }),
];
