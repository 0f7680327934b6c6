import { createParser } from 'eventsource-parser';
import { authorizedFetch, type Connection, discard, errorOfResponse, retryAfterSecondsOf } from './http.ts';
import { retryPauses } from './retryPauses.ts';
import type { ConnectionState } from './SystemClient.ts';
import { safely } from './safely.ts';
import { isTaskClientError, type TaskClientError } from './TaskClientError.ts';

/** One server-sent event, as the WHATWG specification dispatches it. */
export interface StreamEvent {
  /** 'message' where the server names none. */
  event: string;
  data: string;
  /** The last event id when the event was dispatched: its own, or an earlier one's, or ''. */
  id: string;
}

export interface EventStreamHandlers {
  onEvent(event: StreamEvent): void;
  /** Receives every change, from the first 'connecting' to the last 'closed'. */
  onConnection?(state: ConnectionState): void;
  /**
   * The server refused for good. Called once, right before 'closed'. A lost connection is no error: see onConnection.
   */
  onError?(error: TaskClientError): void;
}

export interface EventStreamOptions extends EventStreamHandlers, Connection {
  /** Default: POST where there is a body, else GET. */
  method?: string;
  /** A function is called for every connection, so that it can send the newest cursors. */
  body?: string | (() => string);
  /** The last event that was received before, sent as `Last-Event-ID`. */
  lastEventId?: string | undefined;
  /** Name of a query parameter that carries the last event id too. Chromium hides the header from service workers. */
  cursorParam?: string;
  /**
   * Seconds without a single byte after which the connection counts as lost; default 45. 0 and Infinity: never. The
   * stream learns the rhythm of a server that is quiet for longer, and then waits up to 300 s.
   */
  watchdogSeconds?: number;
  /**
   * Memory that one event may take, two bytes a character; default 64 MiB. With more, the connection counts as lost.
   */
  maxBufferBytes?: number;
  /** Same as close(). */
  signal?: AbortSignal;
  /** True for the event that ends the stream: the stream closes after it. Must not throw. */
  isTerminal?(event: StreamEvent): boolean;
}

export interface EventStream {
  /** No handler is called afterwards. Safe to call twice, and from within a handler. */
  close(): void;
  /** Drops the connection and the last event id, and connects again after the usual pause. */
  restart(): void;
  readonly lastEventId: string;
  readonly state: ConnectionState;
}

/** The watchdog waits no longer than this for a server that is quiet. */
const LONGEST_QUIET_MS = 300_000;

/**
 * Follows a stream of server-sent events and reconnects when the connection is lost. It stands on fetch, so it sends
 * its own headers with any method, in pages, workers and Node. No handler is called before this has returned.
 *
 * - The connection is lost after a network error, the end of the stream, 408, 425, 429, 5xx, or `watchdogSeconds` of
 *   silence. The client reconnects. Every other status (204 too) and every other content type than text/event-stream
 *   is a refusal for good. Once the stream was live, only 204, 401 and a problem of the task server are: a gateway may
 *   answer 404 while the server is replaced.
 * - The first retry comes within 100 ms. The next ones come after 1 s, doubling to 30 s, less up to half at random. A
 *   connection that brought something new (a new id, or events over half a second) or that lived for a minute starts
 *   over. Where a server closes after each new id, the pauses of up to 100 ms grow to 1 s. No retry comes before `retry:`
 *   and `Retry-After` allow it, and it comes up to half of that later, so that not all clients come at once.
 * - `online`, `pageshow` and `resume` cut a pause short. `online` also ends a connection that has brought no byte since
 *   `offline`, or for a second. `pagehide` and `freeze` end the connection until then. A hidden page keeps its
 *   connection.
 *
 * @example
 * const stream = openEventStream('/api/tasks/12/events', { onEvent: ({ event, data }) => console.log(event, data) });
 * stream.close();
 */
