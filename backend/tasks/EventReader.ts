import type { TaskEvent } from '../../src/contract/index.ts';
import type { LoggedEvent } from './LoggedEvent.ts';

/**
 * The events for one reader. Either `for await`, or, where thousands follow and a promise for each event is too much:
 * `take()` what is there whenever `onReadable` is called.
 */
export interface EventReader extends AsyncIterable<TaskEvent>, AsyncIterator<TaskEvent, undefined> {
  /**
   * Begins to read, which `take()` and `next()` do too. False: there is nothing to come, all of it has been seen.
   * Rejects with why it cannot be read.
   */
  open(): Promise<boolean>;
  /** The next event where it is there now. Throws, once, what opening or reading failed with. */
  take(): LoggedEvent | undefined;
  /** There is nothing to take, and never will be. */
  readonly over: boolean;
  /** Called when there may be something to take, and when reading is over or has failed. */
  onReadable: (() => void) | undefined;
  /** Ends it, for a reader that leaves. Safe to call at any time. */
  close(): void;
  /** As `close()`, for a `for await` that is left early. */
  return(): Promise<IteratorResult<TaskEvent, undefined>>;
}
