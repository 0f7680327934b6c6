import { z } from 'zod';
import { defineTask } from '../../../backend/tasks/defineTask.ts';
import { DESIGN } from '../tasks/definitions.ts';

/** Writes as many poles to the design as it is told, each with the name of the task: who wrote what can be counted. */
export const build = defineTask({
  name: 'build',
  params: z.strictObject({ name: z.string(), poles: z.int().min(1) }),
  exclusive: () => DESIGN,
  async execute({ name, poles }, { network, progress }) {
    const table = (await network.view(DESIGN)).table('pole');
    for (let done = 1; done <= poles; done++) {
      const coordinates: [number, number] = [done / 1e7, 0.001];
      await table.insert({ geometry: { type: 'Point', coordinates }, properties: { name } });
      if (done % 50 === 0 || done === poles) await progress({ message: `${done} built`, done, total: poles });
    }
  },
});
