import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { setTimeout as pause, setImmediate as roundOfLoop } from 'node:timers/promises';
import { getRequestListener, RequestError } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { eventStreamOf } from '../../../backend/http/eventStreamResponse.ts';
import { problemResponse } from '../../../backend/http/problem.ts';
import { answerClientErrors } from './clientErrors.ts';
import { StreamScheduler } from './StreamScheduler.ts';
import { acceptWebSockets, type WebSockets, wantsWebSocket } from './webSockets.ts';
import { writeEvents } from './writeEvents.ts';

const HEADERS_SECONDS = 10;
/** A request has to arrive within this time, from its first byte to its last. Its answer has no such bound. */
const REQUEST_SECONDS = 30;
/** Proxies keep an idle connection for a shorter time. So the proxy closes it, and no request meets the end. */
const KEEP_ALIVE_SECONDS = 65;
/**
 * A connection is closed when the other end takes nothing, or sends nothing, for this long. Streams send a comment
 * every 15 s, so nobody reads a stream that stands still for longer. Until then the server keeps at most two
 * high-water marks and one batch of events for a reader.
 */
const STALLED_SECONDS = 60;
const MAX_HEADER_BYTES = 16_384;
/** `shouldUpgradeCallback` came with Node 24.9. */
const [MAJOR = 0, MINOR = 0] = process.versions.node.split('.').map(Number);
const LEAVES_OTHER_UPGRADES = MAJOR > 24 || (MAJOR === 24 && MINOR >= 9);
const MAX_CONNECTIONS = 10_000;

export interface RunningServer {
  /** 'http://127.0.0.1:PORT', without a slash at the end. */
  url: string;
  /**
   * Calls `onDrain`, and answers for `noticeSeconds` (default 0) as before, in which proxies and load balancers notice: each
   * answer closes its connection. Then it takes no more connections, lets requests that have begun finish for `drainSeconds`
   * (default 0), and cuts what is still open. A second call may cut it short.
   */
  close(options?: { drainSeconds?: number; noticeSeconds?: number }): Promise<void>;
}

export interface ServerOptions {
  /**
   * `peerAddress`: the other end of the connection, which is a proxy where there is one. With `webSocket` the client asks
   * for a WebSocket, and gets one where the response is a `socketResponse`.
   */
  fetch(
    request: Request,
    peerAddress?: string,
    options?: { webSocket: boolean },
  ): Response | Promise<Response>;
  port: number;
  /** Default: loopback. */
  hostname?: string;
  /**
   * '' or a path such as '/gis/lrt' with which the path of each request begins when `fetch` gets it. A proxy may leave this
   * path in, or strip it.
   */
  basePath?: string;
  /**
   * Takes WebSockets. Default: true from Node 24.9 on. A server on an older Node that takes them refuses every request with
   * another `Upgrade`, such as the `h2c` of Java's HttpClient and of `curl --http2`, which it answers as usual otherwise.
   */
  webSockets?: boolean;
  /** Receives each error that is answered as 500 because `fetch` rejected. */
  onError?(error: unknown): void;
  /** The host ends its event streams now, because they would never end by themselves. */
  onDrain?(): void;
  /** Shorter times and lower bounds, for tests. */
  bounds?: {
    stalledSeconds?: number;
    headersSeconds?: number;
    requestSeconds?: number;
    connections?: number;
    pingSeconds?: number;
  };
}

