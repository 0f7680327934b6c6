import { startServer } from '../http/nodeServer.ts';
import { createService, type ServiceOptions } from './createService.ts';

export interface ServeOptions extends ServiceOptions {
  /** 0 takes any free one. Default: the variable PORT of the environment, or 8080. */
  port?: number;
  /** Default: the variable HOST of the environment, or '127.0.0.1', which this machine alone reaches. */
  host?: string;
  /** Seconds that running tasks have to end after SIGTERM or SIGINT, before they are cancelled. Default 10. */
  drainSeconds?: number;
}

/**
 * Serves a service over HTTP until the process is asked to stop, or `close` is called. It prints the errors that a caller sees as
 * failures on standard error.
 *
 * @example
 * const { url } = await serveService({ methods: { Hello: quick(() => ({ hello: 'world' })) } });
 * console.log(url);
 */
export async function serveService({
  port = Number(process.env.PORT ?? 8080),
  host = process.env.HOST ?? '127.0.0.1',
  drainSeconds = 10,
  onError = (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
  ...options
}: ServeOptions): Promise<{ url: string; close(): Promise<void> }> {
  const service = createService({ ...options, onError });
  const server = await startServer({ fetch: service.fetch, port, hostname: host, onError });
  let closed: Promise<void> | undefined;
  const close = () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, close);
    closed ??= (async () => {
      await service.whenIdle(drainSeconds);
      await service.close();
      await server.close();
    })();
    return closed;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, close);
  return { url: server.url, close };
}
