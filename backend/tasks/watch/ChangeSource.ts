/** A watcher with more changed tasks before it than this has to read the list again. */
export const MAX_BEHIND = 10_000;

/** A task that has changed, and the number of its last change. */
export interface ChangedTask {
  taskId: string;
  number: number;
}

/** Finds the changes that a ChangeFeed has in no chain, for watchers that resume and for slow ones. */
export interface ChangeSource {
  /**
   * The tasks whose last change has a number above `after` and up to `upTo`, in order of that number. Undefined: not known
   * any more, or more than MAX_BEHIND.
   */
  between(
    after: number,
    upTo: number,
  ): readonly ChangedTask[] | undefined | Promise<readonly ChangedTask[] | undefined>;
  /**
   * Adds these tasks to the feed, the last one last, and resolves with the ids of those that it found. Absent where the feed
   * has all.
   */
  load?(tasks: readonly ChangedTask[]): Promise<ReadonlySet<string>>;
}
