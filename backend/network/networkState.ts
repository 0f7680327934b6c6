import type { Geometry } from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { createNetwork, createRecord, type Layer, type Network } from './layers.ts';
import type { DesignWrites } from './MemoryTransaction.ts';
import type { DesignInfo } from './NetworkStore.ts';
import { STREET, TABLES } from './tables.ts';

/** 2 can say what a design hides of master; 1 could not, and is still read. */
const FORMAT = 2;

/** A record without what its place in the state says already. */
type StateRow = [id: number, geometry: Geometry | null, properties: Readonly<Record<string, unknown>>];
/** By table: those that ship, and those of an author's own that anything was stored in. */
type StateLayer = Record<string, StateRow[]>;

/** All that is committed, as a plain object that can be structured-cloned and written as JSON. */
export interface NetworkState {
  format: 1 | typeof FORMAT;
  master: StateLayer;
  streets: StateRow[];
  designs: {
    info: DesignInfo;
    version: number;
    layer: StateLayer;
    /** By table: ids of master's records that the design has changed or deleted. */
    hidden?: Record<string, number[]>;
  }[];
  lastIds: Record<string, number>;
}

/** With the writes, where there are any, as if they were committed. */
export function writeState(network: Network, writes: readonly DesignWrites[] = []): NetworkState {
  const added = new Map(writes.map(({ info, layer }) => [info.name, layer]));
  const lastIds = new Map<string, number>([
    ...TABLES.map((table) => [table, 0] as const),
    ...network.lastIds,
  ]);
  return {
    format: FORMAT,
    master: writeLayer(network.master),
    streets: network.streets.map(({ id, geometry, properties }) => [id, geometry, properties]),
    designs: [...network.designs.values()].map((design) => {
      const more = added.get(design.info.name);
      const layer = more ? design.layer.copy() : design.layer;
      if (more) layer.absorb(more.copy());
      const version = design.version + (more ? 1 : 0);
      return { info: design.info, version, layer: writeLayer(layer), hidden: writeHidden(layer) };
    }),
    lastIds: Object.fromEntries(lastIds),
  };
}

function writeLayer(layer: Layer): StateLayer {
  const tables = new Map<string, StateRow[]>(TABLES.map((table) => [table, []]));
  for (const [name, { list }] of layer.entries()) {
    const rows = list.rows.map(({ id, geometry, properties }): StateRow => [id, geometry, properties]);
    if (rows.length > 0) tables.set(name, rows);
  }
  return Object.fromEntries(tables);
}

function writeHidden(layer: Layer): Record<string, number[]> {
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
  network.streets = state.streets.map((row) => readRow(STREET, null, row));
  readLayer(state.master, null, network.master);
  for (const { info, version, layer, hidden = {} } of state.designs) {
    const design = network.designs.get(info.name);
    if (!design) continue;
    design.version = version;
    readLayer(layer, `design/${info.name}`, design.layer);
    for (const [table, ids] of Object.entries(hidden)) {
      for (const id of ids) design.layer.table(table).hidden.add(id);
    }
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
    (state.format === 1 || state.format === FORMAT) &&
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
        isHidden(design.hidden),
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
    (isRecord(hidden) &&
      Object.values(hidden).every((ids) => Array.isArray(ids) && ids.every(Number.isSafeInteger)))
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
