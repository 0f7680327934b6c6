import type { BoundingBox } from './geometry.ts';

/**
 * Sums up the features that a running task has built. A server keeps only the newest features of a task that builds
 * many; this is what it says about all of them. It stays when the task ends, however it ends. After `succeeded` they are read where the network is, by box and table:
 * `GET /features?bbox=10.1,48.8,10.2,48.9&tables=pole,oh_route`.
 */
export interface BuiltSummary {
  /** The number of features that the present attempt has sent. One that was sent again counts again. */
  count: number;
  /** Names of their tables, in the order in which they came: the first MAX_BUILT_TABLES of them. */
  tables: string[];
  /** Encloses all of them. Absent where there are none. */
  bbox?: BoundingBox;
}

/** A summary names so many tables. */
export const MAX_BUILT_TABLES = 50;