export function openEventStream(url: string | URL, options: EventStreamOptions): EventStream {
  let handlers: Partial<EventStreamHandlers> = options;
  const { body, cursorParam, watchdogSeconds = 45, maxBufferBytes = 2 ** 26 } = options;
  const quietMs = watchdogSeconds > 0 ? watchdogSeconds * 1000 : Infinity;
  const lifetime = new AbortController();
  const { signal: ended } = lifetime;
  let state: ConnectionState = { state: 'connecting' };
  let lastEventId = options.lastEventId ?? '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends the current connection. Plans the next one, unless the stream is closed. */
  let lose: (outcome?: unknown) => void = () => {};
  const nextPause = retryPauses();
  /** The wait between connections that the server asked for (`retry:`). */
  let retryMs = 0;
  let wasLive = false;
  let heardAt = 0;
  let offlineAt = 0;
  /** A server that is quiet for longer than the watchdog: so long the stream waits since it has seen that. */
  let provenMs = quietMs;
  /** The same after a silence that may be the server's rhythm: only a longer wait can show it. */
  let suspectedMs = quietMs;
  const patienceMs = () => Math.max(provenMs, suspectedMs);

  const show = (next: ConnectionState) => {
    state = next;
    safely(() => handlers.onConnection?.(next));
  };

  const schedule = (ms: number) => {
    clearTimeout(timer);
    // setTimeout takes 31 bits; more would fire at once.
    timer = setTimeout(connect, Math.min(ms, 2e9));
  };

  const finish = (error?: TaskClientError) => {
    lifetime.abort();
    clearTimeout(timer);
    lose();
    if (error) safely(() => handlers.onError?.(error));
    show({ state: 'closed' });
  };

  const close = () => {
    handlers = {};
    finish();
  };

  const connect = () => {
    if (ended.aborted) return;
    const controller = new AbortController();
    const { signal } = controller;
    const cursor = lastEventId;
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    const startedAt = Date.now();
    heardAt = startedAt;
    let broughtEvents = false;
    let heardBytes = false;
    let retryAfterMs = 0;
    /** A variable is faster to read for every event than the signal. */
    let gone = false;

    // The watchdog compares wall clocks often. A timer alone would stop while the laptop sleeps.
    const watchdog = setInterval(
      () => {
        const waitMs = patienceMs();
        if (Math.abs(Date.now() - heardAt) <= waitMs) return;
        if (reader) suspectedMs = Math.min(waitMs * 2, Math.max(quietMs, LONGEST_QUIET_MS));
        lose(`silent for ${waitMs / 1000} s`);
      },
      Math.min(quietMs / 10, LONGEST_QUIET_MS),
    );

    lose = (outcome) => {
      if (gone) return;
      gone = true;
      clearInterval(watchdog);
      // Some hosts notice the signal of a request, others (MSW in Chromium) only the cancelled body.
      controller.abort();
      reader?.cancel().catch(() => {});
      if (ended.aborted) return;
      if (isTaskClientError(outcome)) return finish(outcome);

      const floorMs = Math.max(retryAfterMs, retryMs);
      const [delay, attempt] = nextPause(startedAt, broughtEvents, lastEventId !== cursor, floorMs);
      schedule(delay);
      show({ state: 'reconnecting', attempt, retryAt: Date.now() + delay, reason: `${outcome}` });
    };

    receive().then(lose, lose);
    show({ state: 'connecting' });

    /** Resolves with why the connection was lost; rejects with a TaskClientError where it was refused for good. */
    async function receive(): Promise<unknown> {
      let address = `${url}`;
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (cursor) {
        // The characters of a header are bytes. The specification demands UTF-8.
        headers['last-event-id'] = unescape(encodeURIComponent(cursor));
        if (cursorParam) {
          address += `${address.includes('?') ? '&' : '?'}${cursorParam}=${encodeURIComponent(cursor)}`;
        }
      }
      const response = await authorizedFetch(options, address, headers, {
        method: options.method ?? (body ? 'POST' : 'GET'),
        cache: 'no-store',
        body: typeof body === 'function' ? body() : body,
        signal,
      });
      const { status } = response;
      // This fetch ignores signals.
      if (gone) return discard(response);
      retryAfterMs = retryAfterSecondsOf(response) * 1000;
      if (/408|425|429|5../.test(`${status}`)) {
        discard(response);
        return `status ${status}`;
      }
      if (
        status !== 200 ||
        !response.body ||
        !/^text\/event-stream *(;|$)/i.test(response.headers.get('content-type') ?? '')
      ) {
        const error = await errorOfResponse(response, address);
        // The server was there, and something else answers in its place: a gateway while it is replaced, a sign-in
        // page of the network. Only its own words, or a 204, may say that the stream is over.
        if (wasLive && status !== 204 && error.code === 'invalid-response') return error.message;
        throw error;
      }
      wasLive = true;

      reader = response.body.getReader();
      heardAt = Date.now();
      show({ state: 'live' });
      const parser = createParser({
        maxBufferSize: maxBufferBytes / 2,
        onId(id) {
          if (!gone) lastEventId = id;
        },
        onRetry(ms) {
          retryMs = ms;
        },
        onEvent({ event = 'message', data }) {
          if (gone) return;
          broughtEvents = true;
          // The silence held this event back, so it was no rhythm of the server: the connection was dead.
          if (suspectedMs > quietMs && lastEventId !== cursor) suspectedMs = quietMs;
          const message = { event, data, id: lastEventId };
          safely(() => handlers.onEvent?.(message));
          if (!gone && options.isTerminal?.(message)) finish();
        },
      });
      // The parser strips the one byte order mark that the specification allows. A decoder would strip another.
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          // It throws where the last event was larger than the bound.
          parser.feed('');
          return 'stream ended';
        }
        const silentMs = Date.now() - heardAt;
        heardAt += silentMs;
        // After a silence that the watchdog would have ended, the machine slept: it shows no rhythm.
        if (silentMs > quietMs && silentMs <= patienceMs())
          provenMs = Math.min(silentMs * 1.5, LONGEST_QUIET_MS);
        // Bytes at such a distance show a rhythm that the watchdog's own time is enough for. The first ones show none.
        else if (heardBytes && silentMs > quietMs / 8) suspectedMs = quietMs;
        heardBytes = true;
        parser.feed(decoder.decode(value, { stream: true }));
      }
    }
  };

  const onPage = ({ type }: Event) => {
    const now = Date.now();
    if (type === 'offline') offlineAt = now;
    else if (/hide|freeze/.test(type)) {
      lose('paused');
      clearTimeout(timer);
    } else {
      // The network is another one. A connection over the one before may look alive for as long as the watchdog waits.
      if (type === 'online' && (heardAt <= offlineAt || now - heardAt > 1000)) lose(type);
      if ('retryAt' in state) schedule(0);
    }
  };
  for (const type of 'online offline pageshow resume pagehide freeze'.split(' ')) {
    globalThis.addEventListener?.(type, onPage, { signal: ended, capture: true });
  }
  options.signal?.addEventListener('abort', close, { signal: ended });
  if (options.signal?.aborted) close();
  queueMicrotask(connect);

  return {
    close,
    restart() {
      lastEventId = '';
      lose('restart');
    },
    get lastEventId() {
      return lastEventId;
    },
    get state() {
      return state;
    },
  };
}
