import type { Geometry } from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { createNetwork, createRecord, type Layer, type Network, type TableLayer } from './layers.ts';
import type { DesignInfo } from './NetworkStore.ts';
import { STREET, TABLES } from './tables.ts';
import { keptSets } from './undo/changeSets.ts';
import { isHistory, readHistory, type StateChangeSet, writeHistory } from './undo/historyState.ts';

/**
 * 2 can say what a design hides of master; 1 could not. 3 has the versions of master, by which `postDesign` finds
 * conflicts. 1 and 2 are still read.
 */
const FORMAT = 3;

/** A record without what its place in the state says already. */
type StateRow = [id: number, geometry: Geometry | null, properties: Readonly<Record<string, unknown>>];
/** By table: those that ship, and those of an author's own that anything was stored in. */
type StateLayer = Record<string, StateRow[]>;

/** All that is committed, as a plain object that can be structured-cloned and written as JSON. */
export interface NetworkState {
  format: 1 | 2 | typeof FORMAT;
  master: StateLayer;
  /** Since format 3. */
  masterVersion?: number;
  /** Since format 3. By table: ids of master's records that were changed or deleted, each with master's version then. */
  changedAt?: Record<string, [id: number, version: number][]>;
  streets: StateRow[];
  designs: {
    info: DesignInfo;
    version: number;
    layer: StateLayer;
    /**
     * By table: ids of master's records that the design has changed or deleted. Since format 3 each with the version of
     * master that the change was made on.
     */
    hidden?: Record<string, (number | [id: number, version: number])[]>;
    /** The commits to the design, as far as they can be undone. A state may lack it. */
    history?: StateChangeSet[];
  }[];
  lastIds: Record<string, number>;
  /** By id of the task: the records that it has inserted, each range of ids with the name of the design that has them. A state may lack it. */
  built?: Record<string, [table: string, firstId: number, lastId: number, design: string | null][]>;
}

export function writeState(network: Network): NetworkState {
  const { master, designs } = network;
  const lastIds = new Map<string, number>([
    ...TABLES.map((table) => [table, 0] as const),
    ...network.lastIds,
  ]);
  return {
    format: FORMAT,
    master: writeLayer(master.layer),
    masterVersion: master.version,
    changedAt: Object.fromEntries(Array.from(master.changedAt, ([table, ids]) => [table, [...ids]])),
    streets: rowsOf(master.layer.table(STREET)),
    designs: Array.from(designs.values(), ({ info, version, layer, history }) => ({
      info,
      version,
      layer: writeLayer(layer),
      hidden: writeHidden(layer),
      ...(history.length > 0 && { history: writeHistory(history) }),
    })),
    lastIds: Object.fromEntries(lastIds),
    built: Object.fromEntries(
      Array.from(network.built, ([taskId, ranges]) => [
        taskId,
        ranges.map(({ table, firstId, lastId, design }) => [table, firstId, lastId, design]),
      ]),
    ),
  };
}

function writeLayer(layer: Layer): StateLayer {
  const tables = new Map<string, StateRow[]>(TABLES.map((table) => [table, []]));
  for (const [name, table] of layer.entries()) {
    if (name !== STREET && table.list.rows.length > 0) tables.set(name, rowsOf(table));
  }
  return Object.fromEntries(tables);
}

function rowsOf({ list }: TableLayer): StateRow[] {
  return list.rows.map(({ id, geometry, properties }) => [id, geometry, properties]);
}

function writeHidden(layer: Layer): Record<string, [number, number][]> {
  const tables = [...layer.entries()].filter(([, { hidden }]) => hidden.size > 0);
  return Object.fromEntries(tables.map(([name, { hidden }]) => [name, [...hidden]]));
}

