import { describeFailure } from '../common/describeFailure.ts';
import { ConfigError } from '../config/ConfigError.ts';
import type { Logger } from '../observe/createLogger.ts';
import { startTracing, tracesEndpoint } from '../observe/startTracing.ts';
import type { Opened } from './CloseStack.ts';

/** Starts tracing, if OpenTelemetry's own variables name a collector. */
export async function openTracing(options: {
  serviceName: string;
  env: NodeJS.ProcessEnv;
  logger: Logger;
  opened: Opened;
}): Promise<void> {
  const { serviceName, env, logger, opened } = options;
  const endpoint = endpointOf(env);
  if (endpoint === undefined) return;
  const { shutdown } = await startTracing({ endpoint, serviceName, logger });
  opened.add(shutdown);
}

function endpointOf(env: NodeJS.ProcessEnv): string | undefined {
  try {
    return tracesEndpoint(env);
  } catch (error) {
    throw new ConfigError(describeFailure(error));
  }
}
