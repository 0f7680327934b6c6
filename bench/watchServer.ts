import * as z from 'zod';
import { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { defineTask } from '../backend/tasks/defineTask.ts';
import { begin, CALLER, emptyStore, serveBareStreams, serveEngine, tick } from './streamServer.ts';

/**
 * A child process of watch.ts: ten tasks that change a hundred times a second each. It serves a watch of all tasks, by our
 * server or by a bare node:http writer. The writer sends the newest state of each task that changed, every 40 ms, as our server
 * does, and knows neither filters nor cursors.
 */

const TASKS = 10;
const EVERY_MS = 10;
const SENT_EVERY_MS = 40;
const [, , mode, given] = process.argv;
const ticks = (Number(given) * 1_000) / EVERY_MS;
const LAST = 'the last one';
const EVERY_TICK = { count: ticks, everyMs: EVERY_MS };
/** The message of a change is its time. That of the last one says that it is the last. */
const messageOf = (n: number, time: string) => (n === ticks ? `${time} ${LAST}` : time);

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
      await tick(EVERY_TICK, (done, time) => {
        changes += 1;
        return progress({ percent: 50, step: 1, message: messageOf(done, time), done, total: ticks });
      });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  });
  const store = emptyStore();
  const engine = new EmbeddedEngine({
    definitions: [ticker],
    store,
    queues: { default: { concurrency: TASKS } },
    progressIntervalMs: 1,
  });
  const url = await serveEngine(engine, store);
  for (let n = 0; n < TASKS; n++) await engine.enqueue({ name: 'ticker', params: {} }, CALLER);
  void begin.then(() => setTimeout(() => report(changes), ticks * EVERY_MS + 500));
  return `${url}/tasks/events`;
}

async function serveBare(): Promise<string> {
  const { url, responses } = await serveBareStreams();
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
      tick(EVERY_TICK, (done, time) => {
        changes += 1;
        changed.set(n, state(n, done, messageOf(done, time)));
      }),
    );
    await Promise.all(all);
    setTimeout(() => clearInterval(sending), 500);
    report(changes);
  });
  return url;
}

process.send?.({ url: await (mode === 'bare' ? serveBare() : serveOurs()) });
