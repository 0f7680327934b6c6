import type { WorkerConfig } from './Config.ts';
import { ConfigError } from './ConfigError.ts';
import { naming, OptionReader } from './OptionReader.ts';
import { schemas } from './options.ts';
import { readRunConfig, readServices } from './sharedConfig.ts';

/**
 * Reads the configuration of `worker`. Throws a ConfigError that names the flag or the variable, its value, and what
 * was expected.
 */
export function readWorkerConfig(args: readonly string[], env: NodeJS.ProcessEnv): WorkerConfig {
  const options = new OptionReader('worker', args, env);
  const services = readServices(options);
  if (!services) {
    throw new ConfigError(
      `worker needs ${naming('redis')} and ${naming('database')}, the same as its servers. A server without the two ` +
        'runs its tasks itself and has no workers',
    );
  }
  const queues = options.list('queues', schemas.key);
  const workflowId = options.optional('workflow-id', schemas.key);
  if (workflowId !== undefined && queues.length > 0) {
    throw new ConfigError(`${naming('workflow-id')} goes without ${naming('queues')}: leave out one of them`);
  }
  return {
    ...readRunConfig(options),
    services,
    queues: queues.length === 0 ? undefined : [...new Set(queues)],
    workflowId,
    concurrency: options.value('concurrency', schemas.count),
    migrate: options.switch('migrate'),
    limits: { tasksPerOwner: options.value('tasks-per-owner', schemas.count) },
  };
}
