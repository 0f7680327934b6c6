import { resolve } from 'node:path';
import type { ServeConfig, ServiceConfig, ServicesConfig } from './Config.ts';
import { ConfigError } from './ConfigError.ts';
import { naming, type OptionReader } from './OptionReader.ts';
import { schemas } from './options.ts';

/** Reads the options that serve and worker have in common. */
export function readRunConfig(
  options: OptionReader,
): Pick<
  ServeConfig,
  | 'drainSeconds'
  | 'lostAfterSeconds'
  | 'retention'
  | 'logLevel'
  | 'taskFiles'
  | 'taskServices'
  | 'allowedHosts'
  | 'metrics'
> {
  const port = options.optional('metrics-port', schemas.port);
  if (port === undefined) options.refuse(['metrics-host'], 'of use only with --metrics-port');
  return {
    metrics: port === undefined ? undefined : { host: options.value('metrics-host', schemas.text), port },
    drainSeconds: options.value('drain-seconds', schemas.seconds),
    lostAfterSeconds: options.value('lost-after-seconds', schemas.lostAfter),
    retention: readRetention(options),
    logLevel: options.value('log-level', schemas.logLevel),
    taskFiles: readTaskFiles(options),
    taskServices: readTaskServices(options),
    allowedHosts: options.list('allow-host', schemas.host),
  };
}

function readRetention(options: OptionReader): ServeConfig['retention'] {
  const [days, failedDays, tasks] = [
    options.optional('keep-days', schemas.days),
    options.optional('keep-failed-days', schemas.days),
    options.optional('keep-tasks', schemas.kept),
  ];
  return {
    ...(days !== undefined && { days }),
    ...(failedDays !== undefined && { failedDays }),
    ...(tasks !== undefined && { tasks }),
  };
}

/** The modules with tasks and tables of an author's own, as absolute paths. */
export function readTaskFiles(options: OptionReader): string[] {
  return options.list('tasks', schemas.text).map((file) => resolve(file));
}

function readTaskServices(options: OptionReader): ServiceConfig[] {
  const services = options.list('service', schemas.service);
  const names = services.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new ConfigError(
      `${options.source('service')}: two services have the name "${twice}"; rename one of them`,
    );
  }
  return services;
}

/** Undefined if neither Redis nor PostgreSQL is given. One without the other is refused. */
export function readServices(options: OptionReader): ServicesConfig | undefined {
  const redisUrl = options.optional('redis', schemas.redisUrl);
  const databaseUrl = options.optional('database', schemas.databaseUrl);
  if (redisUrl === undefined && databaseUrl === undefined) return undefined;
  if (redisUrl === undefined || databaseUrl === undefined) {
    const [given, missing] =
      redisUrl === undefined ? (['database', 'redis'] as const) : (['redis', 'database'] as const);
    throw new ConfigError(
      `${options.source(given)} is given without ${naming(missing)}: Redis dispatches the tasks, PostgreSQL keeps ` +
        'them, and many machines need both. A server without the two keeps all in one file of its own',
    );
  }
  return { redisUrl, databaseUrl, prefix: options.value('prefix', schemas.key) };
}

/** Throws when the operator gave neither. */
export function needed<T>(
  value: T | undefined,
  command: string,
  name: 'database' | 'redis',
  example: string,
): T {
  if (value !== undefined) return value;
  throw new ConfigError(`${command} needs ${naming(name)}, such as --${name} ${example}`);
}
