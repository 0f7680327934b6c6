import { createAdaptorServer } from '@hono/node-server';

export interface RunningServer {
  /** 'http://127.0.0.1:PORT', without a slash at the end. */
  url: string;
  /** Takes no more connections and cuts those that are open: event streams would never end by themselves. */
  close(): Promise<void>;
}

/**
 * Serves a fetch function over HTTP. Port 0: any free one. Loopback unless told otherwise. Rejects where the port is
 * taken.
 */
export async function startServer(options: {
  fetch(request: Request): Response | Promise<Response>;
  port: number;
  hostname?: string;
}): Promise<RunningServer> {
  const { fetch, port, hostname = '127.0.0.1' } = options;
  const server = createAdaptorServer({ fetch, hostname });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return {
    url: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
