import type { SystemClient } from '../client/SystemClient.ts';
import { isTaskClientError } from '../client/TaskClientError.ts';
import type { TaskWaiting } from '../contract/index.ts';

/** The server is asked at most this often, and soon after something changed. */
const EVERY_MS = 5_000;
const SOON_MS = 250;
/** One call asks for so many tasks at most. */
const MAX_IDS = 200;
const TOO_OLD = ['not-found', 'method-not-allowed'];

/**
 * Keeps the places of queued tasks fresh for a list that is shown: one call for all of them, at most every 5 s, while something
 * waits and the page is visible. A watch does not bring them, because they change with other tasks. Where the client cannot
 * ask, or the server is too old, places stay as the list had them.
 */
export class FreshPlaces {
  readonly #system: SystemClient;
  readonly #queued: () => readonly string[];
  readonly #onPlaces: (places: Readonly<Record<string, TaskWaiting>>) => void;
  readonly #lifetime = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #isAsking = false;

  /** `queued`: ids of the tasks that wait now. */
  constructor(
    system: SystemClient,
    queued: () => readonly string[],
    onPlaces: (places: Readonly<Record<string, TaskWaiting>>) => void,
  ) {
    this.#system = system;
    this.#queued = queued;
    this.#onPlaces = onPlaces;
    if (system.waitingTasks)
      document.addEventListener('visibilitychange', this.changed, { signal: this.#lifetime.signal });
  }

  /** Something changed in the list, so places may have changed. */
  readonly changed = (): void => {
    if (!this.#system.waitingTasks || this.#timer !== undefined || this.#isAsking || this.#isIdle) return;
    const wait = Math.max(SOON_MS, this.#askedAt + EVERY_MS - Date.now());
    this.#timer = setTimeout(() => void this.#ask(), wait);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#lifetime.abort();
  }

  get #isIdle(): boolean {
    return this.#lifetime.signal.aborted || document.hidden || this.#queued().length === 0;
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    if (this.#isIdle) return;
    this.#isAsking = true;
    this.#askedAt = Date.now();
    const { signal } = this.#lifetime;
    try {
      const places = await this.#system.waitingTasks?.(this.#queued().slice(0, MAX_IDS), { signal });
      if (!signal.aborted && typeof places === 'object' && places !== null) this.#onPlaces(places);
    } catch (thrown) {
      // An old server has no such call. Any other trouble passes, and the list says when the server is away.
      if (isTaskClientError(thrown) && TOO_OLD.includes(thrown.code)) this.stop();
    }
    this.#isAsking = false;
    this.changed();
  }
}
