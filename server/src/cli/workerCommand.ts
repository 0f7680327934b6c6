import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { WorkerConfig } from '../config/Config.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { nearest } from '../config/nearest.ts';
import { readWorkerConfig } from '../config/workerConfig.ts';
import { openPool } from '../database/openPool.ts';
import { loadDefinitions } from '../definitions/loadDefinitions.ts';
import { ServicePath } from '../distributed/ServicePath.ts';
import { RunWorker } from '../distributed/worker/RunWorker.ts';
import { TaskWorker } from '../distributed/worker/TaskWorker.ts';
import type { Logger } from '../observe/createLogger.ts';
import { createMetrics } from '../observe/createMetrics.ts';
import { logTasks } from '../observe/logTasks.ts';
import { startMetricsServer } from '../observe/startMetricsServer.ts';
import { PostgisStore } from '../postgis/PostgisStore.ts';
import { loadServices } from '../serviceTasks/loadServices.ts';
import { Opened } from './CloseStack.ts';
import { checkServices } from './checkServices.ts';
import { missingOf } from './EngineParts.ts';
import { readyOf } from './openDistributed.ts';
import { openLog } from './openLog.ts';
import { openTracing } from './openTracing.ts';
import { untilStopped } from './untilStopped.ts';

/** Runs `lrt-server worker` until the process is asked to stop. @returns the exit code. */
export async function workerCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const config = readWorkerConfig(args, env);
  const logger = openLog(config.logLevel);
  const opened = new Opened();
  try {
    logger.info({ config }, 'starting');
    await openTracing({ serviceName: 'lrt-worker', env, logger, opened });
    const { done } = await start(config, logger, opened);
    return await untilStopped(() => opened.close(), logger, done);
  } finally {
    await opened.close();
  }
}

/** `done` resolves with the exit code, where the work has an end. */
async function start(
  config: WorkerConfig,
  logger: Logger,
  opened: Opened,
): Promise<{ done?: Promise<number> }> {
  const { services, concurrency, drainSeconds, taskFiles, limits } = config;
  const { definitions, tables } = await loadDefinitions(taskFiles);
  definitions.push(...(await loadServices(config.taskServices, config.allowedHosts)));
  const queues = queuesOf(definitions, config.queues);
  await checkServices(services, { migrateFirst: config.migrate, tables, logger });
  const { redisUrl, databaseUrl, prefix } = services;
  const metrics = createMetrics({ onProblem: (message, error) => logger.error({ err: error }, message) });
  const pool = openPool(databaseUrl);
  opened.add(() => pool.end());
  let takesTasks = false;
  if (config.metrics) {
    const path = new ServicePath({ pool, redisUrl, prefix });
    opened.add(() => path.close());
    const servicesReady = readyOf(path, metrics.observer);
    const ready = async () => missingOf({ ...(await servicesReady()), 'taking tasks': takesTasks });
    const { url, close } = await startMetricsServer({ ...config.metrics, metrics, ready });
    opened.add(close);
    logger.info(`metrics are at ${url}/metrics`);
  }
  const options = {
    redisUrl,
    databaseUrl,
    pool,
    store: new PostgisStore({ pool, tables }),
    definitions,
    taskFiles,
    prefix,
    tasksPerOwner: limits.tasksPerOwner,
    lostAfterSeconds: config.lostAfterSeconds,
    retention: config.retention,
    observer: logTasks(logger, metrics.observer),
  };
  const { workflowId } = config;
  if (workflowId !== undefined) {
    const worker = await RunWorker.start(workflowId, { ...options, concurrency });
    if (!worker) {
      throw new ConfigError(
        `--workflow-id: there is no workflow with the id "${workflowId}"; POST /workflows and POST /tasks give its id`,
      );
    }
    takesTasks = true;
    opened.add(() => {
      takesTasks = false;
      return worker.close({ drainSeconds });
    });
    console.log(`working on workflow ${workflowId}, ${concurrency} nodes at a time`);
    return { done: worker.ended.then((status) => (status === 'succeeded' ? 0 : 1)) };
  }
  const worker = await TaskWorker.start({
    ...options,
    queues: Object.fromEntries(queues.map((name) => [name, { concurrency }])),
  });
  takesTasks = true;
  opened.add(() => {
    takesTasks = false;
    return worker.close({ drainSeconds });
  });
  console.log(`working on ${queues.join(', ')}, ${concurrency} at a time of each`);
  return {};
}

/** Returns the queues to work on, and refuses one that no definition names. */
function queuesOf(definitions: readonly TaskDefinition[], wanted: string[] | undefined): string[] {
  const known = [...new Set(definitions.map(({ queue }) => queue))];
  for (const name of wanted ?? []) {
    // Tasks that name no queue go to 'default', which may have none yet.
    if (known.includes(name) || name === 'default') continue;
    const near = nearest(name, known);
    throw new ConfigError(
      `--queues: no task goes to "${name}"; ${near ? `did you mean ${near}?` : `there are ${known.join(', ')}`}`,
    );
  }
  return wanted ?? known;
}
