import { inject } from 'vitest';
import type { TownData } from '../../../backend/network/TownData.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { startOwnWorker } from '../../../server/src/distributed/worker/startOwnWorker.ts';
import { TaskWorker } from '../../../server/src/distributed/worker/TaskWorker.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { alterDatabase, createTestDatabase } from './testDatabase.ts';

let counter = 0;

/**
 * A server's engine and a worker with 2 places in each queue, in this process, on a database of their own. Closing the
 * engine closes it all.
 */
export async function openDistributed({
  definitions,
  town,
  tasksPerOwner,
  lostAfterSeconds,
  taskFiles,
  settings = {},
  through = (databaseUrl) => databaseUrl,
  observer,
  redisUrl = inject('redisUrl'),
  runsOwn = true,
}: {
  definitions: TaskDefinition[];
  town: TownData;
  tasksPerOwner?: number | undefined;
  /** Default: 6. The sweeper comes three times in this time. */
  lostAfterSeconds?: number | undefined;
  taskFiles?: string[];
  /** Settings of the database that its sessions begin with. */
  settings?: Record<string, string>;
  /** The URL by which the server and the worker reach the database, through a pooler for example. */
  through?: (databaseUrl: string) => string;
  /** Hears what the server and the worker report. */
  observer?: TaskObserver;
  /** Default: the Redis that all tests share. */
  redisUrl?: string;
  /** False: the engine runs neither bulk tasks nor workflows, until `newServer` gives another one that does. */
  runsOwn?: boolean;
}) {
  const { databaseUrl: direct, drop } = await createTestDatabase({ town });
  await alterDatabase(direct, settings);
  const databaseUrl = through(direct);
  const prefix = `test-${process.pid}-${++counter}`;
  const pool = openPool(databaseUrl);
  const store = new PostgisStore({ pool });
  const shared = { redisUrl, pool, store, definitions, prefix, tasksPerOwner, lostAfterSeconds, observer };
  const queues = Object.fromEntries(definitions.map(({ queue }) => [queue, { concurrency: 2 }]));
  const worker = await TaskWorker.start({ ...shared, databaseUrl, queues, taskFiles });
  const newServer = () =>
    new DistributedEngine({ ...shared, startOwnWorker: startOwnWorker({ ...shared, databaseUrl }) });
  const engine = runsOwn ? newServer() : new DistributedEngine(shared);
  const close = engine.close.bind(engine);
  let closed: Promise<void> | undefined;
  engine.close = () => {
    closed ??= (async () => {
      await close();
      await worker.close();
      await pool.end();
      await drop();
    })();
    return closed;
  };
  return { engine, newServer, worker, store, pool, databaseUrl, redisUrl, prefix, definitions };
}
