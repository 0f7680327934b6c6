import { setTimeout as pause } from 'node:timers/promises';
import { customerConnectionTask } from '../../../backend/definitions/customerConnection.ts';
import type { ConnectionParams } from '../../../backend/definitions/customerConnectionParams.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';

/** Between two addresses: 60 of them take about 6 s, time enough to cancel, or to kill a worker. */
const PACE_MS = 100;

/** Connects customers at the pace of a busy server. */
const pacedConnection: TaskDefinition<ConnectionParams> = {
  ...customerConnectionTask,
  name: 'paced_connection',
  execute: (params, context) =>
    customerConnectionTask.execute(params, {
      ...context,
      async progress(progress) {
        await context.progress(progress);
        await pause(PACE_MS, undefined, { signal: context.signal });
      },
    }),
};

export default pacedConnection;
