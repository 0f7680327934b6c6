import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { defineTask } from '../backend/tasks/defineTask.ts';

/** The file of these tasks, for servers and workers to load. */
export const TASK_FILE = fileURLToPath(import.meta.url);

/** A task that says every second what time it is, until it is cancelled. */
export default [
  defineTask({
    name: 'clock',
    timeoutSeconds: 3_600,
    params: z.strictObject({}),
    async execute(_, { progress, signal }) {
      for (let tick = 0; !signal.aborted; tick += 1) {
        await progress({
          percent: tick % 100,
          step: 1,
          message: `at ${Date.now()}`,
          done: tick,
          total: 1_000,
        });
        await delay(1_000, undefined, { signal }).catch(() => undefined);
      }
      signal.throwIfAborted();
    },
  }),
];
