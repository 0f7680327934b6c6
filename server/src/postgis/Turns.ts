import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';

/** So many are at it at a time: each holds a connection of the pool, which has 10, and tasks need most of them. */
const AT_ONCE = 3;
const MAX_WAITING = 32;

/** Lets few work at a time. The others wait in order. */
export class Turns {
  #working = 0;
  readonly #waiting = new Set<() => void>();

  /**
   * Resolves with the function that ends the turn. Rejects with 'rate-limited' where too many wait already, and with the signal's
   * reason.
   */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#working < AT_ONCE) {
      this.#working += 1;
    } else {
      if (this.#waiting.size >= MAX_WAITING) throw tooMany();
      await this.#wait(signal);
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const [next] = this.#waiting;
      if (next) next();
      else this.#working -= 1;
    };
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const begin = () => {
      this.#waiting.delete(begin);
      resolve();
    };
    const giveUp = () => {
      this.#waiting.delete(begin);
      reject(signal?.reason);
    };
    this.#waiting.add(begin);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

function tooMany(): TaskRefusal {
  return new TaskRefusal({
    code: 'rate-limited',
    message: `${AT_ONCE} files are being made and ${MAX_WAITING} wait; try again when some of them are done`,
    details: { retryAfterSeconds: 10 },
  });
}
