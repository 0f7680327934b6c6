import type { AnyLoggedEvent, EventReader } from './EventReader.ts';

/** The reader reads from this once it is open. `close` may be called twice. */
interface Source<Logged extends AnyLoggedEvent> {
  take(): Logged | undefined;
  readonly over: boolean;
  onReadable: (() => void) | undefined;
  close(): void;
}

type Result<Logged extends AnyLoggedEvent> = IteratorResult<Logged['event'], undefined>;

const END: { done: true; value: undefined } = { done: true, value: undefined };

/**
 * Reads from what `open` gives, which is asked for when somebody begins to read, and closed with the end, with a
 * failure and when the reader leaves early. `signal`: the reader leaves when it aborts.
 */
export function readLazily<Logged extends AnyLoggedEvent>(
  open: () => Promise<Source<Logged>>,
  signal?: AbortSignal,
): EventReader<Logged> {
  return new LazyEventReader(open, signal);
}

class LazyEventReader<Logged extends AnyLoggedEvent> implements EventReader<Logged> {
  onReadable: (() => void) | undefined;
  /** Forgotten once it was called, with all that it holds on to: a reader may be kept for hours. */
  #openSource: (() => Promise<Source<Logged>>) | undefined;
  readonly #signal: AbortSignal | undefined;
  #opening: Promise<boolean> | undefined;
  #source: Source<Logged> | undefined;
  /** The error of a failed opening, until a caller receives it. */
  #failure: { error: unknown } | undefined;
  #closed = false;
  /** A `next()` for which nothing was there. */
  #waiting: { resolve: (result: Result<Logged>) => void; reject: (error: unknown) => void } | undefined;

  constructor(open: () => Promise<Source<Logged>>, signal: AbortSignal | undefined) {
    this.#openSource = open;
    this.#signal = signal;
  }

  open(): Promise<boolean> {
    this.#opening ??= this.#begin();
    return this.#opening;
  }

  take(): Logged | undefined {
    if (this.#failure) {
      const { error } = this.#failure;
      this.#finish();
      throw error;
    }
    if (this.#closed) return undefined;
    if (!this.#source) {
      // The next `take()` throws this error.
      this.open().catch(() => {});
      return undefined;
    }
    try {
      const event = this.#source.take();
      if (!event && this.#source.over) this.#finish();
      return event;
    } catch (error) {
      this.#finish();
      throw error;
    }
  }

  get over(): boolean {
    return this.#closed || this.#source?.over === true;
  }

  next(): Promise<Result<Logged>> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#answer();
    });
  }

  close(): void {
    this.#finish();
    this.#answer();
  }

  async return(): Promise<Result<Logged>> {
    this.close();
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #begin(): Promise<boolean> {
    const open = this.#openSource;
    this.#openSource = undefined;
    if (this.#signal?.aborted) this.close();
    if (this.#closed || !open) return false;
    this.#signal?.addEventListener('abort', this.#onAbort);
    try {
      const source = await open();
      this.#source = source;
      // Left in the meantime, or nothing to come.
      if (this.#closed || source.over) this.#finish();
      else source.onReadable = this.#onReadable;
    } catch (error) {
      if (!this.#closed) this.#failure = { error };
      this.#onReadable();
      throw error;
    }
    const { over } = this;
    this.#onReadable();
    return !over;
  }

  readonly #onReadable = (): void => {
    if (this.#waiting) this.#answer();
    else this.onReadable?.();
  };

  readonly #onAbort = (): void => {
    this.#finish();
    this.#onReadable();
  };

  #answer(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    try {
      const logged = this.take();
      if (!logged && !this.over) return;
      this.#waiting = undefined;
      waiting.resolve(logged ? { done: false, value: logged.event } : END);
    } catch (error) {
      this.#waiting = undefined;
      waiting.reject(error);
    }
  }

  #finish(): void {
    this.#closed = true;
    this.#failure = undefined;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    const source = this.#source;
    if (!source) return;
    this.#source = undefined;
    source.onReadable = undefined;
    source.close();
  }
}
