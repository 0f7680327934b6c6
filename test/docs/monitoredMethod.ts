import { type MonitoredTask, monitoredTask } from 'lrt-plugin/mocks';
import { z } from 'zod';

const params = z.strictObject({ batches: z.number().int().min(1).max(1_000) });

/** Its tasks are `monitoredTasksOf(new Batches('North'))`. */
export class Batches {
  readonly place: string;

  constructor(place: string) {
    this.place = place;
  }

  @monitoredTask({ params })
  async process_batches({ batches }: z.infer<typeof params>, task: MonitoredTask) {
    for (let batch = 1; batch <= batches; batch++) {
      await task.update({ progress: (batch / batches) * 100, status: `Batch ${batch} of ${this.place}` });
    }
    return { place: this.place };
  }
}
