import type { LoggedEvent } from './LoggedEvent.ts';
import type { LoggedWatchEvent } from './watch/LoggedWatchEvent.ts';

/** The events that a reader may take: those of tasks, and those of a watch. */
export type AnyLoggedEvent = LoggedEvent | LoggedWatchEvent;

/**
 * The events for one reader. Either `for await`, or, where thousands follow and a promise for each event is too much:
 * `take()` what is there whenever `onReadable` is called.
 */
export interface EventReader<Logged extends AnyLoggedEvent = LoggedEvent>
  extends AsyncIterable<Logged['event']>,
    AsyncIterator<Logged['event'], undefined> {
  /**
   * Begins to read, which `take()` and `next()` do too. False: there is nothing to come, all of it has been seen.
   * Rejects with why it cannot be read.
   */
  open(): Promise<boolean>;
  /** The next event where it is there now. Throws, once, what opening or reading failed with. */
  take(): Logged | undefined;
  /** There is nothing to take, and never will be. */
  readonly over: boolean;
  /** Called when there may be something to take, and when reading is over or has failed. */
  onReadable: (() => void) | undefined;
  /** Ends it, for a reader that leaves. Safe to call at any time. */
  close(): void;
  /** As `close()`, for a `for await` that is left early. */
  return(): Promise<IteratorResult<Logged['event'], undefined>>;
}
