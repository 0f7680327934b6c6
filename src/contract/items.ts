import type { Geometry } from './geometry.ts';

// Parts of a task's work: where some fail, the others still count, and the failed ones can be tried again.

/** How one part of the work ended. Texts that are longer than these limits are cut. */
export type TaskItem =
  | { /** Unique within the task, 1 to 200 characters: 'address/12'. */ id: string; ok: true }
  | ({ ok?: false } & ItemFailure);

/** Why one part of the work failed. */
export interface ItemFailure {
  /** Unique within the task, 1 to 200 characters: 'address/12'. */
  id: string;
  /** Stable, for programs: 'too-far'. 1 to 100 characters. */
  code: string;
  /** English: what was wrong and how to mend it. At most 500 characters. */
  message: string;
  /** Where it is, for a map. */
  geometry?: Geometry;
}

/** What the items of a task add up to. */
export interface ItemSummary {
  ok: number;
  failed: number;
  /**
   * Those that failed, in the order they failed: the first MAX_ITEM_FAILURES of them. A list of tasks has the first
   * few of each task only.
   */
  failures: ItemFailure[];
}

/** So many failures are kept for each task; further ones are only counted. */
export const MAX_ITEM_FAILURES = 1_000;

/** Body of `POST /tasks/{id}/retry`, which may also be empty. */
export interface RetryRequest {
  /** 'failed': only the items that failed. Left out: the whole task. */
  items?: 'failed';
}
