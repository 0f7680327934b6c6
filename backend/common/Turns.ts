export interface TurnsOptions {
  /** So many work at a time. */
  atOnce: number;
  /** So many others wait. */
  mostWaiting: number;
  /** Makes the error for whoever comes then. */
  refusal(): Error;
}

/** Lets few work at a time. The others wait in order. */
export class Turns {
  readonly #options: TurnsOptions;
  #working = 0;
  readonly #waiting = new Set<() => void>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Resolves with the function that ends the turn. Rejects with the refusal, and with the signal's reason. */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#working < this.#options.atOnce) {
      this.#working += 1;
    } else {
      if (this.#waiting.size >= this.#options.mostWaiting) throw this.#options.refusal();
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
