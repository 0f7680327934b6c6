import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { SharedLimit } from './SharedLimit.ts';

/** A page that opens asks a lot at once, so what is allowed a second may come all at once within this time. */
const WINDOW_SECONDS = 10;
/** This share of an owner's requests may start tasks. */
const ENQUEUE_SHARE = 0.1;
/** Redis has this long to answer before this server counts for itself. */
const REDIS_PATIENCE_MS = 500;

export interface RateLimitOptions {
  /** The requests of one owner, on average over 10 s; a tenth of them may start tasks. */
  requestsPerSecond: number;
  /** All servers count together in this Redis. Without it each server counts for itself. */
  redis?: { url: string; prefix: string };
}

export interface RateLimits {
  /** Counts a request. Rejects with 'rate-limited', with `details.retryAfterSeconds`. */
  take(owner: string, startsTask: boolean): Promise<void>;
  /**
   * Counts a request without an owner by the client's address, on this server alone. Rejects as `take` does. As many are
   * allowed as one owner has.
   */
  takeUnknown(address: string): Promise<void>;
  close(): Promise<void>;
}

interface Limit {
  limiter: RateLimiterMemory | SharedLimit;
  /** The message of a refusal names what there is too much of: 'requests'. */
  what: string;
  points: number;
}

/** Makes the limits per owner. `onRedisLost` is called once each time that Redis stops answering. */
export function createRateLimits(
  options: RateLimitOptions,
  onRedisLost: (error: unknown) => void,
): RateLimits {
  const { redis: shared, requestsPerSecond } = options;
  const redis = shared && connect(shared.url, onRedisLost);
  const limiter = (name: string, points: number) => {
    const bounds = {
      keyPrefix: `${shared?.prefix ?? 'lrt'}:limit:${name}`,
      points,
      duration: WINDOW_SECONDS,
    };
    const alone = new RateLimiterMemory(bounds);
    if (!redis) return alone;
    return new SharedLimit(
      new RateLimiterRedis({
        ...bounds,
        storeClient: redis,
        insuranceLimiter: alone,
        rejectIfRedisNotReady: true,
        // An owner over the limit is refused without asking Redis again.
        inMemoryBlockOnConsumed: points + 1,
      }),
    );
  };
  const requests = Math.max(1, Math.ceil(requestsPerSecond * WINDOW_SECONDS));
  const all = { limiter: limiter('requests', requests), what: 'requests', points: requests };
  const starts = Math.max(1, Math.ceil(requests * ENQUEUE_SHARE));
  const enqueues = { limiter: limiter('enqueues', starts), what: 'new tasks', points: starts };

  // Each server counts these alone, because a request without credentials must cost as little as possible.
  const strangers = {
    limiter: new RateLimiterMemory({ points: requests, duration: WINDOW_SECONDS }),
    what: 'requests without valid credentials',
    points: requests,
  };

  return {
    takeUnknown: (address) => take(strangers, address),
    async take(owner, startsTask) {
      // At once: each may be a call to Redis.
      await Promise.all((startsTask ? [all, enqueues] : [all]).map((limit) => take(limit, owner)));
    },
    async close() {
      redis?.disconnect();
    },
  };
}

async function take({ limiter, what, points }: Limit, owner: string): Promise<void> {
  try {
    await limiter.consume(owner);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    const message = `Too many ${what}: at most ${points} in ${WINDOW_SECONDS} s; try again in ${retryAfterSeconds} s`;
    throw new TaskRefusal({ code: 'rate-limited', message, details: { retryAfterSeconds } });
  }
}

/** Opens a connection that fails at once instead of waiting for Redis to come back. */
function connect(url: string, onLost: (error: unknown) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    socketTimeout: REDIS_PATIENCE_MS,
    connectTimeout: REDIS_PATIENCE_MS,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
  });
  let lost = false;
  redis.on('ready', () => {
    lost = false;
  });
  redis.on('error', (error: unknown) => {
    if (!lost) onLost(error);
    lost = true;
  });
  return redis;
}
