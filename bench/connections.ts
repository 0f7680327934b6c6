/** Measures what one address connection costs, and that the cost does not grow with the task. */

import { connectCustomers } from '../backend/definitions/connectCustomers.ts';
import { MemoryStore } from '../backend/network/MemoryStore.ts';
import type { TownAddress, TownData } from '../backend/network/TownData.ts';
import type { Position } from '../src/contract/index.ts';
import { main, median, type Row } from './row.ts';

/**
 * Makes a town with addresses on a grid of about 10 m, and designs Bench1, Bench2, ... with one pole each, whose id
 * is the same number.
 */
export function gridTown(count: number, designs: number): TownData {
  const names = Array.from({ length: designs }, (_, i) => `Bench${i + 1}`);
  const columns = Math.ceil(Math.sqrt(count));
  const addresses = Array.from({ length: count }, (_, i): TownAddress => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    const coordinates: Position = [-71.1 + column * 1e-4, 42.3 + row * 1e-4];
    const properties = { street_name: `Street ${row}`, street_number: String(column + 1) };
    return { type: 'Feature', geometry: { type: 'Point', coordinates }, properties };
  });
  const corner: Position = [-71.1, 42.3];
  const ring: Position[] = [corner, [-71.06, 42.3], [-71.06, 42.34], corner];
  return {
    addresses: { type: 'FeatureCollection', features: addresses },
    poles: { type: 'FeatureCollection', features: [] },
    designs: names.map((name) => ({ name, geometry: { type: 'Polygon', coordinates: [ring] } })),
    designPoles: {
      type: 'FeatureCollection',
      features: names.map((design) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [-71.09, 42.31] },
        properties: { design, name: 'P-0001' },
      })),
    },
  };
}

interface Cost {
  /** Milliseconds of processor time for the whole task with its commit. */
  task: number;
  /** Microseconds of processor time for one connection, without the choice of the addresses. */
  connection: number;
}

/** The processor time of all threads, so that of the garbage collector too. */
async function build(store: MemoryStore, design: number, count: number): Promise<Cost> {
  const start = process.cpuUsage();
  let first = start;
  const network = store.begin();
  await connectCustomers(
    { design: `design/Bench${design}`, pole_id: design, count, selection: 'random', seed: 1 },
    {
      taskId: 'bench',
      network,
      progress: async ({ step, done }) => {
        if (step === 4 && done === 1) first = process.cpuUsage();
      },
    },
  );
  await network.commit();
  const end = process.cpuUsage();
  const between = (from: NodeJS.CpuUsage) => end.user + end.system - from.user - from.system;
  return { task: between(start) / 1000, connection: between(first) / (count - 1) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Small and large tasks alternate, so that other load on the machine affects both alike. */
async function compare(rounds: number): Promise<{ small: number; large: number; more: number }> {
  const taken = { small: [] as number[], large: [] as number[], more: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    const store = new MemoryStore({ town: gridTown(110_000, 11) });
    await build(store, 11, 1_000);
    // Each sample has several small tasks, because the garbage collector runs only at every other one.
    const small: number[] = [];
    for (let design = 1; design <= 8; design++) small.push((await build(store, design, 1_000)).connection);
    const large = await build(store, 9, 100_000);
    const more: number[] = [];
    for (let j = 0; j < 8; j++) more.push((await build(store, 9, 1_000)).connection);
    taken.small.push(mean(small));
    taken.large.push(large.connection);
    taken.more.push(mean(more));
  }
  return { small: median(taken.small), large: median(taken.large), more: median(taken.more) };
}

export async function run(): Promise<Row[]> {
  const warmUps = 15;
  const rounds = 11;
  const store = new MemoryStore({ town: gridTown(14_000, warmUps + rounds) });
  const jobs: number[] = [];
  for (let design = 1; design <= warmUps + rounds; design++) {
    const { task } = await build(store, design, 2_000);
    if (design > warmUps) jobs.push(task);
  }
  const { small, large, more } = await compare(5);
  return [
    { name: '2,000 connections, CPU', measured: median(jobs), unit: 'ms', max: 150 },
    { name: 'one of 1,000', measured: small, unit: 'us' },
    { name: 'one of 100,000', measured: large, unit: 'us' },
    { name: 'one of 100,000 / one of 1,000', measured: large / small, unit: 'x', max: 1.3 },
    { name: 'one more after 100,000', measured: more, unit: 'us' },
    { name: 'one more after 100,000 / one of 1,000', measured: more / small, unit: 'x', max: 1.3 },
  ];
}

if (import.meta.main) await main(run);
