import { pause } from '../../../backend/common/pause.ts';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';

/** Servers look for tasks that a server which is gone has left, this often. */
const LOOK_MS = 5_000;
/** A server that starts looks sooner: it may come in place of one that is gone. */
const FIRST_LOOK_MS = 500;

/** A worker that has started. */
export interface Closable {
  close(): Promise<void>;
}

/**
 * Starts this server's worker for the engine's own tasks, bulk tasks and runs of workflows, when there is one to run: most servers
 * never need it. A server runs them itself, so that tasks can be cancelled where no worker runs, and because a run waits for other
 * tasks. Any server runs those of a server that is gone.
 */
export class OwnWorker {
  readonly #start: () => Promise<Closable>;
  readonly #isNeeded: () => Promise<boolean>;
  readonly #observer: TaskObserver;
  readonly #closed = new AbortController();
  readonly #looking: Promise<void>;
  #worker: Promise<Closable> | undefined;

  constructor(parts: {
    start: () => Promise<Closable>;
    /** Resolves with true if there is such a task that has not ended. */
    isNeeded: () => Promise<boolean>;
    observer: TaskObserver;
  }) {
    this.#start = parts.start;
    this.#isNeeded = parts.isNeeded;
    this.#observer = parts.observer;
    this.#looking = this.#lookOn();
  }

  /** Starts it where it does not run. It never rejects: what goes wrong is reported, and it is tried again. */
  async need(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#worker ??= this.#start();
    const starting = this.#worker;
    try {
      await starting;
    } catch (error) {
      if (this.#worker === starting) this.#worker = undefined;
      this.#observer.problem?.('The worker for bulk tasks and workflows could not be started yet', error);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#looking;
    const worker = await this.#worker?.catch(() => undefined);
    await worker?.close();
  }

  async #lookOn(): Promise<void> {
    const { signal } = this.#closed;
    for (await pause(FIRST_LOOK_MS, signal); !signal.aborted && !this.#worker; await pause(LOOK_MS, signal)) {
      try {
        if (await this.#isNeeded()) await this.need();
      } catch (error) {
        this.#observer.problem?.('Whether there are bulk tasks or workflows to run is not known', error);
      }
    }
  }
}
