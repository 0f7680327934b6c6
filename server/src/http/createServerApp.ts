import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import type { Backend } from '../../../backend/app.ts';
import { isTaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { BackendContext } from '../../../backend/http/context.ts';
import { problemResponse, unauthenticated } from '../../../backend/http/problem.ts';
import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import type { Authenticate } from '../auth/Authenticate.ts';
import { unavailableFor } from '../common/errorKind.ts';
import { clientAddress, type ForwardedOptions, limitKeyOf } from './clientAddress.ts';
import { OpenStreams } from './OpenStreams.ts';
import { createRateLimits, type RateLimitOptions } from './rateLimits.ts';
import { readiness, shuttingDown } from './readiness.ts';

/** The server writes its log into this; pino is one. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** One request that was answered; of a stream: whose answer has begun. */
export interface Answered {
  method: string;
  /** '/tasks/:id', never what the caller sent; 'other' where there is no such route. */
  route: string;
  status: number;
  seconds: number;
}

export interface ServerAppOptions {
  backend: Backend;
  /** '' or a path such as '/gis/lrt' with which every path begins: that of the backend, too. */
  basePath?: string;
  authenticate: Authenticate;
  /** The proxies that are believed when they name the client. Default: none. */
  forwarded?: ForwardedOptions;
  /** `streamsPerOwner`: on this server. The rest: see RateLimitOptions. */
  limits: { streamsPerOwner: number } & RateLimitOptions;
  /** Pages of these origins may use the server: 'https://gis.example'. */
  cors: { origins: readonly string[] };
  /** By dependency: can it be used now? Asked by /readyz. */
  ready(): Promise<Record<string, boolean>>;
  metrics?: {
    /** The body of /metrics, for admins. */
    render(): Promise<{ contentType: string; body: string }>;
    answered?(answered: Answered): void;
  };
  /** Mounted at /admin, for admins. It gets the whole path. */
  admin?: { fetch(request: Request): Response | Promise<Response> };
  /** Around each request that the backend answers: for traces. */
  trace?(request: Request, route: string, answer: () => Promise<Response>): Promise<Response>;
  logger: Logger;
}

export interface ServerApp {
  /** With `webSocket` the host makes a WebSocket of a `socketResponse`. */
  fetch(request: Request, peerAddress?: string, options?: { webSocket: boolean }): Promise<Response>;
  /** Event streams and WebSockets that are open now. */
  readonly streamsOpen: number;
  /**
   * Not ready from now on, and every event stream ends, so that clients go to another server. A stream that is opened
   * here meanwhile is refused, 503, which leads a proxy there as well.
   */
  drain(): void;
  /** Lets go of Redis. */
  close(): Promise<void>;
}

interface Env {
  /** `peerAddress`: the other end of the connection. `clientAddress`: the client, behind trusted proxies. */
  Bindings: { peerAddress: string | undefined; clientAddress: string | undefined; webSocket: boolean };
  Variables: { requestId: string; caller: Caller };
}

const PROBES = ['/healthz', '/readyz'];

/** Puts around the backend what a server needs: authentication, rate limits, CORS, and the pages of the operator. */
export function createServerApp(options: ServerAppOptions): ServerApp {
  const { backend, basePath = '', authenticate, forwarded, logger, metrics, admin, trace } = options;
  const rateLimits = createRateLimits(options.limits, (error) =>
    logger.warn({ err: error }, 'Redis is away: rate limits hold for this server alone'),
  );
  const streams = new OpenStreams(options.limits.streamsPerOwner);
  const labelOf = (request: Request) => backend.routeOf(request)?.path ?? 'other';
  let draining = false;
  const app = new Hono<Env>().basePath(basePath || '/');

  app.use(requestId({ limitLength: 100 }));
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    c.res.headers.set('X-Request-Id', c.var.requestId);
    const { method } = c.req;
    const path = c.req.path.slice(basePath.length);
    if (PROBES.includes(path)) return;
    const { status } = c.res;
    const seconds = (performance.now() - start) / 1_000;
    const own = path === '/metrics' ? path : path.startsWith('/admin/') ? '/admin' : undefined;
    metrics?.answered?.({ method, route: own ?? labelOf(c.req.raw), status, seconds });
    const fields = {
      requestId: c.var.requestId,
      method,
      // Without the query, in which somebody may have put a secret.
      path: path.slice(0, 200),
      status,
      milliseconds: Math.round(seconds * 1_000),
      owner: (c.var.caller as Caller | undefined)?.owner,
      client: c.env.clientAddress,
      peer: c.env.peerAddress,
    };
    logger[status >= 500 ? 'error' : 'info'](fields, 'request');
  });
  // bull-board's page sends its own policy.
  app.use(secureHeaders(HEADERS));
  if (options.cors.origins.length > 0) app.use(cors({ ...CORS, origin: [...exact(options.cors.origins)] }));
  // No CORS applies to a WebSocket: a page of any origin may open one, and its browser sends what signs the user in.
  app.use(async (c, next) => {
    if (c.env.webSocket && !mayConnect(c.req.raw, options.cors.origins)) {
      const message =
        'Pages of this origin may not use the server; its operator names those that may: --allow-origin';
      return problemResponse({ code: 'forbidden', message });
    }
    return next();
  });

  app.get('/healthz', () => Response.json({ status: 'ok' }, NOT_STORED));
  app.get('/readyz', () => readiness(draining, options.ready));
  /** Counts a request that nobody signed. */
  const countUnknown = ({ clientAddress: address }: Env['Bindings']) =>
    address === undefined ? undefined : rateLimits.takeUnknown(limitKeyOf(address));
  app.get('/openapi.json', async (c) => {
    await countUnknown(c.env);
    return backend.fetch(c.req.raw);
  });
  app.use(async (c, next) => {
    let caller: Caller | undefined;
    try {
      caller = await authenticate(c.req.raw, c.env.peerAddress);
    } catch (error) {
      if (isTaskRefusal(error) && error.error.code === 'unauthorized') await countUnknown(c.env);
      throw error;
    }
    if (!caller) {
      await countUnknown(c.env);
      return unauthenticated();
    }
    c.set('caller', caller);
    await rateLimits.take(caller.owner, backend.routeOf(c.req.raw)?.startsTask === true);
    return next();
  });
  for (const path of ['/metrics', '/admin/*'])
    app.use(path, async (c, next) => adminsOnly(c.var.caller) ?? next());
  if (metrics) {
    app.get('/metrics', async () => {
      const { contentType, body } = await metrics.render();
      return new Response(body, { headers: { 'Content-Type': contentType, ...NOT_STORED.headers } });
    });
  }
  if (admin) app.all('/admin/*', (c) => admin.fetch(c.req.raw));
  // A function of its own: a stream keeps the context for hours, and must not keep all else that its request made.
  const contextOf = ({ caller, requestId }: Env['Variables'], webSocket: boolean): BackendContext => ({
    caller,
    webSocket,
    onError: (error) => logger.error({ requestId, err: error }, 'A request failed'),
    onStream(end, advice) {
      if (draining) throw shuttingDown();
      return streams.open(caller.owner, end, advice);
    },
  });
  app.all('*', (c) => {
    const context = contextOf(c.var, c.env.webSocket);
    const answer = () => backend.fetch(c.req.raw, context);
    return trace ? trace(c.req.raw, labelOf(c.req.raw), answer) : answer();
  });
  app.notFound(() =>
    problemResponse({ code: 'not-found', message: `The paths of this server begin with ${basePath}/` }),
  );
  app.onError((error, c) => {
    if (isTaskRefusal(error)) return problemResponse(error.error);
    logger.error({ requestId: c.var.requestId, err: error }, 'A request failed');
    const outage = unavailableFor(error);
    if (outage) return problemResponse(outage.error);
    return problemResponse({ code: 'internal', message: 'Something went wrong on the server' });
  });

  return {
    async fetch(request, peerAddress, { webSocket } = { webSocket: false }) {
      const client = forwarded ? clientAddress(request.headers, peerAddress, forwarded) : peerAddress;
      return app.fetch(request, { peerAddress, clientAddress: client, webSocket });
    },
    get streamsOpen() {
      return streams.size;
    },
    drain() {
      draining = true;
      streams.endAll();
    },
    close: () => rateLimits.close(),
  };
}

