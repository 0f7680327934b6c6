/** Measures how fast the client reads an event stream, beside a bare loop around the parser. */

import { Worker } from 'node:worker_threads';
import { createParser } from 'eventsource-parser';
import { createTaskClient, openEventStream } from '../src/client/index.ts';
import { main, median, type Row } from './row.ts';

const EVENTS = 100_000;
const ROUNDS = 7;

/** Reads the whole stream, and resolves with the number of events that were delivered. */
type Reader = (baseUrl: string) => Promise<number>;

async function bareLoop(baseUrl: string, onData: (data: string) => void): Promise<number> {
  let events = 0;
  const parser = createParser({
    onEvent(event) {
      events += 1;
      onData(event.data);
    },
  });
  const response = await fetch(`${baseUrl}/tasks/t1/events`);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return events;
    parser.feed(decoder.decode(chunk.value, { stream: true }));
  }
}

const readers: Record<string, Reader> = {
  bare: (baseUrl) => bareLoop(baseUrl, () => {}),
  eventStream: (baseUrl) =>
    new Promise((resolve) => {
      let events = 0;
      openEventStream(`${baseUrl}/tasks/t1/events`, {
        onEvent: () => {
          events += 1;
        },
        isTerminal: (event) => event.event === 'succeeded',
        onConnection: ({ state }) => {
          if (state === 'closed') resolve(events);
        },
      });
    }),
  bareJson: (baseUrl) => bareLoop(baseUrl, (data) => void JSON.parse(data)),
  taskClient: (baseUrl) =>
    new Promise((resolve) => {
      let events = 1;
      createTaskClient({ baseUrl }).streamTaskProgress('t1', {
        onProgress: () => {
          events += 1;
        },
        onEnd: () => resolve(events),
      });
    }),
};

/** The paths below which the server writes a hundred events at a time, or each by itself. */
const MODES = { bursts: 'in bursts', singles: 'one by one' };

export async function run(): Promise<Row[]> {
  const worker = new Worker(new URL('./eventFlood.ts', import.meta.url), { workerData: { count: EVENTS } });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const rows: Row[] = [];
  for (const [path, mode] of Object.entries(MODES)) {
    rows.push(...(await measure(`http://127.0.0.1:${port}/${path}`, mode)));
  }
  await worker.terminate();
  return rows;
}

async function measure(baseUrl: string, mode: string): Promise<Row[]> {
  const rates = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, reader] of Object.entries(readers)) {
      const start = performance.now();
      const delivered = await reader(baseUrl);
      if (delivered !== EVENTS + 1) throw new Error(`${name} delivered ${delivered} of ${EVENTS + 1} events`);
      // The first round warms up.
      if (round > 0) rates.set(name, [...(rates.get(name) ?? []), EVENTS / (performance.now() - start)]);
    }
  }
  const rate = (name: string) => rates.get(name) ?? [];
  const ratio = (ours: string, peer: string) =>
    median(rate(ours).map((value, index) => value / (rate(peer)[index] ?? Number.NaN)));
  return [
    { name: `${mode}: bare reader + eventsource-parser`, measured: median(rate('bare')), unit: 'events/ms' },
    {
      name: `${mode}: event stream, to the bare loop`,
      measured: ratio('eventStream', 'bare'),
      unit: 'times',
      min: 0.85,
    },
    { name: `${mode}: bare loop + JSON.parse`, measured: median(rate('bareJson')), unit: 'events/ms' },
    {
      name: `${mode}: task client, to bare loop + JSON.parse`,
      measured: ratio('taskClient', 'bareJson'),
      unit: 'times',
      min: 0.85,
    },
  ];
}

if (import.meta.main) await main(run);
