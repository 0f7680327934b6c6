import type { Geometry } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { createNetwork, createRecord, type Layer, mapTables, type Network } from './layers.ts';
import type { DesignWrites } from './MemoryTransaction.ts';
import { type DesignInfo, type FeatureTable, TABLES, type TableName } from './NetworkStore.ts';
import { isObject } from './ParseLocation.ts';
import type { RecordList } from './RecordList.ts';

const FORMAT = 1;

/** A record without what its place in the state says already. */
type StateRow = [id: number, geometry: Geometry | null, properties: Readonly<Record<string, unknown>>];
type StateLayer = Record<TableName, StateRow[]>;

/** All that is committed, as a plain object that can be structured-cloned and written as JSON. */
export interface NetworkState {
  format: typeof FORMAT;
  master: StateLayer;
  streets: StateRow[];
  designs: { info: DesignInfo; version: number; layer: StateLayer }[];
  lastIds: Record<TableName, number>;
}

/** With the writes, where there are any, as if they were committed. */
export function writeState(network: Network, writes: readonly DesignWrites[] = []): NetworkState {
  const added = new Map(writes.map(({ info, layer }) => [info.name, layer]));
  return {
    format: FORMAT,
    master: writeLayer(network.master),
    streets: network.streets.map(({ id, geometry, properties }) => [id, geometry, properties]),
    designs: [...network.designs.values()].map(({ info, version, layer }) => {
      const more = added.get(info.name);
      return more
        ? { info, version: version + 1, layer: writeLayer(layer, more) }
        : { info, version, layer: writeLayer(layer) };
    }),
    lastIds: { ...network.lastIds },
  };
}

function writeLayer(...layers: Layer[]): StateLayer {
  return mapTables((table) =>
    layers.flatMap((layer) =>
      layer[table].rows.map(({ id, geometry, properties }): StateRow => [id, geometry, properties]),
    ),
  );
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
  network.lastIds = { ...state.lastIds };
  network.streets = state.streets.map((row) => readRow('street', null, row));
  readLayer(state.master, null, network.master);
  for (const { info, version, layer } of state.designs) {
    const design = network.designs.get(info.name);
    if (!design) continue;
    design.version = version;
    readLayer(layer, `design/${info.name}`, design.layer);
  }
  return network;
}

function readLayer(from: StateLayer, design: string | null, to: Record<TableName, RecordList>): void {
  for (const table of TABLES) {
    for (const row of from[table]) to[table].add(readRow(table, design, row));
  }
}

function readRow<T extends FeatureTable>(
  table: T,
  design: string | null,
  [id, geometry, properties]: StateRow,
) {
  return createRecord(table, id, design, geometry, properties);
}

function isNetworkState(state: unknown): state is NetworkState {
  return (
    isObject(state) &&
    state.format === FORMAT &&
    isLayer(state.master) &&
    areRows(state.streets) &&
    isObject(state.lastIds) &&
    areIds(state.lastIds) &&
    Array.isArray(state.designs) &&
    state.designs.every(
      (design: unknown) =>
        isObject(design) &&
        isObject(design.info) &&
        typeof design.info.name === 'string' &&
        isObject(design.info.geometry) &&
        Number.isSafeInteger(design.version) &&
        isLayer(design.layer),
    )
  );
}

function isLayer(layer: unknown): boolean {
  return isObject(layer) && TABLES.every((table) => areRows(layer[table]));
}

function areIds(lastIds: Record<string, unknown>): boolean {
  return TABLES.every((table) => Number.isSafeInteger(lastIds[table]));
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
      return isObject(properties) && (geometry === null || isObject(geometry));
    })
  );
}
