import * as z from 'zod';
import { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { defineTask } from '../backend/tasks/defineTask.ts';
import { begin, CALLER, emptyStore, serveBareStreams, serveEngine, tick } from './streamServer.ts';

/** A child process of sseFanOut.ts. It serves one task's stream, by our server or by a bare node:http writer. */

const [, , mode, eventCount] = process.argv;
const events = Number(eventCount);
const EVERY_TICK = { count: events, everyMs: 100 };

async function serveOurs(): Promise<string> {
  const ticker = defineTask({
    name: 'ticker',
    params: z.strictObject({}),
    async execute(_, { progress }) {
      await begin;
      await tick(EVERY_TICK, (done, message) =>
        progress({ percent: done, step: 1, message, done, total: events }),
      );
    },
  });
  const store = emptyStore();
  const engine = new EmbeddedEngine({ definitions: [ticker], store });
  const url = await serveEngine(engine, store);
  const { task } = await engine.enqueue({ name: 'ticker', params: {} }, CALLER);
  return `${url}/tasks/${task.id}/events`;
}

async function serveBare(): Promise<string> {
  const { url, responses } = await serveBareStreams();
  const head = { taskId: '0123456789abcdef0123456789abcdef', attempt: 1, type: 'progress' };
  const sendAll = (text: string) => {
    const bytes = Buffer.from(text);
    for (const response of responses) response.write(bytes);
  };
  void begin
    .then(() =>
      tick(EVERY_TICK, (done, message) => {
        const progress = { percent: done, step: 1, message, done, total: events };
        const event = { ...head, seq: done + 2, at: new Date().toISOString(), progress };
        sendAll(`event: progress\nid: ${done + 2}\ndata: ${JSON.stringify(event)}\n\n`);
      }),
    )
    .then(() => {
      sendAll(`event: succeeded\nid: ${events + 3}\ndata: {}\n\n`);
      for (const response of responses) response.end();
    });
  return url;
}

process.send?.({ url: await (mode === 'bare' ? serveBare() : serveOurs()) });
