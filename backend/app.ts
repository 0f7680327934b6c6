import { type Context, Hono } from 'hono';
import { boundText } from './common/boundText.ts';
import { isTaskRefusal, type TaskRefusal } from './common/TaskRefusal.ts';
import type { Spool } from './handover/sqlite/Spool.ts';
import type { BackendContext, BackendEnv } from './http/context.ts';
import { problemResponse, unauthenticated } from './http/problem.ts';
import type { NetworkStore } from './network/NetworkStore.ts';
import { PROTOCOLS } from './protocols/index.ts';
import type { Handler, Protocol, RouteTraits } from './protocols/Protocol.ts';
import { endpointOf, type Route, RouteTable } from './protocols/RouteTable.ts';
import type { ScheduleList } from './tasks/ScheduleList.ts';
import type { Caller, TaskEngine } from './tasks/TaskEngine.ts';

export interface BackendOptions {
  engine: TaskEngine;
  /** The network. Without one the backend runs tasks and serves no features. */
  store?: NetworkStore;
  /** The tasks that start by themselves. Without them the backend lists none. */
  schedules?: ScheduleList;
  /** Default: every protocol of backend/protocols/index.ts. */
  protocols?: readonly Protocol[];
  /**
   * Finds out who the caller is; undefined: 401. A TaskRefusal that it throws is the answer: 401 with code
   * 'unauthorized', 403 with 'forbidden'. Default: owner 'local'.
   */
  authenticate?(request: Request): Caller | undefined | Promise<Caller | undefined>;
  /** The permission that a caller needs to change the network. Admins need none. Default: everyone may. */
  editPermission?: string;
  /** Opens a place for a file that is made before it is sent, such as a GeoPackage. Default: in memory, at most 256 MiB each. */
  openSpool?(): Spool;
  /** Where the backend is mounted: '' or a path such as '/api', without a slash at the end. */
  basePath?: string;
  /** Receives each error that is answered as 500 or as 503. The response hides the cause from the caller. */
  onError?(error: unknown, request: Request): void;
  /** The answer for an error that is a service's outage and no bug: 'unavailable'. Undefined: it is a bug. */
  outageOf?(error: unknown): TaskRefusal | undefined;
}

/**
 * The traits of a request's route, before the backend answers. If the path does not have the method, only the path.
 */
export interface RequestRoute extends RouteTraits {
  /** '/tasks/:id', without the base path. */
  path: string;
}

export interface Backend {
  fetch(request: Request, context?: BackendContext): Promise<Response>;
  /** The route of a request, for rate limits, labels and fault scenarios. Undefined where the answer is 404. */
  routeOf(request: { method: string; url: string }): RequestRoute | undefined;
}

/**
 * The backend as one function from Request to Response, for any host that has these two.
 *
 * @example
 * const backend = createBackend({ engine, store, basePath: '/api' });
 * const response = await backend.fetch(new Request('http://localhost/api/tasks'));
 */
export function createBackend(options: BackendOptions): Backend {
  const { engine, store, schedules, basePath = '', editPermission, protocols = PROTOCOLS } = options;
  const authenticate = options.authenticate ?? (() => ({ owner: 'local' }));
  if (basePath !== '' && !/^(\/[\w.~-]+)+$/.test(basePath)) {
    throw new TypeError(
      `createBackend: "basePath" must be '' or like '/api', not ${JSON.stringify(basePath)}`,
    );
  }
  const served = protocols.flatMap((protocol) => {
    const handlers = protocol.handlers({
      engine,
      store,
      schedules,
      basePath,
      editPermission,
      openSpool: options.openSpool?.bind(options),
    });
    return handlers ? [{ protocol, handlers }] : [];
  });
  const table = new RouteTable([DOCUMENT_ROUTES, ...served.map(({ protocol }) => protocol)]);
  const handlers = new Map(served.flatMap((one) => Object.entries<Handler>(one.handlers)));
  const app = new Hono<BackendEnv>().basePath(basePath || '/');

  // Before the authentication: the document says nothing that is not public.
  app.get('/openapi.json', async () => {
    const { openApiDocument } = await import('./http/openapi.ts');
    const parts = await Promise.all(served.map(({ protocol }) => protocol.openapi()));
    return Response.json(openApiDocument(parts, basePath), {
      headers: { 'Content-Type': 'application/vnd.oai.openapi+json;version=3.1' },
    });
  });
  app.use(async (c, next) => {
    const caller = c.env.caller ?? (await authenticate(c.req.raw));
    if (!caller) return unauthenticated();
    c.set('caller', caller);
    return next();
  });
  for (const { path, endpoints } of table.routes) {
    for (const [method, { key }] of endpoints) {
      const handler = handlers.get(key);
      if (handler) app.on(method, key.slice(key.indexOf('/')), (c) => handler(callOf(c)));
    }
    app.all(path, (c) => notAllowed(c.req.method, endpoints));
  }
  const notFound = (path: string) => {
    const message = `There is nothing at ${boundText(path, 200)}; ${basePath}/openapi.json lists every path`;
    return problemResponse({ code: 'not-found', message });
  };
  app.notFound((c) => notFound(c.req.path));
  app.onError((error, c) => {
    if (isTaskRefusal(error) && error.error.code !== 'internal') return problemResponse(error.error);
    if (c.env.onError) c.env.onError(error);
    else options.onError?.(error, c.req.raw);
    const outage = options.outageOf?.(error);
    if (outage) return problemResponse(outage.error);
    const message = isTaskRefusal(error) ? error.error.message : 'Something went wrong on the server';
    return problemResponse({ code: 'internal', message });
  });
  const find = (url: string): Route | undefined => {
    const { pathname } = new URL(url);
    return pathname.startsWith(basePath) ? table.find(pathname.slice(basePath.length)) : undefined;
  };
  return {
    async fetch(request, context) {
      // The router looks methods up by name in a plain object, and fails on '__proto__'.
      if (/^[A-Z-]+$/.test(request.method)) return app.fetch(request, context ?? {});
      const route = find(request.url);
      return route ? notAllowed(request.method, route.endpoints) : notFound(new URL(request.url).pathname);
    },
    routeOf({ method, url }) {
      const route = find(url);
      if (!route) return undefined;
      const { startsTask, events } = endpointOf(route, method) ?? {};
      return { path: route.path, ...(startsTask && { startsTask }), ...(events && { events }) };
    },
  };
}

/** The route that the backend answers itself. */
const DOCUMENT_ROUTES = { name: 'openapi', routes: { 'GET /openapi.json': {} } };

function callOf(c: Context<BackendEnv>): Parameters<Handler>[0] {
  return {
    request: c.req.raw,
    caller: c.var.caller,
    context: c.env,
    param(name) {
      const value: string | undefined = c.req.param(name);
      if (value === undefined) throw new TypeError(`The path ${c.req.routePath} has no parameter "${name}"`);
      return value;
    },
  };
}

function notAllowed(method: string, endpoints: Route['endpoints']): Response {
  const methods = [...endpoints.keys()];
  const message = `${boundText(method, 20)} is not allowed here; use ${methods.join(' or ')}`;
  return problemResponse({ code: 'method-not-allowed', message }, { Allow: methods.join(', ') });
}
