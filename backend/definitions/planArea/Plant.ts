import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import { freePorts } from '../../network/freePorts.ts';
import { geodesicDistance } from '../../network/geodesy.ts';
import type { NetworkDataView, NetworkRecord } from '../../network/NetworkStore.ts';
import type { ExistingSplitter } from '../../planning/PlanInput.ts';

/** A plan looks at so many splitters that are there already. */
const MOST_SPLITTERS = 20_000;
/** Metres: two structures that are this near are one. */
const SAME_PLACE = 0.5;
/** Degrees: more than `SAME_PLACE` on every latitude where people live. */
const CELL = 0.00005;

/** A frame that is there already. */
export interface ExistingFrame {
  record: NetworkRecord;
  position: Position;
  freePorts: number[];
}

/** A plan can use all of this, which is there already in master or in the design. */
export interface Plant {
  splitters: ExistingSplitter[];
  records: ReadonlyMap<string, NetworkRecord>;
  frames: ExistingFrame[];
  /** The frame that is nearest to the place; undefined where there is none. */
  feedNear(place: Position | undefined): Position | undefined;
  /** The handhole at the position. */
  handholeAt(position: Position): NetworkRecord | undefined;
  /** The route that joins two structures, not as a drop. */
  routeBetween(table: string, one: string, other: string): NetworkRecord | undefined;
}

/** Reads the plant whose bounds meet the box; undefined: all there is. */
export async function readPlant(view: NetworkDataView, box: BoundingBox | undefined): Promise<Plant> {
  const read = (table: string) => {
    const records = view.table(table);
    return box ? records.within(box) : records.recs();
  };
  const existing: ExistingSplitter[] = [];
  const records = new Map<string, NetworkRecord>();
  for (const record of (await read('fiber_splitter')).slice(0, MOST_SPLITTERS)) {
    const splitter = await existingSplitter(view, record);
    if (!splitter) continue;
    existing.push(splitter);
    records.set(record.urn, record);
  }
  const frames: ExistingFrame[] = [];
  for (const record of await read('fiber_odf')) {
    if (record.geometry?.type !== 'Point') continue;
    const { free } = await freePorts(view, record);
    frames.push({ record, position: record.geometry.coordinates, freePorts: free });
  }
  const handholes = new Map<string, NetworkRecord[]>();
  for (const record of await read('handhole')) {
    if (record.geometry?.type !== 'Point') continue;
    const key = cellOf(record.geometry.coordinates);
    const there = handholes.get(key);
    if (there) there.push(record);
    else handholes.set(key, [record]);
  }
  const routes = new Map<string, NetworkRecord>();
  for (const name of ['oh_route', 'ug_route']) {
    for (const record of await read(name)) {
      const { in_structure: one, out_structure: other, kind } = record.properties;
      if (kind !== 'drop') routes.set(routeKey(name, String(one), String(other)), record);
    }
  }
  return {
    splitters: existing,
    records,
    frames,
    feedNear: (place) => (place ? nearestOf(frames, place)?.position : frames[0]?.position),
    handholeAt: (position) => nearestHandhole(handholes, position),
    routeBetween: (name, one, other) => routes.get(routeKey(name, one, other)),
  };
}

async function existingSplitter(
  view: NetworkDataView,
  record: NetworkRecord,
): Promise<ExistingSplitter | undefined> {
  const { geometry, urn, properties } = record;
  if (geometry?.type !== 'Point') return undefined;
  const { free, isFed, count } = await freePorts(view, record);
  if (free.length === 0) return undefined;
  const { root_housing: root, way_metres: wayMetres } = properties;
  return {
    id: urn,
    position: geometry.coordinates,
    ...(typeof root === 'string' && root.startsWith('pole/') && { pole: root }),
    ...(typeof wayMetres === 'number' && { wayMetres }),
    ports: count,
    freePorts: free,
    fed: isFed,
  };
}

function nearestOf(frames: readonly ExistingFrame[], place: Position): ExistingFrame | undefined {
  let best: { frame: ExistingFrame; metres: number } | undefined;
  for (const frame of frames) {
    const metres = geodesicDistance(place, frame.position);
    if (metres < (best?.metres ?? Number.POSITIVE_INFINITY)) best = { frame, metres };
  }
  return best?.frame;
}

function nearestHandhole(
  cells: ReadonlyMap<string, readonly NetworkRecord[]>,
  [x, y]: Position,
): NetworkRecord | undefined {
  let best: { record: NetworkRecord; metres: number } | undefined;
  for (const dx of [-CELL, 0, CELL]) {
    for (const dy of [-CELL, 0, CELL]) {
      for (const record of cells.get(cellOf([x + dx, y + dy])) ?? []) {
        if (record.geometry?.type !== 'Point') continue;
        const metres = geodesicDistance([x, y], record.geometry.coordinates);
        if (metres <= SAME_PLACE && metres < (best?.metres ?? Number.POSITIVE_INFINITY))
          best = { record, metres };
      }
    }
  }
  return best?.record;
}

function cellOf([x, y]: Position): string {
  return `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
}

function routeKey(table: string, one: string, other: string): string {
  return one < other ? `${table} ${one} ${other}` : `${table} ${other} ${one}`;
}