/**
 * Serves a fetch function over HTTP. Port 0 takes any free one. Rejects if the port is taken. Requests that Node
 * itself refuses are answered as problem+json too.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port, hostname = '127.0.0.1' } = options;
  let draining = false;
  let takesConnections = true;
  /** A client that kept its connection goes to another server with its next request. */
  const closeAfter = (outgoing: ServerResponse) => outgoing.setHeader('Connection', 'close');
  const listener = listenerOf(options, (outgoing) => {
    // Once the server takes no connections, what a client has sent without waiting for this answer is answered as well.
    if (draining && takesConnections) closeAfter(outgoing);
  });
  const { basePath = '' } = options;
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    incoming.url = withBasePath(incoming.url ?? '/', basePath);
    if (draining) closeAfter(outgoing);
    outgoing.once('close', () => {
      // The head of this answer said that the connection is kept, when that was still so.
      if (!takesConnections) setImmediate(() => server.closeIdleConnections());
    });
    void listener(incoming, outgoing);
  };
  const headersSeconds = options.bounds?.headersSeconds ?? HEADERS_SECONDS;
  const server = createServer({
    headersTimeout: headersSeconds * 1_000,
    requestTimeout: (options.bounds?.requestSeconds ?? REQUEST_SECONDS) * 1_000,
    connectionsCheckingInterval: (headersSeconds * 1_000) / 4,
    keepAliveTimeout: KEEP_ALIVE_SECONDS * 1_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The listener refuses such a request with a problem. Node would refuse it without a body.
    requireHostHeader: false,
    shouldUpgradeCallback: wantsWebSocket,
  });
  server.timeout = (options.bounds?.stalledSeconds ?? STALLED_SECONDS) * 1_000;
  server.maxConnections = options.bounds?.connections ?? MAX_CONNECTIONS;
  server.on('request', onRequest);
  // An expectation that we do not know is no reason to refuse.
  server.on('checkExpectation', onRequest);
  answerClientErrors(server);
  const sockets = (options.webSockets ?? LEAVES_OTHER_UPGRADES) ? takeWebSockets(server, options) : undefined;
  await listen(server, port, hostname);

  let closed: Promise<void> | undefined;
  return {
    url: urlOf(server, hostname),
    async close({ drainSeconds = 0, noticeSeconds = 0 } = {}) {
      draining = true;
      options.onDrain?.();
      if (noticeSeconds > 0) {
        // A proxy ends its idle connections meanwhile, or uses them once more. Ended from here, they could meet a request.
        await pause(noticeSeconds * 1_000, undefined, { ref: false });
        // The system refuses a connection that it has taken and that Node has not. Node takes those that wait in each
        // round of the event loop, so none waits right after a round.
        await roundOfLoop();
      }
      takesConnections = false;
      closed ??= new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
      // Connections that nobody uses do not hold the server open.
      server.closeIdleConnections();
      const cutAll = () => {
        server.closeAllConnections();
        sockets?.terminate();
      };
      if (drainSeconds === 0) cutAll();
      const timer = setTimeout(cutAll, drainSeconds * 1_000);
      return closed.finally(() => clearTimeout(timer));
    },
  };
}

/** The request's target with a path that begins with the base path: '/tasks' or 'http://host/tasks'. */
function withBasePath(target: string, basePath: string): string {
  if (basePath === '') return target;
  const [, origin = '', path = ''] = /^(https?:\/\/[^/?#]*)?(.*)$/i.exec(target) ?? [];
  const isBelow = path.startsWith(basePath) && /^($|[/?])/.test(path.slice(basePath.length));
  return isBelow || !path.startsWith('/') ? target : origin + basePath + path;
}

function takeWebSockets(
  server: Server,
  { basePath = '', fetch, onError, bounds }: ServerOptions,
): WebSockets {
  server.prependListener('upgrade', (incoming: IncomingMessage) => {
    incoming.url = withBasePath(incoming.url ?? '/', basePath);
  });
  return acceptWebSockets(server, {
    answer: async (request, peerAddress) => fetch(request, peerAddress, { webSocket: true }),
    onError,
    stalledSeconds: bounds?.stalledSeconds ?? STALLED_SECONDS,
    pingSeconds: bounds?.pingSeconds,
  });
}

/** `beforeAnswer` is called with each answer whose head is about to be sent. */
function listenerOf(
  { fetch, hostname, onError }: ServerOptions,
  beforeAnswer: (outgoing: ServerResponse) => void,
) {
  const scheduler = new StreamScheduler();
  return getRequestListener(
    async (request, { incoming, outgoing }) => {
      if (incoming.httpVersion === '1.1' && !incoming.headers.host) {
        return badRequest('A request of HTTP/1.1 must have a Host header');
      }
      const response = await fetch(request, incoming.socket.remoteAddress);
      const events = eventStreamOf(response.body);
      if (!(outgoing instanceof ServerResponse)) return response;
      if (!outgoing.headersSent) beforeAnswer(outgoing);
      if (!events) return response;
      writeEvents(events, response, outgoing, scheduler);
      return RESPONSE_ALREADY_SENT;
    },
    {
      // For HTTP/1.0, which has no Host.
      hostname: hostname ?? 'localhost',
      errorHandler(error) {
        if (error instanceof RequestError) return badRequest(`The request is not valid: ${error.message}`);
        onError?.(error);
        return problemResponse({ code: 'internal', message: 'Something went wrong on the server' });
      },
    },
  );
}

function badRequest(message: string): Response {
  return problemResponse({ code: 'invalid-request', message });
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, hostname: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}
