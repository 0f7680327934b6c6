import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';

/** The event streams that are open on this server. It limits how many of them each owner may have. */
export class OpenStreams {
  readonly #most: number;
  readonly #byOwner = new Map<string, number>();
  readonly #ends = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#ends.size;
  }

  /**
   * Counts a stream, which `end` ends. The caller calls the returned function when the stream is over. Throws a
   * 'rate-limited' refusal where the owner has too many. Its message ends with the protocol's `advice`.
   */
  open(owner: string, end: () => void, advice?: string): () => void {
    const count = this.#byOwner.get(owner) ?? 0;
    if (count >= this.#most) {
      const message = `One owner may have at most ${this.#most} event streams open; close one${advice ? `, or ${advice}` : ''}`;
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

  /** Ends every open stream, so that its client reconnects to another server. */
  endAll(): void {
    for (const end of [...this.#ends]) end();
  }
}
