import type { NetworkRecord } from '../NetworkStore.ts';
import type { ChangeSet, LayerState } from './undoTypes.ts';

/** A change set without what it holds. */
export type ChangeSetHead = Pick<ChangeSet, 'version' | 'designs'> & {
  /** The name of the design. */
  design: string;
};

/** A record that a commit wrote: how the design had it before, after and now. */
export interface TouchedRecord {
  table: string;
  id: number;
  before: LayerState;
  after: LayerState;
  now: LayerState;
  /** Master's record of this id, which the design shows where it has nothing of its own. */
  below: NetworkRecord | undefined;
  /** The task that wrote it next; null: an edit did. Undefined: nobody has written it since. */
  changedBy: string | null | undefined;
}

/** Another record of the design that refers to some of those that are to go. */
export interface Referrer {
  record: NetworkRecord;
  /** URNs. */
  to: string[];
}

/** A store's history of its designs, as undoing reads it. Everything that it answers is of one moment. */
export interface DesignHistory {
  /** The sets that the task committed, one of each design. Empty where none is kept. */
  setsOf(taskId: string): Promise<ChangeSetHead[]>;
  /** The task that undid the writes of this one last. */
  undoneBy(taskId: string): Promise<string | undefined>;
  /**
   * Undefined where not all commits since are known. Unless `isWhole`, records that nobody has written since may come as `now` and
   * `after` without geometry and properties.
   */
  touched(head: ChangeSetHead, options: { isWhole: boolean }): Promise<TouchedRecord[] | undefined>;
  /**
   * The design's own records that were written after the set and refer to some of these by URN, without these themselves; at most
   * MAX_REFERRERS. A record that was not written since refers to what was not there before the set either.
   */
  referrers(head: ChangeSetHead, gone: ReadonlySet<string>): Promise<Referrer[]>;
  /** Those of these URNs that were there after the set and are not there now. */
  missing(head: ChangeSetHead, urns: ReadonlySet<string>): Promise<Set<string>>;
}

/** One undo looks at so many records of others. */
export const MAX_REFERRERS = 10_000;
