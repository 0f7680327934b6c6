// Follows a task, for the client of the LRT protocol, from strange servers and over bad connections. Few need it, so this
// file is loaded on demand.
import { isTerminal, type TaskSnapshot } from '../../../contract/index.ts';
import { openEventStream, type StreamEvent } from '../../eventStream.ts';
import type { TaskReceiver } from '../../followTask.ts';
import { type Connection, callJson } from '../../http.ts';
import { taskSnapshot } from '../../shapes.ts';
import { isTaskClientError, type TaskClientError } from '../../TaskClientError.ts';
import { readEvent } from './eventShapes.ts';
import { mendEvent } from './mendEvent.ts';

/** The server holds a poll for so long, in seconds, where nothing is new. */
const WAIT_SECONDS = 25;
/** A call has so long, in seconds, beyond what the server waits. */
const CALL_SECONDS = 15;
/** The pause between two polls that brought something new. */
const SHORT_PAUSE_MS = 1_000;
/** The pause after a poll that failed, or that the server did not hold. */
const LONG_PAUSE_MS = 5_000;
/** A connection that has brought no byte for so long is held back on its way. Our server sends one at once. */
const SILENT_MS = 10_000;

/** Options of the task's stream. The signal is aborted when nobody follows the task any more. */
type StreamOptions = Connection & { signal: AbortSignal; cursorParam: string };

/** The tasks that are followed here. Two reasons may lead here at once. */
const followed = new WeakSet<TaskReceiver>();

/**
 * Follows a task after `lastEventId`. `url` is the task's address. `strange` is an event that did not fit, and with which
 * the following begins.
 *
 * - An event that does not fit is read without what the client does not understand. One log entry names what was left out.
 * - In place of an event that is larger than the stream takes, the task's state is got by a call.
 * - While the stream brings no byte, because a proxy holds them back, the task's state is polled.
 */
export function followCarefully(
  url: string,
  options: StreamOptions,
  taskId: string,
  receiver: TaskReceiver,
  lastEventId: string,
  strange?: StreamEvent,
): void {
  if (followed.has(receiver) || options.signal.aborted) return;
  followed.add(receiver);
  new CarefulFollower(url, options, taskId, receiver).begin(lastEventId, strange);
}

class CarefulFollower {
  readonly #url: string;
  readonly #options: StreamOptions;
  readonly #taskId: string;
  readonly #receiver: TaskReceiver;
  #stream: ReturnType<typeof openEventStream> | undefined;
  /** The time (Unix time, milliseconds) since which the connection has brought no byte; 0: it brought one, or is lost. */
  #silentSince = 0;
  /** True while calls bring the task's state. The state of the stream is not shown then. */
  #isPolled = false;
  #isPolling = false;
  #hasReported = false;

  constructor(url: string, options: StreamOptions, taskId: string, receiver: TaskReceiver) {
    this.#url = url;
    this.#options = options;
    this.#taskId = taskId;
    this.#receiver = receiver;
  }

  begin(lastEventId: string, strange?: StreamEvent): void {
    const { signal } = this.#options;
    const isReadable = !strange || this.#read(strange);
    if (signal.aborted) return;
    // The connection before this one was silent already.
    const silentSince = strange ? 0 : Date.now() - SILENT_MS + 2 * SHORT_PAUSE_MS;
    this.#open(isReadable ? lastEventId : '', silentSince);
    const timer = setInterval(() => {
      if (this.#isPolling || !this.#silentSince || Date.now() - this.#silentSince < SILENT_MS) return;
      this.#isPolling = true;
      void this.#poll().then(() => {
        this.#isPolling = false;
      });
    }, SHORT_PAUSE_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  #open(lastEventId: string, silentSince = 0): void {
    const { fetch: send = fetch } = this.#options;
    this.#stream = openEventStream(`${this.#url}/events`, {
      ...this.#options,
      lastEventId,
      fetch: async (input, init) => {
        this.#silentSince = Math.max(silentSince, 0) || Date.now();
        silentSince = 0;
        return this.#noteBytes(await send(input, init));
      },
      onError: this.#receiver.refused,
      onConnection: (state) => {
        if (state.state === 'reconnecting') {
          this.#silentSince = 0;
          if (/max buf/.test(state.reason)) {
            void this.#goPast();
            return;
          }
        }
        if (!this.#isPolled) this.#receiver.connection(state);
      },
      onEvent: (event) => {
        if (!this.#read(event)) this.#stream?.restart();
      },
    });
  }

