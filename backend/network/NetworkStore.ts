import type { BoundingBox, GeoFeature, Geometry, Position } from '../../src/contract/index.ts';
import type { Store, StoreTransaction } from '../common/Store.ts';

/** The tables of the network. `design` holds the design polygons themselves. */
export const TABLES = [
  'pole',
  'address',
  'splice_closure',
  'fiber_splitter',
  'wall_box',
  'fiber_ont',
  'oh_route',
  'fiber_cable',
  'cable_segment',
  'connection',
] as const;
export type TableName = (typeof TABLES)[number];

/** What can be shown on a map: the tables, and the streets of the town, which tasks neither read nor write. */
export const FEATURE_TABLES = [...TABLES, 'street'] as const;
export type FeatureTable = (typeof FEATURE_TABLES)[number];

/** A stored record. Treat as read-only: it may be shared. */
export interface NetworkRecord {
  readonly id: number;
  readonly table: TableName;
  /** `table/id`. */
  readonly urn: string;
  /** 'design/NAME', or null in master. */
  readonly design: string | null;
  /** The record's point or line, where it has one. */
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface NewRecord {
  geometry?: Geometry | null;
  properties: Record<string, unknown>;
}

/** One table as a view sees it: master plus the design's own delta plus this transaction's writes. */
export interface NetworkTable {
  /** Writes to the design's delta, visible to this transaction only until it commits. Rejects in master. */
  insert(record: NewRecord): Promise<NetworkRecord>;
  get(id: number): Promise<NetworkRecord | undefined>;
  /** Records whose property equals the value. `housing`, `root_housing` and other references are indexed. */
  filterOn(property: string, value: unknown, options?: { limit?: number }): Promise<NetworkRecord[]>;
  /** In order of id. */
  recs(options?: { limit?: number }): Promise<NetworkRecord[]>;
  count(): Promise<number>;
  /** By geodesic distance from the point, nearest first, on a spatial index. Point tables only. */
  near(point: Position, options: { limit?: number; radiusMetres?: number }): Promise<NetworkRecord[]>;
}

/** Master, or one design over master. */
export interface NetworkDataView {
  /** 'design/NAME', or null for master. */
  readonly design: string | null;
  table(name: TableName): NetworkTable;
}

/** One unit of work. */
export interface NetworkTransaction {
  /** No design: master. Rejects with code 'design-not-found', naming the designs there are. */
  view(design?: string | null): Promise<NetworkDataView>;
  /** All designs there are, in order of name. */
  designs(): Promise<DesignInfo[]>;
}

export interface DesignInfo {
  /** 'NAME'; its URN is 'design/NAME'. */
  name: string;
  geometry: Geometry;
}

/** What a task that works on the network is given: `({ network, progress }) => ...`. */
export interface NetworkWork {
  /**
   * The network, as one unit of work: reads see what is committed plus this task's own writes. The engine commits
   * it once, after `execute` resolved. A task that fails, is cancelled or runs out of time leaves nothing behind.
   */
  readonly network: NetworkTransaction;
}

/** A transaction with its end, which only the engine may call. A task is given `work`, which has no end. */
export interface NetworkStoreTransaction extends StoreTransaction<NetworkWork>, NetworkTransaction {
  /** Stores all writes at once, or rejects ('design-conflict' when the design changed meanwhile) and stores none. */
  commit(): Promise<void>;
  rollback(): void;
}

/** Where the network is kept. Every store passes test/contracts/networkStore.contract.ts. */
export interface NetworkStore extends Store<NetworkWork> {
  begin(): NetworkStoreTransaction;
  designs(): Promise<DesignInfo[]>;
  /** Committed features for a map: master plus, where named, the design's own; in order of table, id. */
  features(query: {
    design?: string | null;
    tables?: FeatureTable[];
    bbox?: BoundingBox;
    /** 1 to 50,000. */
    limit: number;
    /** Continue after this feature. */
    after?: string;
  }): Promise<{ features: GeoFeature[]; next?: string }>;
}

/** The part of a transaction that a task may use: reads and writes, and no end. */
export function networkWork(transaction: NetworkTransaction): NetworkWork {
  return {
    network: { view: (design) => transaction.view(design), designs: () => transaction.designs() },
  };
}
