import { z } from 'zod';
import { defineTask } from '../../../backend/tasks/defineTask.ts';
import { DESIGN } from '../../support/tasks/definitions.ts';

/** What a `--tasks` file looks like, with tasks that never let go of their thread. */
export default [
  defineTask({
    name: 'compute',
    cpuBound: true,
    retry: { attempts: 2, backoffSeconds: 0 },
    params: z.strictObject({ milliseconds: z.int(), fail: z.boolean().optional() }),
    async execute({ milliseconds, fail }, { network, progress, attempt }) {
      const poles = (await network.view(DESIGN)).table('pole');
      await poles.insert({
        geometry: { type: 'Point', coordinates: [0.004, 0.004] },
        properties: { name: 'T' },
      });
      await progress({ percent: 10, message: 'computing' });
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
      if (fail && attempt === 1) throw new Error('miscalculated');
      return { attempt };
    },
  }),
  defineTask({
    name: 'spin',
    cpuBound: true,
    timeoutSeconds: 1,
    params: z.strictObject({}),
    async execute(_, { progress }) {
      await progress({ percent: 5, message: 'spinning' });
      for (;;);
    },
  }),
  defineTask({
    name: 'spin_long',
    cpuBound: true,
    params: z.strictObject({}),
    async execute(_, { progress }) {
      await progress({ percent: 5, message: 'spinning' });
      for (;;);
    },
  }),
];
