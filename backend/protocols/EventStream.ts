import type { TaskEvent } from '../../src/contract.ts';
import { TaskRefusal } from '../tasks/TaskRefusal.ts';

const COMMENT_INTERVAL_MS = 15_000;

const encoder = new TextEncoder();
const COMMENT = encoder.encode(':\n\n');
/** Each event is encoded once for all its subscribers, and forgotten with it. */
const withId = new WeakMap<TaskEvent, Uint8Array>();
const withoutId = new WeakMap<TaskEvent, Uint8Array>();

/** Where an event stream is written. */
export interface EventSink {
  /** Takes all of it; false: no more before `resume()`. */
  write(bytes: Uint8Array): boolean;
  /** The events are over. */
  end(): void;
  /** Cut it off: the client comes back. */
  fail(error: unknown): void;
}

export interface EventStreamOptions {
  /** Write sequence numbers as `id:`. */
  ids: boolean;
  /** Called once, when the stream is over, whatever ended it. */
  onClose?: (() => void) | undefined;
  /** Told of what the events failed with. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Takes events as its sink takes bytes: what a slow reader has not taken waits in the task's log, where it costs
 * nothing. Leaves no timer behind.
 */
export class EventStream {
  readonly #events: (signal: AbortSignal) => AsyncIterable<TaskEvent>;
  readonly #options: EventStreamOptions;
  readonly #abort = new AbortController();
  #iterator: AsyncIterator<TaskEvent> | undefined;
  #sink: EventSink | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** An event was asked for and has not come: the reader has taken all there is. */
  #waiting = false;

  constructor(events: (signal: AbortSignal) => AsyncIterable<TaskEvent>, options: EventStreamOptions) {
    this.#events = events;
    this.#options = options;
  }

  /** Begins. A comment goes first, so that the headers go out. */
  start(sink: EventSink): void {
    sink.write(COMMENT);
    if (this.#abort.signal.aborted) {
      sink.end();
      return;
    }
    this.#sink = sink;
    this.#iterator = this.#events(this.#abort.signal)[Symbol.asyncIterator]();
    this.#timer = setInterval(() => {
      if (this.#waiting) sink.write(COMMENT);
    }, COMMENT_INTERVAL_MS);
    this.resume();
  }

  /** The sink takes more. Safe to call at any time. */
  resume(): void {
    if (this.#waiting || this.#abort.signal.aborted || !this.#iterator) return;
    this.#waiting = true;
    this.#iterator.next().then(this.#onEvent, this.#onFailure);
  }

  /** Ends it as if the events were over. */
  end(): void {
    if (this.#stop()) this.#sink?.end();
  }

  /** The reader has left. */
  leave(): void {
    this.#stop();
  }

  readonly #onEvent = (result: IteratorResult<TaskEvent>): void => {
    this.#waiting = false;
    if (this.#abort.signal.aborted) return;
    if (result.done) this.end();
    else if (this.#sink?.write(encode(result.value, this.#options.ids))) this.resume();
  };

  readonly #onFailure = (error: unknown): void => {
    if (!this.#stop()) return;
    const code = error instanceof TaskRefusal ? error.error.code : 'internal';
    if (code === 'internal') this.#options.onError?.(error);
    // The engine closes: no accident, and another server goes on.
    if (code === 'unavailable') this.#sink?.end();
    else this.#sink?.fail(error);
  };

  /** False where it had stopped before. */
  #stop(): boolean {
    if (this.#abort.signal.aborted) return false;
    clearInterval(this.#timer);
    this.#abort.abort();
    this.#options.onClose?.();
    return true;
  }
}

function encode(event: TaskEvent, ids: boolean): Uint8Array {
  const cache = ids ? withId : withoutId;
  let bytes = cache.get(event);
  if (!bytes) {
    const id = ids ? `id: ${event.seq}\n` : '';
    bytes = encoder.encode(`event: ${event.type}\n${id}data: ${JSON.stringify(event)}\n\n`);
    cache.set(event, bytes);
  }
  return bytes;
}
