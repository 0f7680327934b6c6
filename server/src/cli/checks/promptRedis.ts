import { Redis } from 'ioredis';
import { CHECK_TIMEOUT_MS } from './Finding.ts';

/** A connection to Redis for a check: it answers now or it does not. Call `connect`, and `disconnect` in any case. */
export function promptRedis(redisUrl: string): Redis {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: CHECK_TIMEOUT_MS,
    commandTimeout: CHECK_TIMEOUT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // Without a listener the process would end. Each call that waits for the connection rejects by itself.
  redis.on('error', () => {});
  return redis;
}
