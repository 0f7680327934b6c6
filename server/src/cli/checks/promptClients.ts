import { Redis } from 'ioredis';
import pg from 'pg';
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

/** The same for PostgreSQL. Call `connect`, and `end` in any case. */
export function promptDatabase(databaseUrl: string): pg.Client {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'lrt-server',
    connectionTimeoutMillis: CHECK_TIMEOUT_MS,
    query_timeout: CHECK_TIMEOUT_MS,
  });
  client.on('error', () => {});
  return client;
}
