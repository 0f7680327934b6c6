import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

/** A task that reports its progress ten times a second for so long; with 0 it ends at once. */
export default [
  {
    name: 'steps',
    params: z.strictObject({ seconds: z.number() }),
    async execute({ seconds }, { progress, signal }) {
      const total = Math.round(seconds * 10);
      for (let done = 1; done <= total; done += 1) {
        await pause(100, undefined, { signal });
        await progress({ message: `step ${done}`, done, total });
      }
      return { total };
    },
  },
];
