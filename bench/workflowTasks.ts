import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { defineTask } from '../backend/tasks/defineTask.ts';

/** The file of these tasks, for workers to load. */
export const TASK_FILE = fileURLToPath(import.meta.url);

/** The nodes of bench/workflows.ts do nothing. */
export default [defineTask({ name: 'nothing', params: z.strictObject({}), execute: async () => null })];
