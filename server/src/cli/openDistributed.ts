import type pg from 'pg';
import type { TableDefinition } from '../../../backend/network/tables.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import { shareResult } from '../common/shareResult.ts';
import type { EngineConfig } from '../config/Config.ts';
import { openPool } from '../database/openPool.ts';
import { DistributedEngine } from '../distributed/DistributedEngine.ts';
import type { Retention } from '../distributed/rows/OverdueRows.ts';
import { type PathPart, ServicePath } from '../distributed/ServicePath.ts';
import { startOwnWorker } from '../distributed/worker/startOwnWorker.ts';
import type { TaskCount } from '../observe/createMetrics.ts';
import { PostgisStore } from '../postgis/PostgisStore.ts';
import type { EngineParts } from './EngineParts.ts';

/** The answer of one check of the services holds for so long, for every caller. */
const READY_HOLDS_MS = 2_000;

/**
 * Opens the engine over Redis and PostgreSQL, whose tasks the workers run. `checkServices` has found both to be fit.
 */
export async function openDistributed(options: {
  config: Extract<EngineConfig, { kind: 'distributed' }>;
  definitions: readonly TaskDefinition[];
  tables: readonly TableDefinition[];
  tasksPerOwner: number;
  lostAfterSeconds: number;
  retention: Partial<Retention>;
  /** That of the server, '' or '/gis/lrt'. */
  basePath: string;
  observer: TaskObserver;
}): Promise<EngineParts> {
  const { config, definitions, tables, tasksPerOwner, lostAfterSeconds, retention, observer } = options;
  const { redisUrl, databaseUrl, prefix } = config;
  // Loaded here: a worker, which takes `readyOf` of this file, has no such pages, and starts a tenth sooner without them.
  const { createAdmin } = await import('../admin/createAdmin.ts');
  const pool = openPool(databaseUrl);
  const store = new PostgisStore({ pool, tables });
  const shared = { redisUrl, pool, store, prefix, tasksPerOwner, lostAfterSeconds, retention, observer };
  const engine = new DistributedEngine({
    ...shared,
    definitions,
    startOwnWorker: startOwnWorker({ ...shared, databaseUrl }),
  });
  const path = new ServicePath({ pool, redisUrl, prefix });
  return {
    engine,
    store,
    ready: readyOf(path, observer),
    admin: createAdmin({ queues: engine.queues(), basePath: `${options.basePath}/admin/queues` }),
    countTasks: () => countTasks(pool),
    async close() {
      await engine.close();
      path.close();
      await pool.end();
    },
  };
}

/**
 * Says for /readyz what can be used, by going a task's way. However many callers ask, one check runs at a time, and its
 * answer holds for a while. The reasons for a fault go to the observer: anyone may read /readyz.
 */
export function readyOf(
  path: ServicePath,
  observer: TaskObserver,
  holdsMs = READY_HOLDS_MS,
): () => Promise<Record<string, boolean>> {
  const check = async () => {
    // A Redis that lost its data has forgotten whose prefix it is.
    const faults = await path.check({ claim: true });
    for (const { part, step, error } of faults) observer.problem?.(`Not ready (${part}): ${step}`, error);
    const works = (part: PathPart) => !faults.some((fault) => fault.part === part);
    return { redis: works('redis'), database: works('database'), deployment: works('deployment') };
  };
  return shareResult(check, holdsMs);
}

async function countTasks(pool: pg.Pool): Promise<TaskCount[]> {
  const { rows } = await pool.query<TaskCount>(
    'SELECT status, name, count(*)::integer AS count FROM lrt.task GROUP BY status, name',
  );
  return rows;
}
