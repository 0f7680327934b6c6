import { z } from 'zod';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { defineTask } from '../../../backend/tasks/defineTask.ts';

// Tasks that stand for the operations of a blueprint.

export const reference = (name: string) => ({
  protocol: 's3',
  uri: `s3://bucket/${name}.json`,
  format: 'json',
});
const inputs = z.array(z.looseObject({})).default([]);
export const blueprintTasks = [
  defineTask({
    name: 'Produce',
    params: z.strictObject({ inputs }),
    execute: async () => reference('produced'),
  }),
  defineTask({
    name: 'Count',
    params: z.strictObject({ inputs }),
    execute: async (params) => ({ inputs: params.inputs.length }),
  }),
  defineTask({
    name: 'Fail',
    params: z.strictObject({ inputs }),
    execute: async () => {
      throw new TaskRefusal({ code: 'no-data', message: 'There is no data' });
    },
  }),
  defineTask({
    name: 'Hold',
    params: z.strictObject({ inputs }),
    execute: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  }),
  defineTask({ name: 'Strict', params: z.strictObject({}), execute: async () => null }),
];
