import { isTaskRefusal } from '../common/TaskRefusal.ts';
import type { AnyLoggedEvent, EventReader } from '../tasks/EventReader.ts';
import { LoggedWatchEvent } from '../tasks/watch/LoggedWatchEvent.ts';
import type { EventFormat } from './EventFormat.ts';

/** Well below the 45 s after which our client takes a silent connection for lost. */
const KEEP_ALIVE_INTERVAL_MS = 15_000;
/** A stream that no host has started by then ends: the host may have lost the response. */
const UNSTARTED_MS = 60_000;
/** The stream writes events together until they reach this size. */
const BATCH_BYTES = 16_384;

/** An event stream writes its bytes into a sink. */
export interface EventSink {
  /** Takes all the bytes. It returns false where it takes no more until the host calls `resume()`. */
  write(bytes: Uint8Array): boolean;
  /** The events are over. */
  end(): void;
  /** Cuts the connection, so that the client reconnects. */
  fail(error: unknown): void;
  /** Decides when the stream writes. Without one, the stream writes in the next microtask. */
  scheduler?: EventScheduler;
}

/** Shares the event loop between many streams. */
export interface EventScheduler {
  /** Plans a call of `stream.flush()`. */
  scheduleFlush(stream: EventStream): void;
  /** Plans a call of `stream.end()`, after everything was written. */
  scheduleEnd(stream: EventStream): void;
}

export interface EventStreamOptions {
  format: EventFormat;
  /** Called once, when the stream is over, whatever ended it. */
  onClose?: (() => void) | undefined;
  /** Receives the unexpected error that reading the events failed with. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Writes a task's events into a response, for the hosts of the backend. It takes events only as fast as the sink takes
 * bytes. Events that a slow client has not taken wait in the task's log, where they cost no memory. Events that came in
 * the meantime are written together. The stream leaves no timer behind.
 *
 * @example
 * const stream = new EventStream(engine.events(filter, { caller }), { format: SERVER_SENT_EVENTS });
 * stream.start({ write: (bytes) => socket.write(bytes), end: () => socket.end(), fail: () => socket.destroy() });
 */
export class EventStream {
  readonly #events: EventReader<AnyLoggedEvent>;
  readonly #options: EventStreamOptions;
  readonly #frames: Frames;
  #sink: EventSink | undefined;
  #timer: ReturnType<typeof setTimeout>;
  /** True while the sink takes no more bytes. */
  #isBlocked = false;
  #isScheduled = false;
  #isOver = false;

  constructor(events: EventReader<AnyLoggedEvent>, options: EventStreamOptions) {
    this.#events = events;
    this.#options = options;
    this.#frames = framesOf(options.format);
    this.#timer = setTimeout(() => this.end(), UNSTARTED_MS);
  }

  /** Begins to write. A keep-alive frame goes first, so that the host sends the headers. */
  start(sink: EventSink): void {
    const { keepAlive } = this.#frames;
    if (this.#isOver) {
      sink.write(keepAlive);
      sink.end();
      return;
    }
    clearTimeout(this.#timer);
    this.#sink = sink;
    this.#events.onReadable = () => this.#schedule();
    this.#timer = setInterval(() => {
      // A blocked or scheduled stream has other bytes to send.
      if (!this.#isBlocked && !this.#isScheduled) this.#write(keepAlive);
    }, KEEP_ALIVE_INTERVAL_MS);
    this.#write(keepAlive);
    this.#schedule();
  }

  /** The sink takes more bytes. Safe to call at any time. */
  resume(): void {
    this.#isBlocked = false;
    this.#schedule();
  }

  /** Writes the events that are there now, as far as the sink takes them. Safe to call at any time. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#isOver || this.#isBlocked) return;
    let first: Uint8Array | undefined;
    /** Made only for more than one frame, which is rare and costs more than everything else here. */
    let parts: Uint8Array[] | undefined;
    let size = 0;
    let failure: { error: unknown } | undefined;
    try {
      while (size < BATCH_BYTES) {
        const event = this.#events.take();
        if (!event) break;
        const bytes = this.#frames.of(event);
        if (!bytes) continue;
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
    else if (this.#events.over) this.#scheduleEnd();
    else if (size >= BATCH_BYTES) this.#schedule();
  }

  /** Ends the stream as if its events were over. */
  end(): void {
    if (this.#stop()) this.#sink?.end();
  }

  /** The client has disconnected. */
  leave(): void {
    this.#stop();
  }

  #schedule(): void {
    if (this.#isOver || this.#isBlocked || this.#isScheduled || !this.#sink) return;
    this.#isScheduled = true;
    if (this.#sink.scheduler) this.#sink.scheduler.scheduleFlush(this);
    else queueMicrotask(() => this.flush());
  }

  #scheduleEnd(): void {
    // No keep-alive frame may follow the last event.
    this.#isBlocked = true;
    if (this.#sink?.scheduler) this.#sink.scheduler.scheduleEnd(this);
    else this.end();
  }

  #write(bytes: Uint8Array): void {
    if (this.#sink?.write(bytes) === false) this.#isBlocked = true;
  }

  #fail(error: unknown): void {
    if (!this.#stop()) return;
    const code = isTaskRefusal(error) ? error.error.code : 'internal';
    if (code === 'internal') this.#options.onError?.(error);
    // The engine closes. The client reconnects to another server.
    if (code === 'unavailable') this.#sink?.end();
    else this.#sink?.fail(error);
  }

  /** Returns false where the stream had stopped before. */
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

/** The frames of one format. Each event is encoded once for all the streams that send it, and freed with the event. */
class Frames {
  readonly keepAlive: Uint8Array;
  readonly #format: EventFormat;
  readonly #byEvent = new WeakMap<AnyLoggedEvent, Uint8Array>();

  constructor(format: EventFormat) {
    this.#format = format;
    this.keepAlive = encoder.encode(format.keepAlive);
  }

  of(event: AnyLoggedEvent): Uint8Array | undefined {
    let bytes = this.#byEvent.get(event);
    if (!bytes) {
      const format = this.#format;
      const frame = event instanceof LoggedWatchEvent ? format.encodeWatch?.(event) : format.encode(event);
      if (frame === undefined) return undefined;
      bytes = encoder.encode(frame);
      this.#byEvent.set(event, bytes);
    }
    return bytes;
  }
}

const encoder = new TextEncoder();
const framesByFormat = new WeakMap<EventFormat, Frames>();

function framesOf(format: EventFormat): Frames {
  let frames = framesByFormat.get(format);
  if (!frames) {
    frames = new Frames(format);
    framesByFormat.set(format, frames);
  }
  return frames;
}

/** The frames that were joined last. Many streams of one task write the same frames. */
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
