import { Hono } from 'hono';
import type { NetworkStore } from './network/NetworkStore.ts';
import { features } from './protocols/features.ts';
import { lrt } from './protocols/lrt.ts';
import { problemResponse } from './protocols/problem.ts';
import { boundText } from './tasks/boundText.ts';
import type { Caller, TaskEngine } from './tasks/TaskEngine.ts';
import { TaskRefusal } from './tasks/TaskRefusal.ts';

export interface BackendOptions {
  engine: TaskEngine;
  store: NetworkStore;
  /** Who asks; undefined: 401. A TaskRefusal with code 'forbidden' that it throws: 403. Default: owner 'local'. */
  authenticate?(request: Request): Caller | undefined | Promise<Caller | undefined>;
  /** Where the backend is mounted: '' or a path such as '/api', without a slash at the end. */
  basePath?: string;
  /** Told of what is answered as 500, which says nothing of the cause to the caller. */
  onError?(error: unknown, request: Request): void;
}

export interface Backend {
  fetch(request: Request): Promise<Response>;
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
  const app = new Hono<{ Variables: { caller: Caller } }>().basePath(basePath || '/');

  app.use(async (c, next) => {
    const caller = await authenticate(c.req.raw);
    if (!caller) {
      const message = 'Send credentials that this server knows: Authorization: Bearer <token>';
      return problemResponse({ code: 'unauthorized', message }, { 'WWW-Authenticate': 'Bearer' });
    }
    c.set('caller', caller);
    return next();
  });
  app.route('/', lrt({ engine, basePath }));
  app.route('/', features({ store }));
  for (const [path, methods] of ROUTES) {
    app.all(path, (c) => {
      const message = `${boundText(c.req.method, 20)} is not allowed here; use ${methods.join(' or ')}`;
      return problemResponse({ code: 'method-not-allowed', message }, { Allow: methods.join(', ') });
    });
  }
  app.notFound((c) => {
    const message = `There is nothing at ${boundText(c.req.path, 200)}; tasks are at ${basePath}/tasks`;
    return problemResponse({ code: 'not-found', message });
  });
  app.onError((error, c) => {
    if (error instanceof TaskRefusal && error.error.code !== 'internal') return problemResponse(error.error);
    options.onError?.(error, c.req.raw);
    const message = error instanceof TaskRefusal ? error.error.message : 'Something went wrong on the server';
    return problemResponse({ code: 'internal', message });
  });
  return { fetch: async (request) => app.fetch(request) };
}

const ROUTES: [path: string, methods: string[]][] = [
  ['/tasks', ['GET', 'POST']],
  ['/tasks/events', ['POST']],
  ['/tasks/:id', ['GET', 'DELETE']],
  ['/tasks/:id/retry', ['POST']],
  ['/tasks/:id/events', ['GET']],
  ['/designs', ['GET']],
  ['/features', ['GET']],
];
