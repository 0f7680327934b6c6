import { Hono } from 'hono';
import { boundText } from './common/boundText.ts';
import { TaskRefusal } from './common/TaskRefusal.ts';
import type { BackendContext, BackendEnv } from './http/context.ts';
import { problemResponse } from './http/problem.ts';
import type { NetworkStore } from './network/NetworkStore.ts';
import { features } from './protocols/features/features.ts';
import { lrt } from './protocols/lrt/lrt.ts';
import { methodsOf, ROUTES, routeOf } from './routes.ts';
import type { Caller, TaskEngine } from './tasks/TaskEngine.ts';

export interface BackendOptions {
  engine: TaskEngine;
  store: NetworkStore;
  /**
   * Who asks; undefined: 401. A TaskRefusal that it throws is the answer: 401 with code 'unauthorized', 403 with
   * 'forbidden'. Default: owner 'local'.
   */
  authenticate?(request: Request): Caller | undefined | Promise<Caller | undefined>;
  /** Where the backend is mounted: '' or a path such as '/api', without a slash at the end. */
  basePath?: string;
  /** Told of what is answered as 500, which says nothing of the cause to the caller. */
  onError?(error: unknown, request: Request): void;
}

export interface Backend {
  fetch(request: Request, context?: BackendContext): Promise<Response>;
}

/** The backend as one function from Request to Response, for any host that has these two. */
export function createBackend(options: BackendOptions): Backend {
  const { engine, store, basePath = '' } = options;
  const authenticate = options.authenticate ?? (() => ({ owner: 'local' }));
  if (basePath !== '' && !/^(\/[\w.~-]+)+$/.test(basePath)) {
    throw new TypeError(
      `createBackend: "basePath" must be '' or like '/api', not ${JSON.stringify(basePath)}`,
    );
  }
  const app = new Hono<BackendEnv>().basePath(basePath || '/');

  // Before anyone is asked who they are: it says nothing that is not in the documentation.
  app.get('/openapi.json', async () => {
    // On demand: most backends, those in a browser above all, are never asked for it.
    const { openApiDocument } = await import('./protocols/lrt/openapi.ts');
    return Response.json(openApiDocument(basePath), {
      headers: { 'Content-Type': 'application/vnd.oai.openapi+json;version=3.1' },
    });
  });
  app.use(async (c, next) => {
    const caller = c.env.caller ?? (await authenticate(c.req.raw));
    if (!caller) return unauthenticated();
    c.set('caller', caller);
    return next();
  });
  app.all('/tasks/events', (c, next) =>
    c.req.method === 'POST' ? next() : notAllowed(c.req.method, ['POST']),
  );
  app.route('/', lrt({ engine, basePath }));
  app.route('/', features({ store }));
  for (const { path, methods } of ROUTES) app.all(path, (c) => notAllowed(c.req.method, methods));
  const notFound = (path: string) => {
    const message = `There is nothing at ${boundText(path, 200)}; tasks are at ${basePath}/tasks`;
    return problemResponse({ code: 'not-found', message });
  };
  app.notFound((c) => notFound(c.req.path));
  app.onError((error, c) => {
    if (error instanceof TaskRefusal && error.error.code !== 'internal') return problemResponse(error.error);
    if (c.env.onError) c.env.onError(error);
    else options.onError?.(error, c.req.raw);
    const message = error instanceof TaskRefusal ? error.error.message : 'Something went wrong on the server';
    return problemResponse({ code: 'internal', message });
  });
  return {
    async fetch(request, context) {
      // The router looks methods up by name in a plain object, and falls over '__proto__'.
      if (/^[A-Z-]+$/.test(request.method)) return app.fetch(request, context ?? {});
      const { pathname } = new URL(request.url);
      const route = pathname.startsWith(basePath) && routeOf(pathname.slice(basePath.length));
      return route ? notAllowed(request.method, methodsOf(route)) : notFound(pathname);
    },
  };
}

/** The answer to who did not say who they are. */
export function unauthenticated(): Response {
  const message = 'Send credentials that this server knows: Authorization: Bearer <token>';
  return problemResponse({ code: 'unauthorized', message }, { 'WWW-Authenticate': 'Bearer' });
}

function notAllowed(method: string, methods: readonly string[]): Response {
  const message = `${boundText(method, 20)} is not allowed here; use ${methods.join(' or ')}`;
  return problemResponse({ code: 'method-not-allowed', message }, { Allow: methods.join(', ') });
}
