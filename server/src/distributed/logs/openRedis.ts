import { Redis } from 'ioredis';

/**
 * A connection that comes back by itself. Commands fail within seconds while Redis is away, unless `patient`: then they
 * wait for it (what BullMQ's workers need). Errors of the connection go to `onError`.
 */
export function openRedis(
  url: string,
  { patient = false, onError }: { patient?: boolean; onError: (error: unknown) => void },
): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: patient ? null : 1,
    ...(!patient && { commandTimeout: 5_000 }),
    connectTimeout: 5_000,
    // The commands of one round of the event loop go out in one write: under load most of the cost is in the writes.
    enableAutoPipelining: true,
    // After a failover the old primary may stay up as a replica: connect again, and send the command again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    retryStrategy: (times) => Math.min(50 * 2 ** times, 2_000),
  });
  redis.on('error', onError);
  return redis;
}
