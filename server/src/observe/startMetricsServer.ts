import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './createMetrics.ts';

export interface MetricsServerOptions {
  /** 0 takes any free port. */
  port: number;
  /**
   * Anyone who reaches this address reads the figures, because it asks for no credentials. Use loopback, or a network
   * of operators.
   */
  host: string;
  metrics: Metrics;
  /** Names what the process needs and cannot reach. An empty list means ready. */
  ready(): Promise<string[]> | string[];
}

export interface MetricsServer {
  /** http://127.0.0.1:9464 */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves /metrics, /healthz and /readyz on a port of their own, so that the port for users has no figures to guard.
 * Rejects if the port is taken.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { port, host } = options;
  const server = createServer({ maxHeaderSize: 8_192, requestTimeout: 10_000, headersTimeout: 5_000 });
  server.maxConnections = 50;
  server.on('request', (request, response) => {
    answer(request, options).then(
      (found) => send(request, response, found),
      (error: unknown) => {
        options.metrics.observer.problem(`${request.url} on the metrics port failed`, error);
        send(request, response, { status: 500, body: 'Something went wrong; the log says what\n' });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Error(`Metrics cannot be served on ${host}:${port}: ${cause.message}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const { address, port: actual, family } = addressOf(server.address());
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  status: number;
  body: string;
  contentType?: string;
}

async function answer(request: IncomingMessage, { metrics, ready }: MetricsServerOptions): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, body: 'Use GET\n' };
  }
  switch (request.url?.split('?', 1)[0]) {
    case '/metrics':
      return { status: 200, ...(await metrics.render()) };
    case '/healthz':
      return { status: 200, body: 'ok\n' };
    case '/readyz': {
      const missing = await ready();
      return missing.length === 0
        ? { status: 200, body: 'ready\n' }
        : { status: 503, body: `not ready: ${missing.join('; ')}\n` };
    }
    default:
      return { status: 404, body: 'There are /metrics, /healthz and /readyz\n' };
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, contentType }: Answer,
): void {
  response.writeHead(status, {
    'Content-Type': contentType ?? 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 && { Allow: 'GET, HEAD' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  return address;
}
