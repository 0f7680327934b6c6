/** Measures one task's event stream with many subscribers, beside a bare node:http writer. */

import { type ChildProcess, fork } from 'node:child_process';
import { main, median, type Row } from './row.ts';

const SUBSCRIBERS = 5_000;
const EVENTS = 50;
const ROUNDS = 3;

interface Figures {
  received: number;
  gaps: number;
  cut: number;
  p50: number;
  p99: number;
  kilobytesPerConnection: number;
  /** The server's processor time. */
  microsecondsPerEvent: number;
}

/** Resolves with the child's first message that has this field. Rejects if the child ends first. */
export function heard<Message>(child: ChildProcess, field: keyof Message & string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      if (typeof message !== 'object' || message === null || !(field in message)) return;
      child.off('message', onMessage);
      resolve(message as Message);
    };
    child.on('message', onMessage);
    child.once('exit', (code) => reject(new Error(`${child.spawnargs[1]} ended with ${code}`)));
  });
}

interface Usage {
  rss: number;
  processorMicroseconds: number;
}

export function usageOf(server: ChildProcess): Promise<Usage> {
  const answer = heard<Usage>(server, 'rss');
  server.send('usage');
  return answer;
}

async function measure(mode: 'bare' | 'ours'): Promise<Figures> {
  const server = fork(new URL('./fanOutServer.ts', import.meta.url), [mode, String(EVENTS)]);
  try {
    const { url } = await heard<{ url: string }>(server, 'url');
    const before = await usageOf(server);
    const subscribers = fork(new URL('./fanOutSubscribers.ts', import.meta.url), [url, String(SUBSCRIBERS)]);
    try {
      await heard<{ listening: true }>(subscribers, 'listening');
      const after = await usageOf(server);
      const hearing = heard<Figures>(subscribers, 'received');
      server.send('begin');
      const figures = await hearing;
      const end = await usageOf(server);
      const kilobytesPerConnection = (after.rss - before.rss) / SUBSCRIBERS / 1_000;
      const microsecondsPerEvent =
        (end.processorMicroseconds - after.processorMicroseconds) / figures.received;
      return { ...figures, kilobytesPerConnection, microsecondsPerEvent };
    } finally {
      subscribers.kill();
    }
  } finally {
    server.kill();
  }
}

export async function run(): Promise<Row[]> {
  const bare: Figures[] = [];
  const ours: Figures[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await measure('bare'));
    ours.push(await measure('ours'));
  }
  const of = (figures: Figures[], name: keyof Figures) => median(figures.map((figure) => figure[name]));
  const ratios = ours.map(({ p99 }, round) => p99 / (bare[round]?.p99 ?? Number.NaN));
  const sum = (name: 'gaps' | 'cut') => ours.reduce((total, figures) => total + figures[name], 0);
  return [
    { name: 'p99 delivery, bare node:http writer', measured: of(bare, 'p99'), unit: 'ms' },
    { name: 'p99 delivery, ours', measured: of(ours, 'p99'), unit: 'ms' },
    { name: 'p99 delivery, to the bare writer', measured: median(ratios), unit: 'times', max: 1.3 },
    { name: 'p50 delivery, ours', measured: of(ours, 'p50'), unit: 'ms' },
    { name: 'events missing or out of order', measured: sum('gaps'), unit: 'events', max: 0 },
    { name: 'subscribers cut off', measured: sum('cut'), unit: 'streams', max: 0 },
    { name: 'processor an event, bare', measured: of(bare, 'microsecondsPerEvent'), unit: 'µs' },
    { name: 'processor an event, ours', measured: of(ours, 'microsecondsPerEvent'), unit: 'µs' },
    { name: 'memory a connection, bare', measured: of(bare, 'kilobytesPerConnection'), unit: 'kB' },
    { name: 'memory a connection, ours', measured: of(ours, 'kilobytesPerConnection'), unit: 'kB' },
  ];
}

if (import.meta.main) await main(run);
