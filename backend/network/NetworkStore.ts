import type { BoundingBox, GeoFeature, Geometry, Position } from '../../src/contract/index.ts';
import type { RunOfTask, Savepoint, Store, StoreTransaction } from '../common/Store.ts';
import type { NetworkRecord } from './NetworkRecord.ts';
import type { FeatureTable, NetworkTables } from './tables.ts';
import type { UndoneRun, UndoOptions } from './undo/undoTypes.ts';

export type { NetworkRecord };

export interface NewRecord {
  geometry?: Geometry | null;
  properties: Record<string, unknown>;
}

/** A change of a record. The record keeps whatever the change leaves out. */
export interface RecordChange {
  /** null removes it. */
  geometry?: Geometry | null;
  /** These properties are set, the others stay; undefined removes one. */
  properties?: Record<string, unknown>;
}

/**
 * One table as a view sees it: master, with what the design added, changed and deleted, and with what this transaction
 * wrote. Writes go to the design and leave master as it is. Only the transaction sees them until it commits.
 * They reject with 'master-read-only' in a task's view of master (`NetworkStore.edit` writes to master), and with
 * 'invalid-record' where the table does not take such a geometry.
 */
export interface NetworkTable {
  insert(record: NewRecord): Promise<NetworkRecord>;
  /**
   * Changes a record of the view, be it master's, the design's or one that this transaction inserted, and gives it as
   * it is then. Rejects with 'record-not-found' where the view has none of this id.
   *
   * @example
   * await view.table('pole').update(pole.id, { properties: { label: 'A 1' } });
   */
  update(id: number, change: RecordChange): Promise<NetworkRecord>;
  /** Takes a record out of the view. Rejects with 'record-not-found' where the view has none of this id. */
  delete(id: number): Promise<void>;
  /**
   * Reserves a name for records of this design, over master and all designs: a pole's label must be found once in the
   * whole network. Resolves with false where a committed record of master or of another design has the name, or where
   * another design reserved it. A reservation outlives a rollback, so that the next attempt in the same design is given the
   * same names. Rejects with 'master-read-only' in the view of master.
   *
   * @example
   * if (await view.table('pole').reserveName('P-010')) await view.table('pole').insert({ properties: { name: 'P-010' } });
   */
  reserveName(name: string): Promise<boolean>;
  get(id: number): Promise<NetworkRecord | undefined>;
  /** Records whose property equals the value, in order of id. The table's `indexed` properties are found by index. */
  filterOn(property: string, value: unknown, options?: { limit?: number }): Promise<NetworkRecord[]>;
  /** In order of id. */
  recs(options?: { limit?: number }): Promise<NetworkRecord[]>;
  count(): Promise<number>;
  /** By geodesic distance from the point, nearest first, on a spatial index. Tables of points only. */
  near(point: Position, options: { limit?: number; radiusMetres?: number }): Promise<NetworkRecord[]>;
  /**
   * Records whose bounds have a point in common with the box, in order of id: west, south, east, north in degrees, where west is
   * east of east for a box that crosses the antimeridian. Rejects with 'invalid-request' where it is no box.
   *
   * @example
   * const streets = await view.table('street').within([-71.12, 42.36, -71.1, 42.38], { limit: 50_000 });
   */
  within(box: BoundingBox, options?: { limit?: number }): Promise<NetworkRecord[]>;
}

/** Master, or one design over master. */
export interface NetworkDataView {
  /** 'design/NAME', or null for master. */
  readonly design: string | null;
  /**
   * Throws a TaskRefusal 'unknown-table' that names the tables there are. A task may read 'street' as well, which is the same in
   * each view, and write to it in none.
   */
  table(name: FeatureTable): NetworkTable;
}

/** One unit of work. */
export interface NetworkTransaction {
  /** No design: master. Rejects with code 'design-not-found', naming the designs there are. */
  view(design?: string | null): Promise<NetworkDataView>;
  /** All designs there are, in order of name. */
  designs(): Promise<DesignInfo[]>;
  /**
   * Undoes what a task committed to designs: what it inserted goes, and what it changed or deleted is as it was before, with the same
   * ids. It must be the only writing of the transaction, and a second call for the same task gives the same. The commit can be undone in the same way. Rejects with 'undo-conflict', which
   * names the records, where others have built on them since, unless `keepOthers` says to leave those as they are; with
   * 'already-undone'; and with 'undo-not-kept' where the store does not know any more what the task changed.
   *
   * @example
   * const { steps } = await network.undo(params.task);
   */
  undo(taskId: string, options?: UndoOptions): Promise<UndoneRun>;
}

export interface DesignInfo {
  /** 'NAME'; its URN is 'design/NAME'. */
  name: string;
  geometry: Geometry;
}

/** The engine gives this to a task that works on the network: `({ network, progress }) => ...`. */
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
  /** Ids and names that were given out since stay given out. */
  savepoint(): Savepoint;
}

export interface PostDesignOptions {
  /** The version that stays where the design and master have both changed a record. Default: neither, and nothing is posted. */
  prefer?: 'design' | 'master';
}