  /** The same response. The connection counts as silent until a byte of it came. */
  #noteBytes(response: Response): Response {
    const { body, ok } = response;
    if (!body || !ok) return response;
    const noting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        this.#silentSince = 0;
        controller.enqueue(bytes);
      },
    });
    return new Response(body.pipeThrough(noting), response);
  }

  /**
   * Hands on an event, less what does not fit. False for an end that cannot be read: the event does not prove that this
   * task has ended. A connection without a cursor brings the task's state.
   */
  #read(event: StreamEvent): boolean {
    try {
      readEvent(event, this.#taskId, this.#receiver);
    } catch (error) {
      try {
        const { data, leftOut } = mendEvent(event.data, this.#taskId);
        if (leftOut) this.#report(leftOut);
        readEvent({ ...event, data }, this.#taskId, this.#receiver);
      } catch {
        this.#report(`${error}`);
        return !isTerminal(event.event);
      }
    }
    return true;
  }

  /** Gets the task's state in place of an event that is too large, and follows the task from there. */
  async #goPast(): Promise<void> {
    const { signal } = this.#options;
    this.#stream?.close();
    this.#show(true);
    while (!signal.aborted) {
      try {
        const task = await this.#get('', CALL_SECONDS, signal);
        this.#report(`An event up to number ${task.seq} is larger than the client takes`);
        this.#deliver(task);
        this.#isPolled = false;
        this.#open(`${task.seq}`);
        return;
      } catch (error) {
        if (isFinal(error)) this.#receiver.refused(error);
        await pause(pauseAfter(error), signal);
      }
    }
  }

  /** Polls the task's state until the stream brings a byte again. */
  async #poll(): Promise<void> {
    const heard = new AbortController();
    const { signal } = heard;
    const timer = setInterval(() => {
      const isHeard = !this.#silentSince && this.#stream?.state.state === 'live';
      if (isHeard || this.#options.signal.aborted) heard.abort();
    }, SHORT_PAUSE_MS / 4);
    let newest = -1;
    /** A server that is older than the client refuses `wait`. */
    let canWait = true;
    while (!signal.aborted) {
      let pauseMs = SHORT_PAUSE_MS;
      try {
        // The first poll does not wait, so that the user soon sees that polling works.
        const wait = newest < 0 ? 0 : WAIT_SECONDS;
        const calledAt = Date.now();
        const query = canWait ? `?wait=${wait}&after=${Math.max(0, newest)}` : '';
        const task = await this.#get(query, wait + CALL_SECONDS, signal);
        if (task.seq > newest) this.#deliver(task);
        else if (Date.now() - calledAt < LONG_PAUSE_MS) pauseMs = LONG_PAUSE_MS;
        newest = Math.max(newest, task.seq);
        if (!signal.aborted) this.#show(true);
      } catch (error) {
        if (signal.aborted) break;
        if (canWait && isTaskClientError(error) && error.code === 'invalid-request') {
          canWait = false;
          continue;
        }
        if (isFinal(error)) this.#receiver.refused(error);
        this.#show(false);
        pauseMs = pauseAfter(error);
      }
      await pause(pauseMs, signal);
    }
    clearInterval(timer);
    this.#show(false);
  }

  #get(query: string, timeoutSeconds: number, signal: AbortSignal): Promise<TaskSnapshot> {
    const connection = { ...this.#options, timeoutSeconds };
    return callJson(connection, taskSnapshot, 'GET', `${this.#url}${query}`, { signal });
  }

  #deliver(task: TaskSnapshot): void {
    this.#receiver.event({ type: 'snapshot', task, at: new Date().toISOString() });
  }

  #show(isPolled: boolean): void {
    if (this.#isPolled === isPolled) return;
    this.#isPolled = isPolled;
    const state = isPolled ? { state: 'polling' as const } : this.#stream?.state;
    if (state) this.#receiver.connection(state);
  }

  /** Warns once for each task. */
  #report(what: string): void {
    if (this.#hasReported) return;
    this.#hasReported = true;
    const message = `The client skipped what it cannot read: ${what}`;
    this.#receiver.event({ type: 'log', level: 'warning', message, at: new Date().toISOString() });
  }
}

/** These errors of a call may be gone at the next one. */
const PASSING = ['network', 'rate-limited', 'unavailable', 'internal', 'invalid-response'];

/** True for what the task server refused for good, and for a state that is larger than the client takes. */
function isFinal(error: unknown): error is TaskClientError {
  return isTaskClientError(error) && (error.cause instanceof RangeError || !PASSING.includes(error.code));
}

function pauseAfter(error: unknown): number {
  const seconds = isTaskClientError(error) ? error.retryAfterSeconds : undefined;
  return Math.max(LONG_PAUSE_MS, (seconds ?? 0) * 1000);
}

/** Resolves after the time, and at once when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, 2e9));
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
