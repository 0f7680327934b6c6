// The parts that the servers of sseFanOut.ts and watch.ts share. Each of those is a child process of its bench.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBackend } from '../backend/app.ts';
import type { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../backend/network/MemoryStore.ts';
import { createServerApp } from '../server/src/http/createServerApp.ts';
import { startServer } from '../server/src/http/nodeServer.ts';

// When the bench is killed, this process ends too.
process.once('disconnect', () => process.exit());

/** The owner of all tasks. */
export const CALLER = { owner: 'bench' };

/** The bench has its clients connected. The process also answers the bench's questions about its own use of the machine. */
export const begin = new Promise<void>((resolve) => {
  process.on('message', (message) => {
    if (message === 'begin') resolve();
    if (message === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send?.({ rss: process.memoryUsage.rss(), processorMicroseconds: user + system });
    }
  });
});

/** Calls `send` so often, at this interval, with the time of the call, in ms since 1970. */
export async function tick(
  { count, everyMs }: { count: number; everyMs: number },
  send: (n: number, time: string) => unknown,
): Promise<void> {
  const start = performance.now();
  for (let n = 1; n <= count; n++) {
    const wait = start + n * everyMs - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await send(n, (performance.timeOrigin + performance.now()).toFixed(3));
  }
}

/** A network with nothing in it. */
export function emptyStore(): MemoryStore {
  return new MemoryStore({
    town: {
      addresses: { type: 'FeatureCollection', features: [] },
      poles: { type: 'FeatureCollection', features: [] },
      designs: [],
    },
  });
}

/** Serves the engine as lrt-server does, without limits. Resolves with the address. */
export async function serveEngine(engine: EmbeddedEngine, store: MemoryStore): Promise<string> {
  const many = 100_000;
  const app = createServerApp({
    backend: createBackend({ engine, store }),
    authenticate: () => CALLER,
    limits: { requestsPerSecond: many, streamsPerOwner: many },
    cors: { origins: [] },
    ready: async () => ({}),
    logger: { info() {}, warn: console.warn, error: console.error },
  });
  return (await startServer({ fetch: app.fetch, port: 0 })).url;
}

/** A bare node:http server of event streams. It keeps every response, for the caller to write into. */
export async function serveBareStreams(): Promise<{ url: string; responses: Set<ServerResponse> }> {
  const responses = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    responses.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, responses };
}
