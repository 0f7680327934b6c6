import { isRecord, isTerminal, TASK_EVENT_TYPES, WATCH_EVENT_TYPES } from '../../../../contract/index.ts';
import { type EventStream, openEventStream, type StreamEvent } from '../../../eventStream.ts';
import type { Connection } from '../../../http.ts';
import type { ConnectionState } from '../../../SystemClient.ts';
import type { TaskClientError } from '../../../TaskClientError.ts';
import type { Place, Position, SharedEvent } from './messages.ts';

/** The server takes no more tasks in one stream (MAX_FOLLOWED in backend/http/fields.ts). */
export const MAX_TASKS = 500;
/** A connection that has brought no byte for so long is held back on its way. Our server sends one at once. */
const SILENT_MS = 10_000;
/** Tasks that nobody follows any more stay in the stream for so long: another change often comes. */
const SHRINK_MS = 1_000;

/** A connection is asked for this: a filter as JSON, and the cursor and place after which its watch goes on. */
export interface SentWatch {
  filter: string;
  after: string;
  place: Place;
}

export interface JointStreamHandlers {
  /** The tasks to follow now, with the lowest position that somebody needs of each. */
  wanted(): Map<string, number>;
  /** The watch that the stream is to have now. */
  watch(): SentWatch | undefined;
  /** A connection is open, and begins at these positions. `positionOf` still answers for the one before. */
  onOpen(number: number, positions: Position[]): void;
  onEvent(number: number, event: SharedEvent): void;
  onWatch(number: number, sent: SentWatch, type: string, data: string): void;
  onState(state: ConnectionState): void;
  /** The server refused the stream. */
  onRefused(error: TaskClientError): void;
  /** The tasks cannot be followed here: the connection is silent, or an event is strange or too large. */
  onUnfit(): void;
}

/** Numbers the connections of this page. */
let connections = 0;

/**
 * One stream for many tasks (`POST /tasks/events`). When the tasks change, another connection is opened, and takes over
 * once it is open: until then the one before goes on.
 */
export class JointStream {
  readonly #url: string;
  readonly #connection: Connection;
  readonly #handlers: JointStreamHandlers;
  /** The connection that delivers, and the one that is to take over. */
  #current: EventStream | undefined;
  #next: EventStream | undefined;
  /** The number of the connection that delivers; 0: none does. */
  #number = 0;
  /** The connection that delivers has come so far in each of its tasks. */
  #positions = new Map<string, number>();
  readonly #ended = new Set<string>();
  #shrink: ReturnType<typeof setTimeout> | undefined;
  #hasHeard = false;
  /** The watch that the connection which delivers was asked for. */
  #watch: SentWatch | undefined;
  #isWatching = false;

  constructor(url: string, connection: Connection, handlers: JointStreamHandlers) {
    this.#url = url;
    this.#connection = connection;
    this.#handlers = handlers;
  }

  /** The number of the connection that delivers; 0: none does. */
  get number(): number {
    return this.#number;
  }

  /** The filter of the watch that the connection which delivers was asked for. */
  get filter(): string | undefined {
    return this.#watch?.filter;
  }

  /** The connection brings the watch's events. */
  get isWatching(): boolean {
    return this.#isWatching && this.#number > 0;
  }

