import { retryPauses } from '../../retryPauses.ts';
import type { ConnectionState } from '../../SystemClient.ts';
import { isTaskClientError, type TaskClientError } from '../../TaskClientError.ts';
import { listenTo, type WebSocketLike } from './prepareSocket.ts';
import { watchSilence } from './watchSilence.ts';

/** A WebSocket that has not opened by then counts as lost. */
const OPEN_MS = 10_000;
/** Where no state has come by then, a call reads it. */
const FIRST_STATE_MS = 2_000;
/** A WebSocket that has brought no message at all is asked after so much silence. */
const NEW_QUIET_MS = 10_000;
/** A call brought something new. The WebSocket has so long to bring it too, or it counts as dead. */
const PROOF_MS = 5_000;
/** Messages that cannot be read make the client call at most this often. */
const PROBE_MS = 5_000;
/** After so many WebSockets in a row without a message, while calls are answered, calls stand in. */
const FRUITLESS_SOCKETS = 2;
/** While calls stand in, the WebSocket is tried again after so long, doubled up to the second. */
const TRY_SOCKET_MS = 30_000;
const LONGEST_TRY_MS = 600_000;

export interface SourceOptions {
  /** Resolves with what makes the WebSocket. Either may throw. */
  prepareSocket(): Promise<() => WebSocketLike>;
  /** Takes a message: it was new, it said what is known, or it cannot be read. */
  take(data: unknown): 'new' | 'same' | 'unreadable';
  /** Reads the state by a call, and takes it. Resolves with true where it was new. Rejects with a TaskClientError. */
  read(signal: AbortSignal): Promise<boolean>;
  onConnection(state: ConnectionState): void;
  /** The server refused for good. The source is closed. */
  onRefused(error: TaskClientError): void;
  /** Milliseconds without a message after which the source asks if the WebSocket is alive. */
  quietMs: number;
  /** Milliseconds between two calls that stand in for a WebSocket. */
  pollMs: number;
}

/**
 * Keeps one state up to date, for those who follow a task or watch a client token: by a WebSocket, which reconnects by the
 * rules of the event stream, and by calls where the WebSocket cannot.
 *
 * - A WebSocket that closes is a lost connection, whatever its code. Before the next one is opened, a call reads the state.
 *   So nothing is missed, and a server that refuses can say why: a page cannot see the answer to a handshake.
 * - A page cannot see the pings of a WebSocket, and a task may be quiet for an hour. So after `quietMs` of silence a call
 *   reads the state. Where it brings something new that the WebSocket does not bring, the WebSocket is dead.
 * - Where WebSockets bring nothing while calls are answered, as behind a proxy that swallows the upgrade, calls stand in.
 */
export class ReflexSource {
  readonly #options: SourceOptions;
  readonly #lifetime = new AbortController();
  readonly #nextPause = retryPauses();
  #state: ConnectionState = { state: 'connecting' };
  /** Counts the connections. An answer for an earlier one is ignored. */
  #round = 0;
  #socket: WebSocketLike | undefined;
  /** Ends the listeners and timers of the present connection. */
  #connection = new AbortController();
  /** The next step where there is no connection. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #proof: ReturnType<typeof setTimeout> | undefined;
  #nextProbe: ReturnType<typeof setTimeout> | undefined;
  #startedAt = 0;
  #heardAt = 0;
  #probedAt = 0;
  #offlineAt = 0;
  /** A WebSocket was asked for since the state was read. */
  #hasTried = false;
  #isOpen = false;
  #broughtMessages = false;
  #broughtNews = false;
  #wasRead = false;
  #fruitless = 0;
  #tryAgainAt = 0;
  #tryMs = TRY_SOCKET_MS;

