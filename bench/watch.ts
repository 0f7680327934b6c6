/**
 * Measures 1,000 watchers of 1,000 changes a second, beside a bare node:http writer of the same bytes. A p99 of a few seconds is at
 * the mercy of whatever else the machine does. So rounds of ours and of the bare writer alternate, every second round begins
 * with ours, and the figure is the median of the rounds' ratios. The bare writer's own rounds, each against the one before, show
 * how much of a ratio is the machine.
 */

import { fork } from 'node:child_process';
import { main, median, type Row } from './row.ts';
import { heard, usageOf } from './sseFanOut.ts';

const WATCHERS = 1_000;
const SECONDS = 6;
const ROUNDS = 7;

interface Figures {
  received: number;
  cut: number;
  behind: number;
  p50: number;
  p99: number;
  kilobytesPerWatcher: number;
  changesPerSecond: number;
}

async function measure(mode: 'bare' | 'ours'): Promise<Figures> {
  const server = fork(new URL('./watchServer.ts', import.meta.url), [mode, String(SECONDS)]);
  try {
    const { url } = await heard<{ url: string }>(server, 'url');
    const before = await usageOf(server);
    const watchers = fork(new URL('./watchSubscribers.ts', import.meta.url), [url, String(WATCHERS)]);
    try {
      await heard<{ listening: true }>(watchers, 'listening');
      const after = await usageOf(server);
      const done = heard<{ changes: number }>(server, 'changes');
      server.send('begin');
      const { changes } = await done;
      const hearing = heard<Figures>(watchers, 'received');
      watchers.send('report');
      const figures = await hearing;
      const kilobytesPerWatcher = (after.rss - before.rss) / WATCHERS / 1_000;
      return { ...figures, kilobytesPerWatcher, changesPerSecond: changes / SECONDS };
    } finally {
      watchers.kill();
    }
  } finally {
    server.kill();
  }
}

export async function run(): Promise<Row[]> {
  const bare: Figures[] = [];
  const ours: Figures[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) bare.push(await measure('bare'));
    ours.push(await measure('ours'));
    if (round % 2 === 1) bare.push(await measure('bare'));
  }
  const of = (figures: Figures[], name: keyof Figures) => median(figures.map((figure) => figure[name]));
  const ratios = ours.map(({ p99 }, round) => p99 / (bare[round]?.p99 ?? Number.NaN));
  const noise = bare.slice(1).map(({ p99 }, round) => {
    const ratio = p99 / (bare[round]?.p99 ?? Number.NaN);
    return Math.max(ratio, 1 / ratio);
  });
  const sum = (name: 'behind' | 'cut') => ours.reduce((total, figures) => total + figures[name], 0);
  return [
    { name: 'changes a second, ours', measured: of(ours, 'changesPerSecond'), unit: 'changes', min: 900 },
    { name: 'p99 delivery, bare node:http writer', measured: of(bare, 'p99'), unit: 'ms' },
    { name: 'p99 delivery, ours', measured: of(ours, 'p99'), unit: 'ms' },
    { name: 'p99 delivery, to the bare writer', measured: median(ratios), unit: 'times', max: 1.3 },
    {
      name: 'p99 delivery, the bare writer to itself in the next round',
      measured: median(noise),
      unit: 'times',
    },
    { name: 'p50 delivery, bare', measured: of(bare, 'p50'), unit: 'ms' },
    { name: 'p50 delivery, ours', measured: of(ours, 'p50'), unit: 'ms' },
    {
      name: 'watchers without the last state of each task',
      measured: sum('behind'),
      unit: 'watchers',
      max: 0,
    },
    { name: 'watchers cut off', measured: sum('cut'), unit: 'streams', max: 0 },
    { name: 'memory a watcher, bare', measured: of(bare, 'kilobytesPerWatcher'), unit: 'kB' },
    { name: 'memory a watcher, ours', measured: of(ours, 'kilobytesPerWatcher'), unit: 'kB' },
  ];
}

if (import.meta.main) await main(run);
