import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { createBackend } from '../backend/app.ts';
import { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../backend/network/MemoryStore.ts';
import { defineTask } from '../backend/tasks/defineTask.ts';
import { createServerApp } from '../server/src/http/createServerApp.ts';
import { startServer } from '../server/src/http/nodeServer.ts';

/** A child process of sseFanOut.ts. It serves one task's stream, by our server or by a bare node:http writer. */

// When the bench is killed, this process ends too.
process.once('disconnect', () => process.exit());

const EVERY_MS = 100;
const [, , mode, eventCount] = process.argv;
const events = Number(eventCount);

const begin = new Promise<void>((resolve) => {
  process.on('message', (message) => {
    if (message === 'begin') resolve();
    if (message === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send?.({ rss: process.memoryUsage.rss(), processorMicroseconds: user + system });
    }
  });
});

/** Calls `send` every 100 ms with the time of the call, in ms since 1970. */
async function tick(send: (n: number, time: string) => unknown): Promise<void> {
  const start = performance.now();
  for (let n = 1; n <= events; n++) {
    const wait = start + n * EVERY_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await send(n, (performance.timeOrigin + performance.now()).toFixed(3));
  }
}

async function serveOurs(): Promise<string> {
  const ticker = defineTask({
    name: 'ticker',
    params: z.strictObject({}),
    async execute(_, { progress }) {
      await begin;
      await tick((done, message) => progress({ percent: done, step: 1, message, done, total: events }));
    },
  });
  const store = new MemoryStore({
    town: {
      addresses: { type: 'FeatureCollection', features: [] },
      poles: { type: 'FeatureCollection', features: [] },
      designs: [],
    },
  });
  const engine = new EmbeddedEngine({ definitions: [ticker], store });
  const caller = { owner: 'bench' };
  const many = 100_000;
  const app = createServerApp({
    backend: createBackend({ engine, store }),
    authenticate: () => caller,
    limits: { requestsPerSecond: many, streamsPerOwner: many },
    cors: { origins: [] },
    ready: async () => ({}),
    logger: { info() {}, warn: console.warn, error: console.error },
  });
  const { url } = await startServer({ fetch: app.fetch, port: 0 });
  const { task } = await engine.enqueue({ name: 'ticker', params: {} }, caller);
  return `${url}/tasks/${task.id}/events`;
}

async function serveBare(): Promise<string> {
  const responses = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    responses.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const head = { taskId: '0123456789abcdef0123456789abcdef', attempt: 1, type: 'progress' };
  const sendAll = (text: string) => {
    const bytes = Buffer.from(text);
    for (const response of responses) response.write(bytes);
  };
  void begin
    .then(() =>
      tick((done, message) => {
        const progress = { percent: done, step: 1, message, done, total: events };
        const event = { ...head, seq: done + 2, at: new Date().toISOString(), progress };
        sendAll(`event: progress\nid: ${done + 2}\ndata: ${JSON.stringify(event)}\n\n`);
      }),
    )
    .then(() => {
      sendAll(`event: succeeded\nid: ${events + 3}\ndata: {}\n\n`);
      for (const response of responses) response.end();
    });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

process.send?.({ url: await (mode === 'bare' ? serveBare() : serveOurs()) });