  constructor(options: SourceOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  open(): void {
    const { signal } = this.#lifetime;
    const onPage = ({ type }: Event) => this.#onPage(type);
    for (const type of ['online', 'offline', 'pageshow', 'resume', 'pagehide', 'freeze']) {
      globalThis.addEventListener?.(type, onPage, { signal, capture: true });
    }
    this.#connect();
  }

  /** Nothing is called afterwards. */
  close(): void {
    this.#lifetime.abort();
    clearTimeout(this.#timer);
    this.#drop();
  }

  #show(state: ConnectionState): void {
    this.#state = state;
    this.#options.onConnection(state);
  }

  #schedule(step: () => void, ms: number): void {
    clearTimeout(this.#timer);
    // A timer takes 31 bits of milliseconds.
    this.#timer = setTimeout(step, Math.min(ms, 2e9));
  }

  /** Lets go of the connection. Its listeners go first: a dead WebSocket says only minutes later that it is closed. */
  #drop(): void {
    this.#round += 1;
    this.#connection.abort();
    clearTimeout(this.#proof);
    clearTimeout(this.#nextProbe);
    this.#socket?.close();
    this.#socket = undefined;
    this.#isOpen = false;
  }

  #begin(): void {
    this.#drop();
    this.#connection = new AbortController();
    this.#startedAt = this.#heardAt = Date.now();
    this.#hasTried = this.#broughtMessages = this.#broughtNews = false;
  }

  #connect(): void {
    this.#begin();
    this.#hasTried = true;
    const { signal } = this.#connection;
    const round = this.#round;
    const after = (ms: number, step: () => void) => {
      const timer = setTimeout(step, ms);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };
    after(OPEN_MS, () => this.#isOpen || this.#lose(`the WebSocket did not open within ${OPEN_MS / 1000} s`));
    after(FIRST_STATE_MS, () => this.#broughtMessages || this.#probe({ isProof: false }));
    if (this.#state.state !== 'polling') this.#show({ state: 'connecting' });
    this.#options
      .prepareSocket()
      .then((makeSocket) => {
        if (round === this.#round) this.#listen(makeSocket(), signal);
      })
      .catch((error: unknown) => {
        if (round === this.#round) this.#lose(`${error}`);
      });
  }

  #listen(socket: WebSocketLike, signal: AbortSignal): void {
    this.#socket = socket;
    const { quietMs } = this.#options;
    watchSilence(signal, {
      quietMs: Math.min(quietMs, NEW_QUIET_MS),
      onTick: (now) => {
        const patienceMs = this.#broughtMessages ? quietMs : Math.min(quietMs, NEW_QUIET_MS);
        if (this.#isOpen && Math.abs(now - this.#heardAt) > patienceMs) this.#probe({ isProof: true });
      },
      onSlept: () => this.#lose('the machine slept'),
    });
    listenTo(socket, signal, {
      onOpen: () => {
        this.#isOpen = true;
        this.#heardAt = Date.now();
      },
      onMessage: (data) => this.#take(data),
      onClose: (code, reason) => this.#lose(`the WebSocket was closed (${code}${reason && `: ${reason}`})`),
    });
  }

  #take(data: unknown): void {
    const round = this.#round;
    this.#heardAt = Date.now();
    clearTimeout(this.#proof);
    const taken = this.#options.take(data);
    // Whoever heard of the task's end has closed the source.
    if (round !== this.#round) return;
    this.#broughtMessages = true;
    this.#fruitless = 0;
    if (taken === 'new') this.#broughtNews = true;
    if (taken === 'unreadable') this.#probe({ isProof: false });
    else this.#becomeLive();
  }

  #becomeLive(): void {
    this.#wasRead = true;
    if (this.#broughtMessages) this.#tryMs = TRY_SOCKET_MS;
    // Calls go on to stand in until the WebSocket has brought a message.
    if (this.#state.state === 'polling' && !this.#broughtMessages) return;
    if (this.#isOpen && this.#state.state !== 'live') this.#show({ state: 'live' });
  }

  /** Reads the state beside the WebSocket. With `isProof`, the WebSocket has to bring what is new as well. */
  #probe({ isProof }: { isProof: boolean }): void {
    const now = Date.now();
    const early = this.#probedAt + PROBE_MS - now;
    clearTimeout(this.#nextProbe);
    if (early > 0 && early <= PROBE_MS) {
      this.#nextProbe = setTimeout(() => this.#probe({ isProof }), early);
      return;
    }
    this.#probedAt = this.#heardAt = now;
    this.#read((isNew) => {
      this.#becomeLive();
      if (!isNew || !isProof || this.#heardAt > now) return;
      clearTimeout(this.#proof);
      this.#proof = setTimeout(() => this.#lose('the WebSocket is silent, and the task goes on'), PROOF_MS);
    });
  }

  /** A connection is lost, or could not be had. `floorMs`: how long the server asked to wait, where a call failed. */
  #lose(reason: string, floorMs?: number): void {
    if (this.#lifetime.signal.aborted) return;
    if (this.#hasTried && floorMs === undefined && !this.#broughtMessages) this.#fruitless += 1;
    this.#drop();
    if (this.#state.state === 'polling' && floorMs === undefined) {
      this.#tryMs = Math.min(LONGEST_TRY_MS, this.#tryMs * 2);
      this.#standIn();
      return;
    }
    const [delay, attempt] = this.#nextPause(
      this.#startedAt,
      this.#broughtMessages,
      this.#broughtNews,
      floorMs ?? 0,
    );
    this.#schedule(() => this.#resume(), delay);
    this.#show({ state: 'reconnecting', attempt, retryAt: Date.now() + delay, reason });
  }

  /** Reads the state, and then connects. */
  #resume(): void {
    this.#begin();
    this.#read(() => (this.#fruitless >= FRUITLESS_SOCKETS ? this.#standIn() : this.#connect()));
  }

  /** Calls stand in for the WebSocket. */
  #standIn(): void {
    if (this.#state.state !== 'polling') this.#show({ state: 'polling' });
    this.#tryAgainAt = Date.now() + this.#tryMs;
    this.#pollLater();
  }

  #pollLater(): void {
    this.#schedule(() => {
      this.#begin();
      this.#read(() => (Date.now() >= this.#tryAgainAt ? this.#connect() : this.#pollLater()));
    }, this.#options.pollMs);
  }

  #read(next: (isNew: boolean) => void): void {
    const round = this.#round;
    this.#options.read(this.#connection.signal).then(
      (isNew) => {
        if (round !== this.#round) return;
        this.#wasRead = true;
        next(isNew);
      },
      (error: unknown) => {
        if (round === this.#round) this.#fail(error);
      },
    );
  }

  /** A call failed. Only the server's own words are final, once it was seen: a gateway may stand in its place meanwhile. */
  #fail(error: unknown): void {
    if (isTaskClientError(error)) {
      const { code, status = 0, retryAfterSeconds = 0 } = error;
      const isPassing = code === 'network' || status >= 500 || [408, 425, 429].includes(status);
      if (!isPassing && !(code === 'invalid-response' && this.#wasRead)) {
        this.close();
        this.#options.onRefused(error);
        return;
      }
      this.#lose(error.message, retryAfterSeconds * 1_000);
    } else this.#lose(`${error}`, 0);
  }

  #onPage(type: string): void {
    const now = Date.now();
    if (type === 'offline') this.#offlineAt = now;
    else if (type === 'pagehide' || type === 'freeze') {
      // A page with an open WebSocket is not kept for the way back.
      if (this.#state.state === 'reconnecting') this.#drop();
      else this.#lose('paused');
      clearTimeout(this.#timer);
    } else {
      // The network is another one. A connection over the one before may look alive.
      const isOld = this.#heardAt <= this.#offlineAt || now - this.#heardAt > 1_000;
      if (type === 'online' && this.#socket && isOld) this.#lose(type);
      const { state } = this.#state;
      if (state === 'reconnecting' || (state === 'polling' && !this.#socket))
        this.#schedule(() => this.#resume(), 0);
    }
  }
}
