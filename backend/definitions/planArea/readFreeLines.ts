import type { Position } from '../../../src/contract/index.ts';
import { yieldToEventLoop } from '../../common/yieldToEventLoop.ts';
import { geodesicDistance } from '../../network/geodesy.ts';
import type { NetworkDataView, NetworkRecord } from '../../network/NetworkStore.ts';
import type { ExistingSplitter, ExistingTerminal } from '../../planning/PlanInput.ts';
import { type FreeCable, FreeLines } from './FreeLines.ts';

/** Above so many cables one read of all segments and connections is faster than one of each. */
const MANY = 300;
/** Terminals between two pauses: some milliseconds of work. */
const BATCH = 20;
/** Degrees. */
const CELL = 0.005;

interface Options {
  view: NetworkDataView;
  read: (table: string) => Promise<NetworkRecord[]>;
  splitters: readonly ExistingSplitter[];
  /** By URN. */
  records: ReadonlyMap<string, NetworkRecord>;
  /** The places of the addresses that are not connected yet. */
  open: readonly Position[];
  longestDrop: number;
}

export interface ReadLines {
  lines: FreeLines;
  terminals: ExistingTerminal[];
  /** By URN: the terminals. */
  records: ReadonlyMap<string, NetworkRecord>;
}

/** Finds terminals near open addresses that have free ports, and the free fibres that lead to them from splitters with free ports. */
export async function readFreeLines(options: Options): Promise<ReadLines> {
  const { view, read, splitters, records, open, longestDrop } = options;
  const none = { lines: new FreeLines(new Map(), new Map()), terminals: [], records: new Map() };
  const splittersAt = new Map<string, string[]>();
  for (const { id, fed } of splitters) {
    const root = String(records.get(id)?.properties.root_housing);
    if (fed) splittersAt.set(root, [...(splittersAt.get(root) ?? []), id]);
  }
  if (splittersAt.size === 0 || open.length === 0) return none;
  const isNear = nearTest(open, longestDrop);
  const near = (await read('fiber_terminal')).filter(({ geometry }) => isNear(geometry));
  if (near.length === 0) return none;

  const cables = (await read('fiber_cable')).filter(({ properties }) => properties.kind === 'distribution');
  const { segments, usedPins } = await readFibres(view, cables, near);
  const free = new Map<string, FreeCable>();
  for (const { urn, properties } of cables) {
    const own = segments.get(urn);
    if (own) free.set(urn, freeCable(own, Number(properties.fiber_count), usedPins));
  }
  const closures = new Map<string, NetworkRecord>();
  for (const closure of await read('splice_closure')) {
    const root = String(closure.properties.root_housing);
    if (!closures.has(root)) closures.set(root, closure);
  }
  const lines = new FreeLines(free, closures);
  const terminals: ExistingTerminal[] = [];
  for (const [i, { urn, geometry, properties }] of near.entries()) {
    if (i % BATCH === BATCH - 1) await yieldToEventLoop();
    if (geometry?.type !== 'Point') continue;
    const count = Math.min(Number(properties.n_fiber_in_ports), Number(properties.n_fiber_out_ports));
    const freePorts = without(count, [usedPins.get(`${urn} in`), usedPins.get(`${urn} out`)]);
    if (freePorts.length === 0) continue;
    const found = lines.linesTo(urn, String(properties.root_housing), splittersAt);
    if (found.length > 0)
      terminals.push({ id: urn, position: geometry.coordinates, freePorts, lines: found });
  }
  return { lines, terminals, records: new Map(near.map((terminal) => [terminal.urn, terminal])) };
}

/** The segments by cable, and the pins that are connected by object and side. */
async function readFibres(
  view: NetworkDataView,
  cables: readonly NetworkRecord[],
  terminals: readonly NetworkRecord[],
) {
  const segments = new Map<string, NetworkRecord[]>();
  const connections: NetworkRecord[] = [];
  const [segmentTable, connectionTable] = [view.table('cable_segment'), view.table('connection')];
  const isMany = cables.length > MANY;
  if (isMany) {
    for (const segment of await segmentTable.recs()) {
      const cable = String(segment.properties.cable);
      const there = segments.get(cable);
      if (there) there.push(segment);
      else segments.set(cable, [segment]);
    }
    connections.push(...(await connectionTable.recs()));
  } else {
    const structures = new Set(terminals.map(({ properties }) => String(properties.root_housing)));
    for (const { urn } of cables) {
      const own = await segmentTable.filterOn('cable', urn);
      segments.set(urn, own);
      for (const { properties } of own)
        structures.add(String(properties.in_structure)).add(String(properties.out_structure));
    }
    for (const structure of structures)
      connections.push(...(await connectionTable.filterOn('root_housing', structure)));
  }
  for (const list of segments.values())
    list.sort((a, b) => Number(a.properties.sequence) - Number(b.properties.sequence));
  const usedPins = new Map<string, [low: number, high: number][]>();
  for (const { properties } of connections) {
    for (const end of ['in', 'out'] as const) {
      const key = `${String(properties[`${end}_object`])} ${String(properties[`${end}_side`])}`;
      const range: [number, number] = [Number(properties[`${end}_low`]), Number(properties[`${end}_high`])];
      const there = usedPins.get(key);
      if (there) there.push(range);
      else usedPins.set(key, [range]);
    }
  }
  return { segments, usedPins };
}

type Ranges = readonly (readonly [low: number, high: number])[];

/** A fibre is free where nothing is connected to it in any segment. */
function freeCable(
  segments: NetworkRecord[],
  count: number,
  usedPins: ReadonlyMap<string, Ranges>,
): FreeCable {
  const used = segments.flatMap(({ urn }) => [usedPins.get(`${urn} in`), usedPins.get(`${urn} out`)]);
  const first = segments[0]?.properties.in_structure;
  const structures = [first, ...segments.map(({ properties }) => properties.out_structure)].map(String);
  // A cable that passes a structure twice has two places there, and a fibre does not say which one is meant.
  const isPlain = new Set(structures).size === structures.length;
  return { segments, structures, fibres: isPlain ? without(count, used) : [] };
}

/** The numbers from 1 to `count` that none of the ranges has. */
function without(count: number, used: readonly (Ranges | undefined)[]): number[] {
  const isUsed = new Uint8Array((Number.isInteger(count) && count > 0 ? Math.min(count, 10_000) : 0) + 1);
  for (const ranges of used) for (const [low, high] of ranges ?? []) isUsed.fill(1, low, high + 1);
  const free: number[] = [];
  for (let number = 1; number < isUsed.length; number++) if (isUsed[number] === 0) free.push(number);
  return free;
}

/** Makes a function that says whether an open address is within the longest drop. */
function nearTest(open: readonly Position[], longestDrop: number) {
  const cells = new Map<string, Position[]>();
  const keyOf = ([x, y]: Position) => `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
  for (const position of open) {
    const key = keyOf(position);
    const there = cells.get(key);
    if (there) there.push(position);
    else cells.set(key, [position]);
  }
  return (geometry: NetworkRecord['geometry']) => {
    if (geometry?.type !== 'Point') return false;
    const [x, y] = geometry.coordinates;
    // Longitudes come together towards the poles of the Earth, and the drop is at most 500 m.
    const aside = Math.min(20, Math.ceil(0.005 / CELL / Math.max(0.05, Math.cos((y * Math.PI) / 180))));
    for (let dx = -aside; dx <= aside; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const position of cells.get(keyOf([x + dx * CELL, y + dy * CELL])) ?? [])
          if (geodesicDistance(position, geometry.coordinates) <= longestDrop) return true;
      }
    }
    return false;
  };
}
