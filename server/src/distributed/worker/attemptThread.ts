import { parentPort, workerData } from 'node:worker_threads';
import { describeFailure } from '../../common/describeFailure.ts';
import { openPool } from '../../database/openPool.ts';
import { loadDefinitions } from '../../definitions/loadDefinitions.ts';
import { PostgisStore } from '../../postgis/PostgisStore.ts';
import type { TaskRow } from '../rows/taskRow.ts';
import { TaskServices } from '../TaskServices.ts';
import { Attempt } from './Attempt.ts';
import type { FromThread, ThreadSetup, ToThread } from './ThreadedAttempt.ts';

/**
 * The thread of a ThreadedAttempt. It runs one attempt with connections of its own, reports how the task ended, and
 * exits.
 */
const { setup, row }: { setup: ThreadSetup; row: TaskRow } = workerData;
const { redisUrl, databaseUrl, prefix, tasksPerOwner, taskFiles } = setup;

const { definitions, tables } = await loadDefinitions(taskFiles);
const definition = definitions.find(({ name }) => name === row.name);
if (!definition) {
  throw new Error(
    `"${row.name}" runs in a thread, which finds definitions in --tasks files only; put it into one`,
  );
}
const pool = openPool(databaseUrl, { max: 2 });
const services = new TaskServices({
  redisUrl,
  pool,
  prefix,
  tasksPerOwner,
  observer: {
    problem(problem, error) {
      parentPort?.postMessage({ problem, reason: describeFailure(error) } satisfies FromThread);
    },
  },
});
const gone = new AbortController();
const store = new PostgisStore({ pool, tables });
const attempt = new Attempt({ row, definition, services, store, signal: gone.signal, computes: true });
parentPort?.on('message', (message: ToThread) =>
  message === 'cancel' ? attempt.cancel() : attempt.release(),
);

const ended = await attempt.run();
parentPort?.postMessage({ ended } satisfies FromThread);
await services.settle();
gone.abort();
await services.close();
await pool.end();
parentPort?.close();
