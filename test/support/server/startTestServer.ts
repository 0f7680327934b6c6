import { createBackend } from '../../../backend/app.ts';
import { EmbeddedEngine } from '../../../backend/embedded/EmbeddedEngine.ts';
import { createServerApp, type ServerAppOptions } from '../../../server/src/http/createServerApp.ts';
import { type ServerOptions, startServer } from '../../../server/src/http/nodeServer.ts';
import { definitions, smallStore } from '../tasks/definitions.ts';

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  fields: Record<string, unknown>;
  message: string;
}

/** The whole server over HTTP: `Authorization: Bearer NAME` makes NAME the owner; 'admin' is one. */
export async function startTestServer(
  options: Partial<ServerAppOptions> & Pick<ServerOptions, 'bounds'> = {},
) {
  const log: LogLine[] = [];
  const at = (level: LogLine['level']) => (fields: object, message: string) =>
    void log.push({ level, fields: { ...fields }, message });
  const store = smallStore();
  const engine = new EmbeddedEngine({ definitions, store });
  const { bounds, basePath = '', ...rest } = options;
  const app = createServerApp({
    backend: createBackend({ engine, store, basePath }),
    basePath,
    authenticate(request) {
      const owner = request.headers.get('authorization')?.replace('Bearer ', '');
      return owner === undefined ? undefined : { owner, admin: owner === 'admin' };
    },
    limits: { requestsPerSecond: 1_000, streamsPerOwner: 50 },
    cors: { origins: [] },
    ready: async () => ({}),
    logger: { info: at('info'), warn: at('warn'), error: at('error') },
    ...rest,
  });
  const server = await startServer({
    fetch: app.fetch,
    basePath,
    port: 0,
    onDrain: () => app.drain(),
    onError: (error) => at('error')({ err: error }, 'outside of the app'),
    ...(bounds && { bounds }),
  });
  return {
    app,
    engine,
    log,
    url: server.url,
    server,
    call: (path: string, init: RequestInit & { as?: string } = {}) =>
      fetch(server.url + path, {
        ...init,
        headers: { Authorization: `Bearer ${init.as ?? 'ann'}`, ...(init.headers as Record<string, string>) },
      }),
    async close() {
      await engine.close();
      await server.close();
      await app.close();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

export function json(body: unknown): RequestInit & { method: 'POST' } {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
