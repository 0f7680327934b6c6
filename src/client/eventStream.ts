import { createParser } from 'eventsource-parser';
import { authorizedFetch, type Connection, errorOfResponse, retryAfterSecondsOf } from './http.ts';
import type { ConnectionState } from './SystemClient.ts';
import { safely } from './safely.ts';
import { TaskClientError } from './TaskClientError.ts';

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
  credentials?: RequestCredentials;
  /** The last event that was received before, sent as `Last-Event-ID`. */
  lastEventId?: string;
  /** Name of a query parameter that carries the last event id too. Chromium hides the header from service workers. */
  cursorParam?: string;
  /** Seconds without a single byte after which the connection counts as lost; default 45. */
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

/**
 * Follows a stream of server-sent events and reconnects when the connection is lost. It stands on fetch, so it sends
 * its own headers with any method, in pages, workers and Node. No handler is called before this has returned.
 *
 * - The connection is lost after a network error, the end of the stream, 408, 425, 429, 5xx, or `watchdogSeconds` of
 *   silence. The client reconnects. Every other status (204 too) and every other content type than text/event-stream
 *   is a refusal for good.
 * - The first retry comes within 100 ms. The next ones come after 1 s, doubling to 30 s, less up to half at random. A
 *   healthy minute starts over. A connection that brought something new (a new id, or events over half a second) is
 *   followed by a quick retry again. No retry comes before `retry:` and `Retry-After` allow it.
 * - `online`, `pageshow` and `resume` cut a pause short. `pagehide` and `freeze` end the connection until then. A
 *   hidden page keeps its connection.
 *
 * @example
 * const stream = openEventStream('/api/tasks/12/events', { onEvent: ({ event, data }) => console.log(event, data) });
 * stream.close();
 */
export function openEventStream(url: string | URL, options: EventStreamOptions): EventStream {
  let handlers: Partial<EventStreamHandlers> = options;
  const { body, cursorParam, watchdogSeconds = 45, maxBufferBytes = 2 ** 26 } = options;
  const lifetime = new AbortController();
  const { signal: ended } = lifetime;
  let state: ConnectionState = { state: 'connecting' };
  let lastEventId = options.lastEventId ?? '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends the current connection. Plans the next one, unless the stream is closed. */
  let lose: (outcome?: unknown) => void = () => {};
  let attempt = 0;
  /** Counts how often the pause of 1 s was doubled. Below 0 the next retry is a quick one. */
  let doublings = -1;
  /** The wait between connections that the server asked for (`retry:`). */
  let retryMs = 0;

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
    let heardAt = startedAt;
    let broughtEvents = false;
    let retryAfterMs = 0;
    /** A variable is faster to read for every event than the signal. */
    let gone = false;

    // The watchdog compares wall clocks often. A timer alone would stop while the laptop sleeps.
    const watchdog = setInterval(() => {
      if (Math.abs(Date.now() - heardAt) > watchdogSeconds * 1000) lose(`silent for ${watchdogSeconds} s`);
    }, watchdogSeconds * 100);

    lose = (outcome) => {
      if (gone) return;
      gone = true;
      clearInterval(watchdog);
      // Some hosts notice the signal of a request, others (MSW in Chromium) only the cancelled body.
      controller.abort();
      reader?.cancel().catch(() => {});
      if (ended.aborted) return;
      if (outcome instanceof TaskClientError) return finish(outcome);

      const now = Date.now();
      const lived = now - startedAt;
      if (lived >= 60_000) doublings = -1;
      let pause = 80;
      if (doublings < 0) doublings = 0;
      else if (!broughtEvents || (lastEventId === cursor && lived < 500)) {
        pause = Math.min(30_000, 1000 * 2 ** doublings++);
      }
      const delay = Math.max(retryAfterMs, retryMs, pause * (1 - Math.random() / 2));
      schedule(delay);
      show({ state: 'reconnecting', attempt: ++attempt, retryAt: now + delay, reason: `${outcome}` });
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
        credentials: options.credentials,
        cache: 'no-store',
        body: typeof body === 'function' ? body() : body,
        signal,
      });
      const { status } = response;
      // This fetch ignores signals.
      if (gone) return response.body?.cancel();
      retryAfterMs = retryAfterSecondsOf(response) * 1000;
      if (/408|425|429|5../.test(`${status}`)) return `status ${status}`;
      if (
        status !== 200 ||
        !response.body ||
        !/^text\/event-stream *(;|$)/i.test(response.headers.get('content-type') ?? '')
      ) {
        throw await errorOfResponse(response, address);
      }

      reader = response.body.getReader();
      heardAt = Date.now();
      attempt = 0;
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
          const message = { event, data, id: lastEventId };
          safely(() => handlers.onEvent?.(message));
          if (!gone && options.isTerminal?.(message)) finish();
        },
      });
      // The parser strips the one byte order mark that the specification allows. A decoder would strip another.
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return 'stream ended';
        heardAt = Date.now();
        parser.feed(decoder.decode(value, { stream: true }));
      }
    }
  };

  const onPage = ({ type }: Event) => {
    if (/hide|freeze/.test(type)) {
      lose('paused');
      clearTimeout(timer);
    } else if (state.state === 'reconnecting') {
      schedule(0);
    }
  };
  for (const type of 'online pageshow resume pagehide freeze'.split(' ')) {
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
