import type { TaskEvent } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { EventReader } from '../tasks/EventReader.ts';

const COMMENT_INTERVAL_MS = 15_000;
/** One that nobody has started for so long is given up: its host may have lost the answer. */
const UNSTARTED_MS = 60_000;
/** Events are written together until there is so much of them. */
const BATCH_BYTES = 16_384;

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
  /** When to write. Left out: as soon as what runs now has run. */
  turns?: EventStreamTurns;
}

/** Where many streams take turns. */
export interface EventStreamTurns {
  /** `stream.flush()` is to be called. */
  toWrite(stream: EventStream): void;
  /** `stream.end()` is to be called: all has been written. */
  toEnd(stream: EventStream): void;
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
 * nothing. What came in the meantime is written together. Leaves no timer behind.
 */
export class EventStream {
  readonly #events: EventReader;
  readonly #options: EventStreamOptions;
  #sink: EventSink | undefined;
  #timer: ReturnType<typeof setTimeout>;
  /** The sink takes no more at present. */
  #isBlocked = false;
  #isScheduled = false;
  #isOver = false;

  constructor(events: EventReader, options: EventStreamOptions) {
    this.#events = events;
    this.#options = options;
    this.#timer = setTimeout(() => this.end(), UNSTARTED_MS);
  }

  /** Begins. A comment goes first, so that the headers go out. */
  start(sink: EventSink): void {
    if (this.#isOver) {
      sink.write(COMMENT);
      sink.end();
      return;
    }
    clearTimeout(this.#timer);
    this.#sink = sink;
    this.#events.onReadable = () => this.#schedule();
    this.#timer = setInterval(() => {
      // Otherwise something else is on its way.
      if (!this.#isBlocked && !this.#isScheduled) this.#write(COMMENT);
    }, COMMENT_INTERVAL_MS);
    this.#write(COMMENT);
    this.#schedule();
  }

  /** The sink takes more. Safe to call at any time. */
  resume(): void {
    this.#isBlocked = false;
    this.#schedule();
  }

  /** Writes what is there now, as far as the sink takes it. Safe to call at any time. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#isOver || this.#isBlocked) return;
    let first: Uint8Array | undefined;
    /** Made where there is more than one, which is rare and costs more than all else here. */
    let parts: Uint8Array[] | undefined;
    let size = 0;
    let failure: { error: unknown } | undefined;
    try {
      while (size < BATCH_BYTES) {
        const event = this.#events.take();
        if (!event) break;
        const bytes = encode(event, this.#options.ids);
        size += bytes.byteLength;
        if (first) {
          parts ??= [first];
          parts.push(bytes);
        }
        first ??= bytes;
      }
    } catch (error) {
      failure = { error };
    }
    if (parts) this.#write(joined(parts, size));
    else if (first) this.#write(first);
    if (failure) this.#fail(failure.error);
    else if (this.#events.over) this.#endInTurn();
    else if (size >= BATCH_BYTES) this.#schedule();
  }

  /** Ends it as if the events were over. */
  end(): void {
    if (this.#stop()) this.#sink?.end();
  }

  /** The reader has left. */
  leave(): void {
    this.#stop();
  }

  #schedule(): void {
    if (this.#isOver || this.#isBlocked || this.#isScheduled || !this.#sink) return;
    this.#isScheduled = true;
    if (this.#sink.turns) this.#sink.turns.toWrite(this);
    else queueMicrotask(() => this.flush());
  }

  #endInTurn(): void {
    // No comment after the last word.
    this.#isBlocked = true;
    if (this.#sink?.turns) this.#sink.turns.toEnd(this);
    else this.end();
  }

  #write(bytes: Uint8Array): void {
    if (this.#sink?.write(bytes) === false) this.#isBlocked = true;
  }

  #fail(error: unknown): void {
    if (!this.#stop()) return;
    const code = error instanceof TaskRefusal ? error.error.code : 'internal';
    if (code === 'internal') this.#options.onError?.(error);
    // The engine closes: no accident, and another server goes on.
    if (code === 'unavailable') this.#sink?.end();
    else this.#sink?.fail(error);
  }

  /** False where it had stopped before. */
  #stop(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#events.onReadable = undefined;
    this.#events.close();
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

/** What was joined last: many streams of one task have the same to write. */
let latest: { parts: readonly Uint8Array[]; whole: Uint8Array } | undefined;

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (latest?.parts.length === parts.length && latest.parts.every((part, i) => part === parts[i]))
    return latest.whole;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  latest = { parts, whole };
  return whole;
}