/** So many records of master a posted design has added, changed and deleted. */
export interface PostedDesign {
  added: number;
  changed: number;
  deleted: number;
}

/** Asks for committed records of one table. */
export interface RecordsQuery {
  /** A table, or 'street', which is in master only. */
  table: FeatureTable;
  /** 'design/NAME'. Default: master alone. */
  design?: string | null | undefined;
  /** True: only what the design has added or changed, and nothing of master. */
  own?: boolean | undefined;
  /** The id of a task: only what it has inserted, wherever that is now. `design` does not count then. */
  task?: string | undefined;
  /** Only those whose property (or 'id') is one of these values; not with `task`. */
  where?: { property: string; values: readonly (string | number)[] } | undefined;
  /** Continue after this id. */
  after?: number | undefined;
  /** At least 1. */
  limit: number;
}

/** It answers with what was committed at one moment, for whoever reads a network page by page and wants no half of a change. */
export interface NetworkSnapshot {
  readonly tables: NetworkTables;
  /** As `NetworkStore.records`, of that moment. */
  records(query: RecordsQuery): Promise<NetworkRecord[]>;
  /** Gives back what the snapshot holds. It may be closed again; reading afterwards rejects. */
  close(): Promise<void>;
}

/** A store keeps the network. Every store passes test/contracts/networkStore.contract.ts. */
export interface NetworkStore extends Store<NetworkWork> {
  /** The tables that ship, and those that the store was given. */
  readonly tables: NetworkTables;
  /** The store keeps which records the task inserts, until their design is dropped: see `features`. */
  begin(run?: RunOfTask): NetworkStoreTransaction;
  /** Its commit rejects. The ids of what it inserts are of this transaction alone. */
  rehearse(): NetworkStoreTransaction;
  /**
   * Changes the network outside a task, as one unit: stores everything that `work` writes, or nothing where it rejects. Here the
   * view of master takes writes too, and has the table 'street'. Nothing that `work` reads is changed by somebody else before the
   * commit: if it is, `work` runs again, so it must do nothing but read and write the network. Rejects with
   * 'design-conflict' where that happens again and again. A task that wrote to the same design before rejects at its commit.
   *
   * @example
   * await store.edit(async (network) => {
   *   const master = await network.view();
   *   await master.table('pole').update(12, { properties: { height_m: 9 } });
   * });
   */
  edit<T>(work: (network: NetworkTransaction) => Promise<T>): Promise<T>;
  designs(): Promise<DesignInfo[]>;
  /**
   * Makes an empty design. Rejects with 'design-exists', and with 'invalid-request' where the name or the area cannot be
   * stored, or where there are 1,000 designs.
   *
   * @example
   * await store.createDesign({ name: 'West', geometry: { type: 'Polygon', coordinates: [ring] } });
   */
  createDesign(design: DesignInfo): Promise<void>;
  /**
   * Merges a design into master, where its records keep their ids, and removes the design. Rejects with 'design-not-found',
   * and with 'design-conflict', which names the records, where master has changed since the design changed them. A task
   * that has written to the design and has not committed yet rejects with 'design-conflict' when it commits.
   *
   * @example
   * const { added, changed, deleted } = await store.postDesign('West');
   */
  postDesign(name: string, options?: PostDesignOptions): Promise<PostedDesign>;
  /** Removes a design, with all that was planned in it. Rejects with 'design-not-found'. Tasks: as `postDesign`. */
  dropDesign(name: string): Promise<void>;
  /**
   * Committed features for a map: master plus, where named, the design's own; in order of table, id. With `task` only the
   * records that this task has inserted, as they are now: in whichever design, or in master once that was posted. `design` does
   * not count then.
   */
  features(query: {
    design?: string | null;
    /** The id of a task. */
    task?: string;
    /** Names of tables, or 'street'. Default: all. */
    tables?: readonly FeatureTable[];
    bbox?: BoundingBox;
    /** 1 to 50,000. */
    limit: number;
    /** Continue after this feature. */
    after?: string;
  }): Promise<{ features: GeoFeature[]; next?: string }>;
  /**
   * Committed records of one table in order of id, also those without a geometry: for whoever reads a network and does not work on
   * it. Rejects with 'unknown-table', and with 'design-not-found'.
   *
   * @example
   * await store.records({ table: 'connection', where: { property: 'in_object', values: ['fiber_splitter/3'] }, limit: 100 });
   */
  records(query: RecordsQuery): Promise<NetworkRecord[]>;
  /**
   * Keeps what is committed now readable, whatever is committed later. Close it: a store on a database holds a connection for each. It
   * lets few be open at a time, and for some minutes; the next one waits. Rejects with 'rate-limited' where too many wait, and
   * with the signal's reason.
   */
  snapshot(options?: { signal?: AbortSignal | undefined }): Promise<NetworkSnapshot>;
}

/** The part of a transaction that a task may use: reads and writes, and no end. */
export function networkWork(transaction: NetworkTransaction): NetworkWork {
  return {
    network: {
      view: (design) => transaction.view(design),
      designs: () => transaction.designs(),
      undo: (taskId, options) => transaction.undo(taskId, options),
    },
  };
}
