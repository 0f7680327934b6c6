import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault = 'socket reset' | 'clean EOF' | 'duplicate replay';

const EVENT_COUNT = 600;
const INTERVAL_MS = 10;
const CUT_EVERY_MS = 750;
/** In 'duplicate replay' the server sends this many events again before it continues. */
const REPLAYED = 20;

function frame(seq: number): string {
  const last = seq > EVENT_COUNT;
  const event = {
    taskId: 't1',
    seq,
    at: new Date().toISOString(),
    attempt: 1,
    ...(last
      ? { type: 'succeeded', result: null }
      : {
          type: 'progress',
          progress: { percent: seq / 6, step: 4, message: `${seq} / 600`, done: seq, total: 600 },
        }),
  };
  return `event: ${event.type}\nid: ${seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

/**
 * Serves 600 progress events at 100 Hz and a terminal one, on one timeline for each client name. It cuts every
 * connection after 750 ms. A client that reconnects continues after its Last-Event-ID (or `?after=`).
 */
export async function startFaultyEventServer(fault: Fault) {
  const startedAt = new Map<string, number>();

  function serve(client: string, cursor: number, response: ServerResponse): void {
    const start = startedAt.get(client) ?? performance.now();
    startedAt.set(client, start);
    let next = Math.max(1, cursor + 1 - (fault === 'duplicate replay' ? REPLAYED : 0));
    const pump = () => {
      const due = Math.min(EVENT_COUNT + 1, Math.floor((performance.now() - start) / INTERVAL_MS));
      let text = '';
      while (next <= due) text += frame(next++);
      if (text) response.write(text);
      if (next > EVENT_COUNT + 1) response.end();
    };
    const pumpTimer = setInterval(pump, INTERVAL_MS);
    const cutTimer = setTimeout(() => {
      if (fault === 'clean EOF') response.end();
      else response.destroy();
    }, CUT_EVERY_MS);
    response.on('close', () => {
      clearInterval(pumpTimer);
      clearTimeout(cutTimer);
    });
    pump();
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!/\/(events|stream)$/.test(url.pathname)) {
      // LangGraph's client asks whether a run goes on before it comes back to its stream.
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"running"}');
      return;
    }
    const cursor = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0);
    const [, client = '', ...path] = url.pathname.split('/');
    // LangGraph's client comes back only where the server names the place.
    const location = `/${path.join('/')}`;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', location });
    response.flushHeaders();
    serve(client, Number.isFinite(cursor) ? cursor : 0, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    eventCount: EVENT_COUNT,
    /** A client's own timeline starts with its first connection. */
    baseUrl: (client: string) => `http://127.0.0.1:${port}/${client}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
