import { type RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * The limit is near when less than this share of the allowed requests is left, or fewer than this number. It is also near
 * while as many requests are being counted. Each request waits for its count then.
 */
const NEAR_SHARE = 0.1;
const NEAR_REQUESTS = 20;
const MAX_OWNERS = 10_000;

interface Known {
  /** The requests that were left at the last answer of Redis, less those that were sent since. */
  remaining: number;
  underWay: number;
  /** When the window ends, on this process's clock. */
  until: number;
}

/**
 * A limit that all servers count together, in Redis. A request waits for its count only where the limit may be near.
 * Otherwise the server lets it through while it is counted, and relies on the last answer of Redis. Other servers may have
 * used up what was left since then, so an owner may pass the limit by the few requests that each server has under way.
 */
export class SharedLimit {
  readonly #limiter: RateLimiterRedis;
  readonly #near: number;
  readonly #owners = new Map<string, Known>();

  constructor(limiter: RateLimiterRedis) {
    this.#limiter = limiter;
    this.#near = Math.max(limiter.points * NEAR_SHARE, NEAR_REQUESTS);
  }

  /** Rejects with RateLimiterRes where there were too many. */
  async consume(owner: string): Promise<void> {
    const known = this.#known(owner);
    known.remaining -= 1;
    known.underWay += 1;
    const counted = this.#count(owner, known);
    const near = known.remaining < this.#near || known.underWay > this.#near;
    if (near || performance.now() >= known.until) return counted;
    // The next call reports the error of this one.
    counted.catch(() => {});
  }

  async #count(owner: string, known: Known): Promise<void> {
    try {
      this.#heard(known, await this.#limiter.consume(owner));
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) this.#heard(known, refusal);
      throw refusal;
    } finally {
      known.underWay -= 1;
    }
  }

  #heard(known: Known, { remainingPoints, msBeforeNext }: RateLimiterRes): void {
    known.remaining = remainingPoints - (known.underWay - 1);
    known.until = performance.now() + msBeforeNext;
  }

  #known(owner: string): Known {
    let known = this.#owners.get(owner);
    if (!known) {
      if (this.#owners.size >= MAX_OWNERS) this.#owners.clear();
      known = { remaining: 0, underWay: 0, until: 0 };
      this.#owners.set(owner, known);
    }
    return known;
  }
}
