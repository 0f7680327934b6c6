import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';

/** The event streams that are open on this server, at most so many of each owner. */
export class StreamCount {
  readonly #most: number;
  readonly #byOwner = new Map<string, number>();
  readonly #ends = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#ends.size;
  }

  /** Counts a stream that `end` ends; returns what to call when it is over. Throws 'rate-limited'. */
  open(owner: string, end: () => void): () => void {
    const count = this.#byOwner.get(owner) ?? 0;
    if (count >= this.#most) {
      const message = `At most ${this.#most} event streams of one owner may be open; close one, or follow several tasks with one stream (POST /tasks/events)`;
      throw new TaskRefusal({
        code: 'rate-limited',
        message,
        details: { streamsPerOwner: this.#most, retryAfterSeconds: 5 },
      });
    }
    this.#byOwner.set(owner, count + 1);
    this.#ends.add(end);
    return () => {
      if (!this.#ends.delete(end)) return;
      const left = (this.#byOwner.get(owner) ?? 1) - 1;
      if (left > 0) this.#byOwner.set(owner, left);
      else this.#byOwner.delete(owner);
    };
  }

  endAll(): void {
    for (const end of [...this.#ends]) end();
  }
}
