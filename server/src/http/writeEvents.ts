import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EventScheduler, EventSink, EventStream } from '../../../backend/http/EventStream.ts';

/**
 * Writes an event stream into a Node response. It does not use a web stream, which would double the cost of each event.
 * It does not use chunked encoding, whose chunks would cost as much as the events: the connection serves nothing else and
 * closes with the stream. So everything after the head goes straight to the socket, which saves another third.
 */
export function writeEvents(
  events: EventStream,
  { status, headers }: Response,
  outgoing: ServerResponse,
  scheduler: EventScheduler,
): void {
  if (outgoing.req.socket.destroyed) {
    events.leave();
    return;
  }
  outgoing.removeHeader('Transfer-Encoding');
  outgoing.writeHead(status, { ...Object.fromEntries(headers), Connection: 'close' });
  events.start(new ResponseSink(events, outgoing, scheduler));
  // Events that are there already go out with the head.
  events.flush();
}

class ResponseSink implements EventSink {
  readonly scheduler: EventScheduler;
  readonly #events: EventStream;
  readonly #outgoing: ServerResponse;
  /** A pipelined response has no socket until the responses before it are finished. */
  readonly #connection: Socket;
  #hasBegun = false;

  constructor(events: EventStream, outgoing: ServerResponse, scheduler: EventScheduler) {
    this.scheduler = scheduler;
    this.#events = events;
    this.#outgoing = outgoing;
    this.#connection = outgoing.req.socket;
    // A response that waits for another one may not get its own 'close' event.
    this.#connection.on('close', this.#onClose);
  }

  write(bytes: Uint8Array): boolean {
    // Node sends the head, and the bytes that wait with it, when the response gets the socket.
    const to = (this.#hasBegun && this.#outgoing.socket) || this.#outgoing;
    this.#hasBegun = true;
    // The socket is half closed. Its 'close' event follows.
    if (!to.writable) return false;
    if (to.write(bytes)) return true;
    to.once('drain', this.#onDrain);
    return false;
  }

  end(): void {
    this.#letGo();
    this.#outgoing.end();
  }

  fail(): void {
    this.#letGo();
    this.#outgoing.destroy();
  }

  readonly #onDrain = (): void => this.#events.resume();

  readonly #onClose = (): void => {
    this.#letGo();
    this.#events.leave();
  };

  #letGo(): void {
    this.#connection.off('close', this.#onClose);
    this.#connection.off('drain', this.#onDrain);
    this.#outgoing.off('drain', this.#onDrain);
  }
}
