import { defineTask, TaskRefusal } from 'lrt-server';
import * as z from 'zod';

export default defineTask({
  name: 'count_poles',
  params: z.strictObject({ design: z.string() }),
  async execute({ design }, { network }) {
    const view = await network.view(design);
    const count = await view.table('pole').count();
    if (count === 0) throw new TaskRefusal({ code: 'no-poles', message: `${design} has no poles` });
    return { count };
  },
});
