import { createBackend } from '../../../backend/app.ts';
import { browserLogin } from '../admin/browserLogin.ts';
import { createAuthenticator } from '../auth/createAuthenticator.ts';
import { AddressList } from '../common/AddressList.ts';
import { unavailableFor } from '../common/errorKind.ts';
import type { AuthConfig, ServeConfig } from '../config/Config.ts';
import { readServeConfig } from '../config/serveConfig.ts';
import { loadDefinitions } from '../definitions/loadDefinitions.ts';
import { createServerApp } from '../http/createServerApp.ts';
import { FileSpool } from '../http/FileSpool.ts';
import { type RunningServer, startServer } from '../http/nodeServer.ts';
import type { Logger } from '../observe/createLogger.ts';
import { createMetrics } from '../observe/createMetrics.ts';
import { logTasks } from '../observe/logTasks.ts';
import { startMetricsServer } from '../observe/startMetricsServer.ts';
import { tracedRequest } from '../observe/tracing.ts';
import { readSchedules } from '../schedules/readSchedules.ts';
import { Schedules } from '../schedules/Schedules.ts';
import { loadServices } from '../serviceTasks/loadServices.ts';
import { Opened } from './CloseStack.ts';
import { type EngineParts, missingOf } from './EngineParts.ts';
import { openLog } from './openLog.ts';
import { openTracing } from './openTracing.ts';
import { untilStopped } from './untilStopped.ts';

/** Whoever has it may change the network: a scope of the token. Admins may as well. */
const EDIT_PERMISSION = 'edit-network';

/** Runs `lrt-server serve` until the process is asked to stop. @returns the exit code. */
export async function serveCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const config = readServeConfig(args, env);
  const logger = openLog(config.logLevel);
  const opened = new Opened();
  try {
    logger.info({ config }, 'starting');
    await openTracing({ serviceName: 'lrt-server', env, logger, opened });
    const lines = await start(config, logger, opened);
    console.log(lines.join('\n'));
    return await untilStopped(() => opened.close(), logger);
  } finally {
    await opened.close();
  }
}

