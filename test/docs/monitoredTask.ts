import { monitoredTask } from 'lrt-plugin/mocks';
import { z } from 'zod';

/** Processes so many batches, and says which one it is at. */
export const processData = monitoredTask(
  { name: 'process_data', params: z.strictObject({ batches: z.number().int().min(1).max(1_000) }) },
  async ({ batches }, task) => {
    await task.update({ progress: 0, status: 'Loading data' });
    for (let batch = 1; batch <= batches; batch++) {
      await task.update({
        progress: (batch / batches) * 100,
        status: `Processing batch ${batch}/${batches}`,
      });
    }
    return { batches };
  },
);
