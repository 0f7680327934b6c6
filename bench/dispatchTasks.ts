import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { defineTask } from '../backend/tasks/defineTask.ts';

/** The file of these tasks, for workers to load. */
export const TASK_FILE = fileURLToPath(import.meta.url);

/** The tasks that bench/dispatch.ts runs on its workers: they report progress at once, and do nothing else. */
export default [
  defineTask({
    name: 'first_word',
    params: z.strictObject({}),
    async execute(_, { progress }) {
      await progress({ percent: 50, message: 'begun' });
      return null;
    },
  }),
  defineTask({ name: 'nothing', params: z.strictObject({}), execute: async () => null }),
];
