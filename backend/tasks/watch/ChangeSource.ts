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
  /** Sees to it that `feed.latest()` has these tasks, if they are there. Absent where it has all. */
  load?(taskIds: readonly string[]): Promise<void>;
}
