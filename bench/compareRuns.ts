/** Measures the comparison of two runs of 2,000 connections: what each built, and what only one of them did. */
import type { GeoFeature } from '../src/contract/index.ts';
import { compareFeatures } from '../src/monitor/run/compareFeatures.ts';
import { main, median, type Row } from './row.ts';

const CONNECTIONS = 2_000;
const ROUNDS = 15;

/** A wall box and a route for each connection, as the shipped task reports them. */
function built(from: number): GeoFeature[] {
  return Array.from({ length: CONNECTIONS }, (_, index): GeoFeature[] => {
    const at = from + index;
    const point: [number, number] = [10 + at * 1e-5, 48.8 + (at % 97) * 1e-5];
    return [
      {
        type: 'Feature',
        id: `wall_box/${from * 10 + index}`,
        geometry: { type: 'Point', coordinates: point },
        properties: { table: 'wall_box', name: `Mill Lane ${at} Wall Box` },
      },
      {
        type: 'Feature',
        id: `oh_route/${from * 10 + index}`,
        geometry: { type: 'LineString', coordinates: [[10, 48.8], point] },
        properties: { table: 'oh_route' },
      },
    ];
  }).flat();
}

function millisecondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export async function run(): Promise<Row[]> {
  const [a, b] = [built(0), built(250)];
  const [text, other] = [JSON.stringify(a), JSON.stringify(b)];
  const rounds = Array.from({ length: ROUNDS }, () => ({
    whole: millisecondsOf(() => void compareFeatures(JSON.parse(text), JSON.parse(other))),
    compare: millisecondsOf(() => void compareFeatures(a, b)),
    parse: millisecondsOf(() => void [JSON.parse(text), JSON.parse(other)]),
  }));
  const of = (key: 'whole' | 'compare' | 'parse') => median(rounds.map((round) => round[key]));
  return [
    {
      name: 'two runs of 2,000 connections read from JSON and compared',
      measured: of('whole'),
      unit: 'ms',
      max: 500,
    },
    { name: 'the comparison alone', measured: of('compare'), unit: 'ms' },
    { name: 'JSON.parse of the same features', measured: of('parse'), unit: 'ms' },
  ];
}

if (import.meta.main) await main(run);
