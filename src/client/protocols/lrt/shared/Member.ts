import type { Connection } from '../../../http.ts';
import { Leader } from './Leader.ts';
import {
  type LeaderMessage,
  MESSAGES_VERSION,
  type MemberMessage,
  parseMessage,
  type WantedTask,
  type WantedWatch,
} from './messages.ts';
import { onceSoon } from './soon.ts';

/** A follower looks after its leader this often. */
const TICK_MS = 150;
/** A follower that has had no news for so many ticks asks whether the leader is there. */
const PING_TICKS = 2;
/** Without news for so many ticks, 600 ms after the question, the follower takes the lead. */
const STEAL_TICKS = 6;
/** A new leader waits for so long until each tab has said what it follows. */
const GATHER_MS = 150;

export interface MemberOptions {
  /** Address of `POST /tasks/events`. */
  url: string;
  connection: Connection;
  /** Tabs of this name share. Undefined: the page shares with no other tab. */
  name: string | undefined;
  wanted(): { tasks: WantedTask[]; watches: WantedWatch[] };
  /** Receives what the leader sends, in order. */
  onMessage(message: LeaderMessage): void;
  /** Another leader: no stream is known to bring what follows. */
  onLeader(): void;
  /** The credentials of this tab do not suffice for the stream. */
  onUnauthorized(): void;
}

/**
 * This page's part in the group of tabs, from the first follower to the last. It leads or follows.
 *
 * - The leader holds an exclusive lock (`navigator.locks`). When its page is gone, the lock passes on.
 * - A follower that has no news asks with a message. A leader that does not answer is hung, and the follower steals the
 *   lock. A page that is hung itself counts no ticks, and the timers of a hidden page count slowly.
 * - Each page holds a lock of its own. The leader queues for it, and so learns that the page is gone.
 */
