import type { NetworkRecord } from '../NetworkRecord.ts';

/**
 * This says how a design has a record. Neither field: the design has nothing of it, so a view shows master's, if there is one.
 */
export interface LayerState {
  /** The design's own record, or its version of master's. */
  readonly record?: NetworkRecord;
  /** The version of master on which the design changed or deleted master's record. */
  readonly hidden?: number;
}

export interface IdRange {
  table: string;
  firstId: number;
  /** At least `firstId`. */
  lastId: number;
}

/**
 * One commit to a design, as far as it takes to undo it: what it inserted, and how the other records that it wrote were
 * before. The versions join the sets of a design to a chain without gaps, from which the oldest sets are dropped.
 */
export interface ChangeSet {
  /** The versions of the design before and after the commit. */
  readonly from: number;
  readonly version: number;
  /** Undefined: an edit. */
  readonly taskId?: string | undefined;
  /** The task whose writes it undid. */
  readonly undoes?: string | undefined;
  /** The names of all designs that the commit wrote to. */
  readonly designs: readonly string[];
  readonly inserted: readonly IdRange[];
  /** By table and id. */
  readonly images: ReadonlyMap<string, ReadonlyMap<number, LayerState>>;
}

/** A record that others built on since, so that undoing leaves it as it is, or is refused. */
export interface KeptRecord {
  /** Its URN. */
  record: string;
  /**
   * `changed`, `deleted`: somebody has done that to it since. `refers`: it refers to a record of the run, `to`, which stays for
   * that. `missing`: it would come back, and refers to a record, `to`, that somebody has deleted since.
   */
  reason: 'changed' | 'deleted' | 'refers' | 'missing';
  to?: string;
  /** The task that did it, where it is known; null: an edit did. */
  task?: string | null;
}

/** The way back of one record. */
export interface UndoStep {
  table: string;
  id: number;
  state: LayerState;
  seenNow: NetworkRecord | undefined;
  seenAfter: NetworkRecord | undefined;
}

/** Undoing a run changes this. */
export interface UndoneRun {
  /** 'design/NAME' of each. */
  designs: string[];
  steps: UndoStep[];
  /** Others built on these since, and they stay as they are. */
  kept: KeptRecord[];
}

export interface UndoOptions {
  /** True: what others built on stays as it is. Default: then nothing is undone, and the call rejects. */
  keepOthers?: boolean | undefined;
  /**
   * True: the steps have each record whole, as a preview shows it. Default: a record that only goes may come without its geometry and
   * its properties, which a store need not read for that.
   */
  detailed?: boolean | undefined;
}
