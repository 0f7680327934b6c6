import type { Redis } from 'ioredis';
import type pg from 'pg';
import type { TableDefinition } from '../../../backend/network/tables.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import { createAdmin } from '../admin/createAdmin.ts';
import type { EngineConfig } from '../config/Config.ts';
import { openPool } from '../database/openPool.ts';
import { DistributedEngine } from '../distributed/DistributedEngine.ts';
import { openRedis } from '../distributed/logs/openRedis.ts';
import type { TaskCount } from '../observe/createMetrics.ts';
import { PostgisStore } from '../postgis/PostgisStore.ts';
import type { EngineParts } from './EngineParts.ts';

/**
 * Opens the engine over Redis and PostgreSQL, whose tasks the workers run. `checkServices` has found both to be fit.
 */
export async function openDistributed(options: {
  config: Extract<EngineConfig, { kind: 'distributed' }>;
  definitions: readonly TaskDefinition[];
  tables: readonly TableDefinition[];
  tasksPerOwner: number;
  lostAfterSeconds: number;
  /** That of the server, '' or '/gis/lrt'. */
  basePath: string;
  observer: TaskObserver;
}): Promise<EngineParts> {
  const { config, definitions, tables, tasksPerOwner, lostAfterSeconds, observer } = options;
  const { redisUrl, databaseUrl, prefix } = config;
  const pool = openPool(databaseUrl);
  const store = new PostgisStore({ pool, tables });
  const engine = new DistributedEngine({
    redisUrl,
    pool,
    store,
    definitions,
    prefix,
    tasksPerOwner,
    lostAfterSeconds,
    observer,
  });
  // The engine reports a Redis that is away. This connection only answers the readiness check.
  const redis = openRedis(redisUrl, { onError: () => {} });
  return {
    engine,
    store,
    ready: () => servicesReady(redis, pool),
    admin: createAdmin({ queues: engine.queues(), basePath: `${options.basePath}/admin/queues` }),
    countTasks: () => countTasks(pool),
    async close() {
      await engine.close();
      redis.disconnect();
      await pool.end();
    },
  };
}

/** Asks both services, for /readyz. */
export async function servicesReady(redis: Redis, pool: pg.Pool): Promise<Record<string, boolean>> {
  const [redisAnswer, databaseAnswer] = await Promise.allSettled([redis.ping(), pool.query('SELECT 1')]);
  return {
    redis: redisAnswer.status === 'fulfilled',
    database: databaseAnswer.status === 'fulfilled',
  };
}

async function countTasks(pool: pg.Pool): Promise<TaskCount[]> {
  const { rows } = await pool.query<TaskCount>(
    'SELECT status, name, count(*)::integer AS count FROM lrt.task GROUP BY status, name',
  );
  return rows;
}
