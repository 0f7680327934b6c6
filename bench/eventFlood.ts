import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

// This worker writes `count` progress events of about 200 bytes as fast as the reader takes them, then the terminal
// one: below /singles one in a write, elsewhere a hundred.
const { count } = workerData as { count: number };
const EVENTS_PER_WRITE = 100;

function frame(seq: number): string {
  const event =
    seq > count
      ? { taskId: 't1', seq, at: '2026-01-01T00:00:00Z', attempt: 1, type: 'succeeded', result: null }
      : {
          taskId: 't1',
          seq,
          at: '2026-01-01T00:00:00Z',
          attempt: 1,
          type: 'progress',
          progress: { percent: 50, step: 4, message: `${seq} addresses connected`, done: seq, total: count },
        };
  return `event: ${event.type}\nid: ${seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

function chunksOf(eventsPerWrite: number): string[] {
  const chunks: string[] = [];
  for (let seq = 1; seq <= count + 1; seq += eventsPerWrite) {
    let text = '';
    for (let next = seq; next < seq + eventsPerWrite && next <= count + 1; next += 1) text += frame(next);
    chunks.push(text);
  }
  return chunks;
}

const bursts = chunksOf(EVENTS_PER_WRITE);
const singles = chunksOf(1);

const server = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of request.url?.startsWith('/singles') ? singles : bursts) {
    if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
