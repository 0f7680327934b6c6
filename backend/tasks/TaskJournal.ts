import type { TaskSnapshot } from '../../src/contract.ts';

/** A task as it survives a restart. JSON. */
export interface TaskRecord {
  task: TaskSnapshot;
  /** Rises from task to task: the order they were made in. */
  order: number;
  idempotencyKey?: string;
}

/**
 * Where an EmbeddedEngine keeps its tasks over a restart: IndexedDB, a file, a database. It leaves out the events:
 * a subscriber of before the restart is given a snapshot. The engine never overlaps two calls for the same task.
 */
export interface TaskJournal {
  load(): Promise<TaskRecord[]>;
  /** Resolves once the record would survive; replaces an earlier one of the same task id. */
  save(record: TaskRecord): Promise<void>;
  remove(id: string): Promise<void>;
}
