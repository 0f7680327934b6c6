import type { TaskSnapshot } from '../contract/index.ts';

/** More notices are not shown at a time. */
const MOST = 3;
/** A notice of success leaves after so long. */
const LEAVES_MS = 8_000;

/** Says that one task of the user ended. */
export interface Notice {
  /** The id of the task. */
  readonly id: string;
  readonly task: TaskSnapshot;
  /** It leaves by itself. The others stay until the user closes them. */
  readonly leaves: boolean;
}

/** A reason that keeps notices from leaving: the page is hidden, or the pointer or the focus is in the notices. */
export type Hold = 'hidden' | 'pointer' | 'focus';

/**
 * The notices that are shown, the newest last. A success leaves after 8 seconds, which are counted only while nothing holds
 * it. It knows no React.
 */
export class NoticeStore {
  #notices: readonly Notice[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #holds = new Set<Hold>();
  /** The milliseconds that a notice which leaves has left. */
  readonly #leftMs = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #countsSince: number | undefined;

  /** The same array until it changes. */
  getState = (): readonly Notice[] => this.#notices;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Where there is no room, the oldest success goes, or else the oldest notice. */
  add(notice: Notice): void {
    this.#count();
    const others = this.#notices.filter(({ id }) => id !== notice.id);
    const next = [...others, notice];
    const oldest = others.find((other) => other.leaves) ?? others[0];
    if (next.length > MOST && oldest) next.splice(next.indexOf(oldest), 1);
    this.#leftMs.set(notice.id, LEAVES_MS);
    this.#set(next);
  }

  remove(id: string): void {
    this.#count();
    this.#set(this.#notices.filter((notice) => notice.id !== id));
  }

  hold(why: Hold, isHeld: boolean): void {
    if (this.#holds.has(why) === isHeld) return;
    this.#count();
    if (isHeld) this.#holds.add(why);
    else this.#holds.delete(why);
    this.#plan();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  /** Takes the time that has passed from what the notices have left. */
  #count(): void {
    const now = performance.now();
    const passed = Math.max(0, now - (this.#countsSince ?? now));
    this.#countsSince = undefined;
    for (const [id, leftMs] of this.#leftMs) this.#leftMs.set(id, leftMs - passed);
  }

  #set(notices: readonly Notice[]): void {
    const isSame =
      notices.length === this.#notices.length && notices.every((each, at) => each === this.#notices[at]);
    if (!isSame) {
      this.#notices = notices;
      for (const id of this.#leftMs.keys()) {
        if (!notices.some((notice) => notice.id === id)) this.#leftMs.delete(id);
      }
    }
    this.#plan();
    if (!isSame) for (const listener of [...this.#listeners]) listener();
  }

  /** Plans when the next one leaves. */
  #plan(): void {
    clearTimeout(this.#timer);
    const leaving = this.#notices.filter(({ leaves }) => leaves);
    if (leaving.length === 0 || this.#holds.size > 0) return;
    this.#countsSince = performance.now();
    const leastMs = Math.min(...leaving.map(({ id }) => this.#leftMs.get(id) ?? 0));
    this.#timer = setTimeout(
      () => {
        this.#count();
        this.#set(this.#notices.filter(({ id, leaves }) => !leaves || (this.#leftMs.get(id) ?? 0) > 0));
      },
      Math.max(0, leastMs),
    );
  }
}
