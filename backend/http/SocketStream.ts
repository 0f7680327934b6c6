import { isTaskRefusal } from '../common/TaskRefusal.ts';

/** A socket that no host has started by then ends: the host may have lost the response. */
const UNSTARTED_MS = 60_000;

/** Why a WebSocket closes: a code of RFC 6455, or one of 4000 to 4999, and an English text of at most 123 bytes. */
export interface SocketEnd {
  code: number;
  reason: string;
}

/** The server goes away, or restarts. The client connects again, to another server. */
const GOING_AWAY: SocketEnd = { code: 1001, reason: 'This server is shutting down; connect again' };
const FAILED: SocketEnd = { code: 1011, reason: 'Something went wrong on the server' };

/**
 * A protocol gives the messages of one WebSocket to the host. The host takes a message only when the one before has left,
 * so a protocol that makes each message from the newest state sends a slow reader no backlog.
 */
export interface SocketMessages {
  /** Called when there may be something to take, and when the messages are over. */
  onReadable: (() => void) | undefined;
  /** The next message, if there is one now. Throws what reading failed with. */
  take(): string | undefined;
  /** Set once there is nothing to take any more. */
  readonly end: SocketEnd | undefined;
  /** The client has left. Safe to call twice. */
  close(): void;
}

/** A host's end of one WebSocket. */
export interface SocketSink {
  /** Sends a text. The host calls `resume()` when it takes another one. */
  send(text: string): void;
  close(end: SocketEnd): void;
}

export interface SocketStreamOptions {
  /** Called once, when the stream is over, whatever ended it. */
  onClose?: (() => void) | undefined;
  /** Receives the unexpected error that reading failed with. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Carries the messages of a protocol to a host's WebSocket, one at a time, for the hosts of the backend. It leaves no
 * timer behind.
 *
 * @example
 * const stream = socketStreamOf(response.body);
 * stream?.start({ send: (text) => socket.send(text, () => stream.resume()), close: ({ code }) => socket.close(code) });
 */
export class SocketStream {
  readonly #messages: SocketMessages;
  readonly #options: SocketStreamOptions;
  readonly #timer: ReturnType<typeof setTimeout>;
  #sink: SocketSink | undefined;
  #isBlocked = false;
  #isOver = false;

  constructor(messages: SocketMessages, options: SocketStreamOptions = {}) {
    this.#messages = messages;
    this.#options = options;
    this.#timer = setTimeout(() => this.leave(), UNSTARTED_MS);
  }

  /** The WebSocket is open. */
  start(sink: SocketSink): void {
    if (this.#isOver) {
      sink.close(GOING_AWAY);
      return;
    }
    clearTimeout(this.#timer);
    this.#sink = sink;
    this.#messages.onReadable = () => this.#pump();
    this.#pump();
  }

  /** The sink takes another message. Safe to call at any time. */
  resume(): void {
    this.#isBlocked = false;
    this.#pump();
  }

  /** Closes the WebSocket, because the server goes away. */
  end(): void {
    this.#finish(GOING_AWAY);
  }

  /** The client has disconnected. */
  leave(): void {
    this.#stop();
  }

  #pump(): void {
    if (this.#isOver || this.#isBlocked || !this.#sink) return;
    try {
      const text = this.#messages.take();
      if (text !== undefined) {
        this.#isBlocked = true;
        this.#sink.send(text);
        return;
      }
    } catch (error) {
      this.#fail(error);
      return;
    }
    const { end } = this.#messages;
    if (end) this.#finish(end);
  }

  #fail(error: unknown): void {
    const code = isTaskRefusal(error) ? error.error.code : 'internal';
    if (code === 'internal') this.#options.onError?.(error);
    // The engine closes, or a service is away. The client connects again.
    this.#finish(code === 'unavailable' ? GOING_AWAY : FAILED);
  }

  #finish(end: SocketEnd): void {
    if (this.#stop()) this.#sink?.close(end);
  }

  /** Returns false where the stream had stopped before. */
  #stop(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#messages.onReadable = undefined;
    this.#messages.close();
    this.#options.onClose?.();
    return true;
  }
}
