import type { LoggedEvent } from '../LoggedEvent.ts';
import type { Subscription } from '../Subscription.ts';
import type { LoggedWatchEvent } from './LoggedWatchEvent.ts';
import type { Watcher } from './Watcher.ts';

/**
 * A watch and the events of some tasks on one stream. The stream is over only when the watch is: the tasks that it follows
 * may all have ended.
 */
export class WatchSubscription {
  /** Called when there may be something to take, and when it was closed. */
  onReadable: (() => void) | undefined;
  readonly #watcher: Watcher;
  readonly #followed: Subscription | undefined;
  readonly #onClose: () => void;
  #isClosed = false;

  /** `onClose`: called once, by `close()`. */
  constructor(watcher: Watcher, followed: Subscription | undefined, onClose = () => {}) {
    this.#watcher = watcher;
    this.#followed = followed;
    this.#onClose = onClose;
    const onReadable = () => this.onReadable?.();
    watcher.onReadable = onReadable;
    if (followed) followed.onReadable = onReadable;
  }

  get over(): boolean {
    return this.#watcher.over;
  }

  /** The events of followed tasks go first: the user looks at those. */
  take(): LoggedEvent | LoggedWatchEvent | undefined {
    return this.#followed?.take() ?? this.#watcher.take();
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#followed?.close();
    this.#watcher.close();
    this.#onClose();
  }
}