  get state(): ConnectionState {
    return (this.#current ?? this.#next)?.state ?? { state: 'connecting' };
  }

  /** The stream has come so far in the task. Undefined: it does not bring this task, or no longer. */
  positionOf(taskId: string): number | undefined {
    return this.#ended.has(taskId) ? undefined : this.#positions.get(taskId);
  }

  /**
   * The wanted tasks have changed. `isMissing`: somebody waits for what this stream does not bring. `isNew`: somebody has
   * begun to wait.
   */
  update({ isMissing, isNew }: { isMissing: boolean; isNew: boolean }): void {
    const wanted = this.#handlers.wanted();
    const filter = this.#handlers.watch()?.filter;
    if (wanted.size === 0 && filter === undefined) {
      this.close();
      return;
    }
    // The connection that is being opened takes over first. Its next try, after a pause, sends what is wanted then, but
    // nobody who has just begun to wait has to wait for that.
    if (this.#next && !(isNew && isMissing && this.#next.state.state === 'reconnecting')) return;
    if (isMissing || !this.#current) {
      this.#openNext();
      return;
    }
    const isLeft = [...this.#positions.keys()].some((id) => !wanted.has(id) && !this.#ended.has(id));
    if (!isLeft && filter === this.filter) this.#forgetShrink();
    else
      this.#shrink ??= setTimeout(() => {
        this.#shrink = undefined;
        if (!this.#next && this.#current) this.#openNext();
      }, SHRINK_MS);
  }

  close(): void {
    this.#forgetShrink();
    this.#current?.close();
    this.#next?.close();
    this.#current = undefined;
    this.#next = undefined;
    this.#number = 0;
    this.#positions.clear();
    this.#ended.clear();
    this.#watch = undefined;
    this.#isWatching = false;
  }

  #forgetShrink(): void {
    clearTimeout(this.#shrink);
    this.#shrink = undefined;
  }

  #openNext(): void {
    this.#forgetShrink();
    this.#next?.close();
    let sent = new Map<string, number>();
    let sentWatch: SentWatch | undefined;
    let number = 0;
    const stream = openEventStream(this.#url, {
      ...this.#connection,
      method: 'POST',
      fetch: (input, init) => this.#fetch(input, init),
      body: () => {
        sent = this.#handlers.wanted();
        const cursors = [...sent].map(([id, seen]) => [id, seen < 0 ? null : seen]);
        sentWatch = this.#handlers.watch();
        const { filter, after } = sentWatch ?? {};
        return JSON.stringify({
          ...((sent.size > 0 || filter === undefined) && { cursors: Object.fromEntries(cursors) }),
          ...(filter !== undefined && { filter: JSON.parse(filter) }),
          ...(after && { after }),
        });
      },
      onConnection: (state) => {
        if (state.state === 'live') {
          number = ++connections;
          if (stream !== this.#current) this.#current?.close();
          this.#current = stream;
          if (stream === this.#next) this.#next = undefined;
          // The positions before it are known until this has returned.
          this.#handlers.onOpen(number, [...sent]);
          this.#number = number;
          this.#positions = sent;
          this.#ended.clear();
          this.#watch = sentWatch;
          this.#isWatching = false;
        } else if (stream === this.#current) this.#number = 0;
        if (state.state === 'reconnecting' && /max buf/.test(state.reason)) this.#handlers.onUnfit();
        else if (stream === (this.#current ?? this.#next) && state.state !== 'closed')
          this.#handlers.onState(state);
      },
      onError: (error) => {
        if (stream === this.#next) this.#next = undefined;
        if (stream === this.#current) {
          this.#current = undefined;
          this.#number = 0;
        }
        this.#handlers.onRefused(error);
      },
      onEvent: (event) => {
        if (sentWatch && WATCH_EVENT_TYPES.some((type) => type === event.event)) {
          if (event.event === 'watching') this.#isWatching = true;
          this.#handlers.onWatch(number, sentWatch, event.event, event.data);
        } else this.#take(number, event);
      },
    });
    this.#next = stream;
  }

  #take(number: number, { event, data }: StreamEvent): void {
    const head = headOf(data);
    if (head) {
      const [id, seq] = head;
      if (seq > (this.#positions.get(id) ?? seq)) this.#positions.set(id, seq);
      if (isTerminal(event)) this.#ended.add(id);
      this.#handlers.onEvent(number, [id, event, data, seq]);
    } else if (TASK_EVENT_TYPES.some((type) => type === event)) this.#handlers.onUnfit();
  }

  /** Sends the request, and watches whether a byte comes. */
  async #fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const { fetch: send = fetch } = this.#connection;
    const headers = new Headers(init.headers);
    headers.set('content-type', 'application/json');
    const { signal } = init;
    const heard = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', heard);
    };
    const timer = setTimeout(() => {
      heard();
      // While a connection delivers, no proxy holds bytes back: the next one waits for something else.
      if (!this.#hasHeard || !this.#number) this.#handlers.onUnfit();
    }, SILENT_MS);
    signal?.addEventListener('abort', heard);
    try {
      const response = await send(input, { ...init, headers });
      const { body, ok } = response;
      if (!body || !ok) {
        heard();
        return response;
      }
      const noting = new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, controller) => {
          this.#hasHeard = true;
          heard();
          controller.enqueue(bytes);
        },
      });
      return new Response(body.pipeThrough(noting), response);
    } catch (error) {
      heard();
      throw error;
    }
  }
}

/** The task and the number of an event, or undefined where they cannot be read. The server writes them first. */
function headOf(data: string): [taskId: string, seq: number] | undefined {
  const [, id, digits] = /^\{"taskId":"([^"\\]+)","seq":(\d{1,15}),/.exec(data) ?? [];
  if (id) return [id, Number(digits)];
  try {
    const event: unknown = JSON.parse(data);
    if (isRecord(event) && (typeof event.taskId === 'string' || typeof event.taskId === 'number')) {
      return [`${event.taskId}`, typeof event.seq === 'number' ? event.seq : -1];
    }
  } catch {
    // The event is no JSON. Nobody knows whose it is.
  }
  return undefined;
}
