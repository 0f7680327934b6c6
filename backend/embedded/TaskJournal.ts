import type { LogLine, TaskSnapshot } from '../../src/contract/index.ts';
import type { StoreTransaction } from '../common/Store.ts';

/** A task as it survives a restart. JSON. */
export interface TaskRecord {
  task: TaskSnapshot;
  /** Rises from task to task: the order they were made in. */
  order: number;
  idempotencyKey?: string;
  /** Ids of the items to work on; absent: all. */
  onlyItems?: readonly string[];
  /** The time of the next attempt, ISO 8601, if the task failed and waits for a retry. */
  dueAt?: string;
}

/** A line of a task's log. The lines of a task have rising numbers from 1. */
export interface JournaledLine {
  taskId: string;
  number: number;
  line: LogLine;
}

/**
 * Where an EmbeddedEngine keeps its tasks over a restart: IndexedDB, a file, a database. It leaves out the events:
 * a subscriber of before the restart is given a snapshot. The engine never overlaps two calls for the same task.
 */
export interface TaskJournal<Work extends object = object> {
  load(): Promise<TaskRecord[]>;
  /** Resolves once the record would survive; replaces an earlier one of the same task id. */
  save(record: TaskRecord): Promise<void>;
  /** Removes the record, and the lines. */
  remove(id: string): Promise<void>;
  /** Keeps the logs of tasks. Without it a restart forgets them. */
  readonly lines?: {
    /** The lines of all tasks. Those of a task come in the order of their numbers. */
    load(): Promise<JournaledLine[]>;
    /**
     * First removes the lines that a task has up to a number, then adds lines. A line with a known number is written again after
     * a failure, and changes nothing.
     */
    write(added: readonly JournaledLine[], forgotten: ReadonlyMap<string, number>): Promise<void>;
  };
  /**
   * For a journal that shares a database with the store: it commits the store and the record in one step. It rejects
   * as the transaction's own commit does, or as `save` does. Then neither is kept, and the store is as it was. Without
   * this method, a crash between commit and save runs a task again that has committed.
   */
  commit?(transaction: StoreTransaction<Work>, record: TaskRecord): Promise<void>;
}
