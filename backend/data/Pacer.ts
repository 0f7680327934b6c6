import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';

/** A page stands still while code runs, so nothing here runs longer than this without a pause. */
const MILLISECONDS = 12;

/** Lets the page breathe between pieces of work, and stops the work when its signal aborts. */
export class Pacer {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  get isDue(): boolean {
    return performance.now() - this.#since > MILLISECONDS;
  }

  /** Call it between small pieces of work. Rejects with the signal's reason when that has aborted. */
  async pause(): Promise<void> {
    this.#signal?.throwIfAborted();
    if (!this.isDue) return;
    await yieldToEventLoop();
    this.#since = performance.now();
    this.#signal?.throwIfAborted();
  }
}
