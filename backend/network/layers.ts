import {
  type DesignInfo,
  type FeatureTable,
  type NetworkRecord,
  TABLES,
  type TableName,
} from './NetworkStore.ts';
import { RecordList } from './RecordList.ts';

/** A record of a table, or a street. */
export type MapRecord<T extends FeatureTable = FeatureTable> = Omit<NetworkRecord, 'table'> & {
  readonly table: T;
};

/** The records of one layer, by table. */
export type Layer = Record<TableName, RecordList>;

/** A design's own records, over master. */
export interface DesignLayer {
  readonly info: DesignInfo;
  readonly layer: Layer;
  /** Raised by every commit to it. */
  version: number;
}

/** All that is committed. Ids of design records are above those of master, so that master comes first in order of id. */
export interface Network {
  master: Layer;
  streets: MapRecord<'street'>[];
  /** By name, in order of name. */
  designs: Map<string, DesignLayer>;
  /** The newest id given out, of each table. Never goes back: ids of a rolled back transaction are not used again. */
  lastIds: Record<TableName, number>;
}

/** Goes over TABLES, so that no table can be forgotten. */
export function mapTables<T>(make: (table: TableName) => T): Record<TableName, T> {
  const entries = TABLES.map((table): [TableName, T] => [table, make(table)]);
  return Object.fromEntries(entries) as Record<TableName, T>;
}

export function createLayer(): Layer {
  return mapTables(() => new RecordList());
}

export function createNetwork(designs: readonly DesignInfo[]): Network {
  const sorted = [...designs].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    master: createLayer(),
    streets: [],
    designs: new Map(sorted.map((info) => [info.name, { info, layer: createLayer(), version: 0 }])),
    lastIds: mapTables(() => 0),
  };
}

/** A record as it is stored: the properties are copied, so that whoever gave them may go on using them. */
export function createRecord<T extends FeatureTable>(
  table: T,
  id: number,
  design: string | null,
  geometry: NetworkRecord['geometry'],
  properties: Record<string, unknown>,
): MapRecord<T> {
  return { id, table, urn: `${table}/${id}`, design, geometry, properties: Object.freeze({ ...properties }) };
}