/** @returns the text to print: the address of the server, and how to get in. */
async function start(config: ServeConfig, logger: Logger, opened: Opened): Promise<string[]> {
  const loaded = await loadDefinitions(config.taskFiles);
  loaded.definitions.push(...(await loadServices(config.taskServices, config.allowedHosts)));
  const { definitions, tables } = loaded;
  const planned = await readSchedules(config.schedulesFile, loaded);
  const { engine: engineConfig, limits, basePath } = config;
  let parts: EngineParts | undefined;
  const metrics = createMetrics({
    countTasks: async () => parts?.countTasks() ?? [],
    onProblem: (message, error) => logger.error({ err: error }, message),
  });
  let state: 'starting' | 'running' | 'shutting down' = 'starting';
  // Opened first, and closed last: operators watch a server start and drain.
  if (config.metrics) {
    const missing = async () => (parts && state === 'running' ? missingOf(await parts.ready()) : [state]);
    const { url, close } = await startMetricsServer({ ...config.metrics, metrics, ready: missing });
    opened.add(close);
    logger.info(`metrics are at ${url}/metrics`);
  }
  const { tasksPerOwner } = limits;
  const observer = logTasks(logger, metrics.observer);
  let auth: AuthConfig | undefined = config.auth;
  if (engineConfig.kind === 'embedded') {
    const { openEmbedded } = await import('./openEmbedded.ts');
    const embedded = await openEmbedded({
      config: engineConfig,
      definitions,
      tables,
      tasksPerOwner,
      keepTasks: config.retention.tasks,
      observer,
    });
    if (embedded.townIgnored) {
      logger.warn(
        `--town is ignored: ${engineConfig.file} has a network; name another --data file for another town`,
      );
    }
    auth ??= { kind: 'token', token: embedded.token };
    parts = embedded;
  } else {
    const { checkServices } = await import('./checkServices.ts');
    await checkServices(engineConfig, { migrateFirst: engineConfig.migrate, tables, logger });
    const { openDistributed } = await import('./openDistributed.ts');
    const { lostAfterSeconds, retention } = config;
    parts = await openDistributed({
      config: engineConfig,
      definitions,
      tables,
      tasksPerOwner,
      lostAfterSeconds,
      retention,
      basePath,
      observer,
    });
  }
  const { engine, store, ready, admin, close } = parts;
  opened.add(() => {
    parts = undefined;
    return close();
  });
  if (!auth) throw new TypeError('a distributed server without authentication');

  const schedules = new Schedules(planned, {
    engine,
    onProblem: (message, error) => logger.error({ err: error }, message),
  });
  opened.add(() => schedules.close());
  const app = createServerApp({
    backend: createBackend({
      openSpool: () => new FileSpool(),
      engine,
      store,
      schedules,
      basePath,
      editPermission: EDIT_PERMISSION,
      outageOf: unavailableFor,
    }),
    basePath,
    authenticate: await createAuthenticator(auth, observer.problem),
    forwarded: {
      proxies: new AddressList(config.forwarded.trustedProxies),
      header: config.forwarded.header,
    },
    limits: {
      ...limits,
      ...(engineConfig.kind === 'distributed' && {
        redis: { url: engineConfig.redisUrl, prefix: engineConfig.prefix },
      }),
    },
    cors: { origins: config.allowOrigins },
    ready,
    metrics: {
      render: metrics.render,
      answered: metrics.http.requestEnded,
    },
    ...(admin && { admin }),
    trace: tracedRequest,
    logger,
  });
  metrics.http.countStreams(() => app.streamsOpen);
  opened.add(() => app.close());
  const { host, port, reflexPort, drainSeconds } = config;
  // When other servers can take over, proxies get the time to notice. docs/run-a-server.md relies on this number.
  const noticeSeconds = engineConfig.kind === 'distributed' ? 2 : 0;
  const servers: RunningServer[] = [];
  opened.add(async () => {
    await Promise.all(servers.map((server) => server.close({ drainSeconds, noticeSeconds })));
  });
  const listen = async (option: 'port' | 'reflex-port', number: number, path: string) => {
    const server = await startServer({
      fetch: browserLogin(app.fetch, basePath),
      basePath: path,
      port: number,
      hostname: host,
      // This port is there for them.
      ...(option === 'reflex-port' && { webSockets: true }),
      onDrain() {
        state = 'shutting down';
        app.drain();
      },
      onError: (error) => logger.error({ err: error }, 'a request failed'),
    }).catch((error) => {
      throw portFailure(host, option, number, error);
    });
    servers.push(server);
    return server.url;
  };
  const url = await listen('port', port, basePath);
  const reflexUrl =
    reflexPort === undefined ? undefined : await listen('reflex-port', reflexPort, `${basePath}/reflex`);
  state = 'running';

  const designs = (await store.designs()).map(({ name }) => `design/${name}`);
  const shown = designs.length > 5 ? [...designs.slice(0, 5), `${designs.length - 5} more`] : designs;
  return [
    `${url}${basePath}/tasks  (${shown.join(', ') || 'no designs'})`,
    ...(auth.kind === 'token' ? [`Authorization: Bearer ${auth.token}`] : []),
    ...(reflexUrl === undefined ? [] : [`${reflexUrl}/tasks/{client_token}  (Reflex)`]),
  ];
}

function portFailure(host: string, option: string, port: number, cause: NodeJS.ErrnoException): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is taken on ${host}: end what listens there, or choose another --${option} (0: any free one)`,
    EACCES: `port ${port} may not be listened on by this user: choose a --${option} of 1024 or more, behind a proxy`,
    EADDRNOTAVAIL: `--host ${host} is no address of this machine`,
    ENOTFOUND: `--host ${host} is no address of this machine`,
  };
  const reason = reasons[cause.code ?? ''];
  return reason === undefined
    ? new Error(`--host ${host} --${option} ${port}`, { cause })
    : new Error(reason);
}