export class Member {
  readonly id = `${Math.random()}${Math.random()}`;
  readonly #options: MemberOptions;
  readonly #lockName: string;
  readonly #lifetime = new AbortController();
  #channel: BroadcastChannel | undefined;
  #leader: Leader | undefined;
  /** Gives the leader's lock back. */
  #resign = () => {};
  /** Ends what belongs to one lead: the wait for other tabs, the wait for the lock. */
  #reign = new AbortController();
  #term = 0;
  #ticks = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;
  readonly #sendSoon = onceSoon(() => this.#sendWanted());

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#lockName = `lrt-plugin ${MESSAGES_VERSION} ${options.name}`;
    const { locks } = globalThis.navigator ?? {};
    // Insecure origins have no locks.
    if (options.name === undefined || !locks || typeof BroadcastChannel !== 'function') this.#lead();
    else this.#join(locks);
  }

  /** The page follows other tasks than before. */
  changed(): void {
    this.#sendSoon();
  }

  /** Releases locks, channel and timers. A leader closes its stream. */
  leave(): void {
    this.#post({ type: 'bye', member: this.id });
    this.#lifetime.abort();
    this.#stopLeading();
    this.#reign.abort();
    clearInterval(this.#ticking);
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** True where this page keeps the stream. */
  get leads(): boolean {
    return this.#leader !== undefined;
  }

  get #isOver(): boolean {
    return this.#lifetime.signal.aborted;
  }

  #join(locks: LockManager): void {
    this.#channel = new BroadcastChannel(this.#lockName);
    this.#channel.onmessage = ({ data }) => this.#receive(data);
    const { signal } = this.#lifetime;
    const held = (): Promise<void> | undefined => {
      if (this.#isOver) return undefined;
      this.#sendWanted();
      this.#queue(locks, false);
      this.#ticking = setInterval(() => this.#tick(locks), TICK_MS);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    locks.request(this.#lockOf(this.id), { signal }, held).catch(() => {
      // A sandboxed page may not lock. It has a stream of its own.
      if (this.#isOver) return;
      this.#channel?.close();
      this.#channel = undefined;
      this.#lead();
    });
  }

  #lockOf(member: string): string {
    return `${this.#lockName} ${member}`;
  }

  /** Waits for the leader's lock, or takes it. */
  #queue(locks: LockManager, steal: boolean): void {
    this.#reign.abort();
    const reign = new AbortController();
    this.#reign = reign;
    const { signal } = reign;
    const held = (): Promise<void> | undefined => {
      if (signal.aborted) return undefined;
      return new Promise((resolve) => {
        this.#resign = resolve;
        this.#lead(locks, signal);
      });
    };
    locks.request(this.#lockName, steal ? { steal } : { signal }, held).catch(() => {
      // Another tab took the lead, because this one was hung.
      if (!signal.aborted) this.#follow(locks);
    });
  }

  #lead(locks?: LockManager, signal?: AbortSignal): void {
    const term = Math.max(Date.now() + Math.random(), this.#term + 1);
    const { url, connection, onUnauthorized } = this.#options;
    this.#term = term;
    this.#options.onLeader();
    const leader = new Leader({
      url,
      connection,
      onUnauthorized,
      term,
      send: (message) => {
        const whole = { ...message, term };
        this.#post(whole);
        if (this.#leader === leader) this.#options.onMessage(whole);
      },
    });
    this.#leader = leader;
    this.#sendWanted();
    if (!locks || !signal) {
      leader.begin([]);
      return;
    }
    this.#post({ type: 'here', term });
    const timer = setTimeout(() => leader.hurry(), GATHER_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
    const prefix = this.#lockOf('');
    locks.query().then(
      ({ held = [] }) => {
        const tabs = held.flatMap(({ name = '' }) =>
          name.startsWith(prefix) ? name.slice(prefix.length) : [],
        );
        if (!signal.aborted) leader.begin(tabs.filter((tab) => tab !== this.id));
      },
      () => {},
    );
  }

  #follow(locks: LockManager): void {
    this.#stopLeading();
    if (this.#isOver) return;
    this.#ticks = 0;
    this.#queue(locks, false);
  }

  #stopLeading(): void {
    this.#leader?.close();
    this.#leader = undefined;
    this.#resign();
  }

  #tick(locks: LockManager): void {
    if (this.#leader) return;
    this.#ticks += 1;
    if (this.#ticks === PING_TICKS) this.#post({ type: 'ping' });
    if (this.#ticks < STEAL_TICKS) return;
    this.#ticks = 0;
    this.#queue(locks, true);
  }

  #receive(data: unknown): void {
    const message = parseMessage(data);
    if (!message || this.#isOver) return;
    if ('term' in message) this.#heed(message);
    else if (!this.#leader) return;
    else if (message.type === 'want') this.#takeWant(this.#leader, message);
    else if (message.type === 'bye') this.#leader.bye(message.member);
    else this.#post({ type: 'here', term: this.#term });
  }

  #takeWant(leader: Leader, { member, tasks, watches }: Extract<MemberMessage, { type: 'want' }>): void {
    if (!leader.want(member, tasks, watches)) return;
    const { signal } = this.#reign;
    const gone = () => leader.bye(member);
    navigator.locks.request(this.#lockOf(member), { signal }, gone).catch(() => {});
  }

  /** Takes a message of the leader. A new leader's first message makes it the leader. */
  #heed(message: LeaderMessage): void {
    if (message.term < this.#term) return;
    this.#ticks = 0;
    if (message.term > this.#term) {
      // The new leader has this page's lock. The old lead ends, also where the browser has not yet said so.
      if (this.#leader) this.#follow(navigator.locks);
      this.#term = message.term;
      this.#options.onLeader();
      this.#sendWanted();
    }
    this.#options.onMessage(message);
  }

  #sendWanted(): void {
    if (this.#isOver) return;
    const { tasks, watches } = this.#options.wanted();
    if (this.#leader) this.#leader.want(this.id, tasks, watches);
    else this.#post({ type: 'want', member: this.id, tasks, watches });
  }

  #post(message: MemberMessage | LeaderMessage): void {
    this.#channel?.postMessage(message);
  }
}
