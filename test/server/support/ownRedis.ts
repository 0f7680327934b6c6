import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ServiceGuard } from '../../../scripts/services/ServiceGuard.ts';
import { startRedis } from '../../../scripts/services/startRedis.ts';
import { findServices } from '../../../scripts/services.mjs';

/** A Redis of the test's own: that of all tests must not change while others start servers on it. */
export async function ownRedis(settings: string[] = []): Promise<string> {
  const { programs, missing } = findServices();
  if (!programs) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'lrt-own-redis-'));
  const guard = new ServiceGuard();
  guard.remove(folder);
  onTestFinished(() => guard.close());
  const { redis, redisUrl } = await startRedis({ programs, folder, password: 'own', guard, settings });
  onTestFinished(() => redis.stop());
  return redisUrl;
}
