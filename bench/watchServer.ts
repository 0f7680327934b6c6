import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { createBackend } from '../backend/app.ts';
import { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../backend/network/MemoryStore.ts';
import { defineTask } from '../backend/tasks/defineTask.ts';
import { createServerApp } from '../server/src/http/createServerApp.ts';
import { startServer } from '../server/src/http/nodeServer.ts';

/**
 * A child process of watch.ts: ten tasks that change a hundred times a second each. It serves a watch of all tasks, by our
 * server or by a bare node:http writer. The writer sends the newest state of each task that changed, every 40 ms, as our server
 * does, and knows neither filters nor cursors.
 */

// When the bench is killed, this process ends too.
process.once('disconnect', () => process.exit());

const TASKS = 10;
const EVERY_MS = 10;
const SENT_EVERY_MS = 40;
const [, , mode, given] = process.argv;
const ticks = (Number(given) * 1_000) / EVERY_MS;
const LAST = 'the last one';

const begin = new Promise<void>((resolve) => {
  process.on('message', (message) => {
    if (message === 'begin') resolve();
    if (message === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send?.({ rss: process.memoryUsage.rss(), processorMicroseconds: user + system });
    }
  });
});

/** Calls `send` every 10 ms with the time of the call, in ms since 1970. */
async function tick(send: (n: number, message: string) => unknown): Promise<void> {
  const start = performance.now();
  for (let n = 1; n <= ticks; n++) {
    const wait = start + n * EVERY_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const time = (performance.timeOrigin + performance.now()).toFixed(3);
    await send(n, n === ticks ? `${time} ${LAST}` : time);
  }
}

/** The watchers get what is on its way. */
function report(changes: number): void {
  setTimeout(() => process.send?.({ changes }), 1_000);
}

async function serveOurs(): Promise<string> {
  let changes = 0;
  const ticker = defineTask({
    name: 'ticker',
    params: z.strictObject({}),
    async execute(_, { progress, signal }) {
      await begin;
      await tick((done, message) => {
        changes += 1;
        return progress({ percent: 50, step: 1, message, done, total: ticks });
      });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  });
  const store = new MemoryStore({
    town: {
      addresses: { type: 'FeatureCollection', features: [] },
      poles: { type: 'FeatureCollection', features: [] },
      designs: [],
    },
  });
  const engine = new EmbeddedEngine({
    definitions: [ticker],
    store,
    queues: { default: { concurrency: TASKS } },
    progressIntervalMs: 1,
  });
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
  for (let n = 0; n < TASKS; n++) await engine.enqueue({ name: 'ticker', params: {} }, caller);
  void begin.then(() => setTimeout(() => report(changes), ticks * EVERY_MS + 500));
  return `${url}/tasks/events`;
}

async function serveBare(): Promise<string> {
  const responses = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    responses.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const changed = new Map<number, string>();
  let changes = 0;
  const state = (n: number, done: number, message: string) => {
    const progress = { percent: 50, step: 1, message, done, total: ticks };
    const id = `0123456789abcdef0123456789abcde${n}`;
    const task = { id, name: 'ticker', queue: 'default', status: 'running', progress, params: {} };
    const rest = { owner: 'bench', tags: [], createdAt: new Date().toISOString(), attempt: 1, seq: done };
    const cursor = `0123456789abcdef0123456789abcdef-${changes.toString(36)}`;
    return `event: task\ndata: ${JSON.stringify({ cursor, type: 'task', task: { ...task, ...rest } })}\n\n`;
  };
  void begin.then(async () => {
    const sending = setInterval(() => {
      const bytes = Buffer.from([...changed.values()].join(''));
      changed.clear();
      if (bytes.length > 0) for (const response of responses) response.write(bytes);
    }, SENT_EVERY_MS);
    const all = Array.from({ length: TASKS }, (_, n) =>
      tick((done, message) => {
        changes += 1;
        changed.set(n, state(n, done, message));
      }),
    );
    await Promise.all(all);
    setTimeout(() => clearInterval(sending), 500);
    report(changes);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

process.send?.({ url: await (mode === 'bare' ? serveBare() : serveOurs()) });
