import type { Geometry } from './geometry.ts';
import type { NodesToRetry } from './workflow.ts';

// Parts of a task's work: where some fail, the others still count, and the failed ones can be tried again.

/** One part of the work, and how it ended. */
export type TaskItem =
  | { /** Unique within the task, 1 to 200 characters: 'address/12'. */ id: string; ok: true }
  | ({ ok?: false } & ItemFailure);

/** Why one part of the work failed. */
export interface ItemFailure {
  /** Unique within the task, 1 to 200 characters: 'address/12'. */
  id: string;
  /** Stable, for programs: 'too-far'. 1 to 100 characters. */
  code: string;
  /** English: what was wrong and how to mend it. A longer text than 500 characters is cut. */
  message: string;
  /** Where it is, for a map. */
  geometry?: Geometry;
}

/** Sums up the items of a task. */
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

/** Selects items of the present attempt at a task. */
export interface ItemQuery {
  /** false: those that failed. true: the others. Left out: both. */
  ok?: boolean;
  /** 1 to 1,000, default 100. */
  limit?: number;
  /** `nextAfter` of the page before. */
  after?: string;
}

/** A page of items, in the order in which the task reported them. `nextAfter` is absent on the last page. */
export interface ItemPage {
  items: TaskItem[];
  nextAfter?: string;
}

/** Body of `POST /tasks/{id}/retry`, which may also be empty. */
export interface RetryRequest {
  /** 'failed': only the items that failed. Left out: the whole task. */
  items?: 'failed';
  /** It selects the nodes of a workflow that run. Left out: all; with `items: 'failed'` all that have not succeeded. */
  nodes?: NodesToRetry;
  /** The same key again gives the same task. 1 to 200 characters. */
  idempotencyKey?: string;
}

/**
 * The summary of a task's items once these are added to it. A failed item that is reported again counts as what it was
 * reported as last, for as long as its failure is among those that are kept.
 *
 * @example
 * addItems(undefined, [{ id: 'address/1', ok: true }]); // { ok: 1, failed: 0, failures: [] }
 */
export function addItems(before: ItemSummary | undefined, items: readonly TaskItem[]): ItemSummary {
  let { ok, failed } = before ?? { ok: 0, failed: 0 };
  const failures = new Map(before?.failures.map((failure) => [failure.id, failure]));
  for (const item of items) {
    if (failures.delete(item.id)) failed -= 1;
    if (item.ok) {
      ok += 1;
    } else {
      failed += 1;
      if (failures.size < MAX_ITEM_FAILURES) failures.set(item.id, failureOf(item));
    }
  }
  return { ok, failed, failures: [...failures.values()] };
}

function failureOf({ id, code, message, geometry }: ItemFailure): ItemFailure {
  return { id, code, message, ...(geometry && { geometry }) };
}
