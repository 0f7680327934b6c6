/** Measures how soon event stream clients are connected again on a line that goes away every few seconds. */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { main, median, type Row } from './row.ts';
import { OURS, openClients } from './streamClients.ts';

/** The field's line was up for 20 s. A client whose pauses grow shows it on this one as well, in less time. */
const UP_MS = 4_000;
const DOWN_MS = 500;
const TIMES = 10;
const EVENT_MS = 100;

/** A line that answers all clients, and that can be cut: then it refuses connections. */
async function openLine() {
  /** The time at which each client connected last. */
  const connectedAt = new Map<string, number>();
  let seq = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!/\/(events|stream)$/.test(url.pathname)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"running"}');
      return;
    }
    const [, client = '', ...path] = url.pathname.split('/');
    const location = `/${path.join('/')}`;
    response.writeHead(200, { 'content-type': 'text/event-stream', location });
    connectedAt.set(client, performance.now());
    const timer = setInterval(() => sendProgress(response), EVENT_MS);
    response.on('close', () => clearInterval(timer));
  });
  function sendProgress(response: ServerResponse): void {
    seq += 1;
    const progress = { percent: null, step: 0, message: '', done: seq, total: null };
    const event = { taskId: 't1', seq, at: new Date().toISOString(), attempt: 1, type: 'progress', progress };
    response.write(`event: progress\nid: ${seq}\ndata: ${JSON.stringify(event)}\n\n`);
  }
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    connectedAt,
    baseUrl: (client: string) => `http://127.0.0.1:${port}/${encodeURIComponent(client)}`,
    cut() {
      server.close();
      server.closeAllConnections();
    },
    mend: () => listen(port),
  };
}

export async function run(): Promise<Row[]> {
  const clients = await openClients();
  const line = await openLine();
  const stopped = new AbortController();
  const names = Object.keys(clients);
  const following = Object.entries(clients).map(([name, client]) =>
    client(line.baseUrl(name), () => {}, stopped.signal).catch(() => {}),
  );
  const waits = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let time = 0; time < TIMES; time += 1) {
    await delay(UP_MS);
    line.cut();
    await delay(DOWN_MS);
    await line.mend();
    const mended = performance.now();
    // Those that are not back when the line goes away again have waited at least so long.
    await delay(UP_MS);
    for (const name of names) {
      const at = line.connectedAt.get(encodeURIComponent(name)) ?? 0;
      waits.get(name)?.push(at > mended ? at - mended : UP_MS);
    }
  }
  line.cut();
  stopped.abort();
  await Promise.all(following);
  return names.flatMap((name) => {
    const measured = waits.get(name) ?? [];
    return [
      { name: `${name}, until it is connected again, median`, measured: median(measured), unit: 'ms' },
      {
        name: `${name}, longest`,
        measured: Math.max(...measured),
        unit: 'ms',
        ...(name === OURS ? { max: 2_000 } : {}),
      },
    ];
  });
}

if (import.meta.main) await main(run);
