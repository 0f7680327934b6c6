import * as z from 'zod';
import { designParam } from '../../backend/definitions/design.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';

const count = z.int().min(0);

/** Sums up what the nodes before it found, planned and built. */
export const reportArea = defineTask({
  name: 'report_area',
  params: z.strictObject({
    design: designParam,
    refused: count.describe('Addresses that could not be connected'),
    planned_metres: z.number(),
    connections: count,
    poles: count,
    built_metres: z.number(),
  }),
  async execute({ design, refused, planned_metres, connections, poles, built_metres }, { log, progress }) {
    const more = Math.round(built_metres - planned_metres);
    const text = `${design}: ${connections} addresses connected, ${refused} refused, ${poles} new poles, ${built_metres} m of cable (${more} m more than planned)`;
    log('info', text);
    await progress({ percent: 100, message: text });
    return { text, connections, refused };
  },
});