const NOT_STORED = { headers: { 'Cache-Control': 'no-store' } };

/** For answers that are data and no pages. TLS, and with it Strict-Transport-Security, is the proxy's. */
const HEADERS = {
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  overwrite: false,
};

const CORS = {
  allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'Last-Event-ID',
    'X-Request-Id',
    'traceparent',
  ],
  exposeHeaders: ['ETag', 'Location', 'Retry-After', 'X-Request-Id', 'WWW-Authenticate'],
  maxAge: 600,
  credentials: false,
};

function exact(origins: readonly string[]): readonly string[] {
  for (const origin of origins) {
    if (URL.parse(origin)?.origin !== origin) {
      throw new TypeError(
        `createServerApp: "cors.origins" must be origins such as https://gis.example, not ${JSON.stringify(origin)}`,
      );
    }
  }
  return origins;
}

/** True where no browser sends the request, or a page of this server or of an allowed origin does. */
function mayConnect(request: Request, origins: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin === null || origins.includes(origin)) return true;
  // A proxy may have taken TLS away, so the scheme says nothing here.
  return URL.parse(origin)?.host === request.headers.get('host');
}

function adminsOnly({ admin }: Caller): Response | undefined {
  if (admin) return undefined;
  return problemResponse({ code: 'forbidden', message: 'This is for administrators only' });
}