/** Throws a TaskRefusal 'invalid-request' where the state is of another version of this project, or was damaged. */
export function readState(state: unknown): Network {
  if (!isNetworkState(state)) {
    throw new TaskRefusal({
      code: 'invalid-request',
      message: `The stored network is not of format ${FORMAT}, or is damaged: delete it and load the town again.`,
    });
  }
  const network = createNetwork(state.designs.map(({ info }) => info));
  network.lastIds = new Map(Object.entries(state.lastIds));
  const { master } = network;
  master.version = state.masterVersion ?? 0;
  for (const [table, ids] of Object.entries(state.changedAt ?? {})) master.changedAt.set(table, new Map(ids));
  readLayer({ ...state.master, [STREET]: state.streets }, null, master.layer);
  // Nobody could add streets before format 3, so their ids were not counted.
  const lastStreet = state.streets.at(-1)?.[0] ?? 0;
  network.lastIds.set(STREET, Math.max(network.lastIds.get(STREET) ?? 0, lastStreet));
  for (const { info, version, layer, hidden = {}, history = [] } of state.designs) {
    const design = network.designs.get(info.name);
    if (!design) continue;
    design.version = version;
    design.history = keptSets(readHistory(history, `design/${info.name}`));
    readLayer(layer, `design/${info.name}`, design.layer);
    for (const [table, ids] of Object.entries(hidden)) {
      for (const hides of ids) {
        const [id, version] = typeof hides === 'number' ? [hides, 0] : hides;
        design.layer.table(table).hidden.set(id, version);
      }
    }
  }
  for (const [taskId, ranges] of Object.entries(state.built ?? {})) {
    network.built.set(
      taskId,
      ranges.map(([table, firstId, lastId, design]) => ({ table, firstId, lastId, design })),
    );
  }
  return network;
}

function readLayer(from: StateLayer, design: string | null, to: Layer): void {
  for (const [table, rows] of Object.entries(from)) {
    for (const row of rows) to.table(table).list.add(readRow(table, design, row));
  }
}

function readRow(table: string, design: string | null, [id, geometry, properties]: StateRow) {
  return createRecord(table, id, design, geometry, properties);
}

function isNetworkState(state: unknown): state is NetworkState {
  if (!isRecord(state)) return false;
  const { lastIds } = state;
  return (
    (state.format === 1 || state.format === 2 || state.format === FORMAT) &&
    (state.masterVersion === undefined || Number.isSafeInteger(state.masterVersion)) &&
    isHidden(state.changedAt) &&
    isBuilt(state.built) &&
    isRecord(lastIds) &&
    areIds(lastIds) &&
    isLayer(state.master, lastIds) &&
    areRows(state.streets) &&
    Array.isArray(state.designs) &&
    state.designs.every(
      (design: unknown) =>
        isRecord(design) &&
        isRecord(design.info) &&
        typeof design.info.name === 'string' &&
        isRecord(design.info.geometry) &&
        Number.isSafeInteger(design.version) &&
        isLayer(design.layer, lastIds) &&
        isHidden(design.hidden) &&
        isHistory(design.history),
    )
  );
}

/** It has all tables that ship, and those of an author's own that it has anything of: an id was given out for it. */
function isLayer(layer: unknown, lastIds: Record<string, unknown>): boolean {
  return (
    isRecord(layer) &&
    TABLES.every((table) => table in layer) &&
    Object.entries(layer).every(([table, rows]) => table in lastIds && areRows(rows))
  );
}

function areIds(lastIds: Record<string, unknown>): boolean {
  return TABLES.every((table) => table in lastIds) && Object.values(lastIds).every(Number.isSafeInteger);
}

function isHidden(hidden: unknown): boolean {
  return (
    hidden === undefined ||
    (isRecord(hidden) && Object.values(hidden).every((ids) => Array.isArray(ids) && ids.every(isHiddenId)))
  );
}

function isHiddenId(hides: unknown): boolean {
  return Array.isArray(hides)
    ? hides.length === 2 && hides.every(Number.isSafeInteger)
    : Number.isSafeInteger(hides);
}

function isBuilt(built: unknown): boolean {
  return (
    built === undefined ||
    (isRecord(built) &&
      Object.values(built).every((ranges) => Array.isArray(ranges) && ranges.every(isRange)))
  );
}

function isRange(range: unknown): boolean {
  if (!Array.isArray(range) || range.length !== 4) return false;
  const [table, firstId, lastId, design]: unknown[] = range;
  return (
    typeof table === 'string' &&
    Number.isSafeInteger(firstId) &&
    Number.isSafeInteger(lastId) &&
    (design === null || typeof design === 'string')
  );
}

/** Rows must be in order of id: lookups rely on it. */
function areRows(rows: unknown): boolean {
  let last = 0;
  return (
    Array.isArray(rows) &&
    rows.every((row: unknown) => {
      if (!Array.isArray(row)) return false;
      const [id, geometry, properties]: unknown[] = row;
      if (!Number.isSafeInteger(id) || Number(id) <= last) return false;
      last = Number(id);
      return isRecord(properties) && (geometry === null || isRecord(geometry));
    })
  );
}
