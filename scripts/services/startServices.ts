import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findServices } from './findServices.mjs';
import { ServiceGuard } from './ServiceGuard.ts';
import { startPostgres } from './startPostgres.ts';
import { startRedis } from './startRedis.ts';
import { canEnter, unprivilegedUser } from './systemUser.ts';

export type Services = Awaited<ReturnType<typeof startServices>>;

interface ServicesOptions {
  /**
   * The folder that keeps the data for the next start. Without one, a temporary folder is deleted with the services.
   */
  folder?: string;
}

/**
 * Starts a Redis and a PostgreSQL of our own, on free ports of the loopback interface, and touches nobody else's.
 * They do not outlive this process, however it ends. A test can kill each and start it again, on the same port and
 * data: `services.redis.kill()`, `services.postgres.restart('immediate')`.
 *
 * Rejects with an Error that says what to install if they cannot be started.
 */
export async function startServices({ folder: kept }: ServicesOptions = {}) {
  const { programs, missing } = findServices();
  if (!programs) throw new Error(missing);
  const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'lrt-services-')) : resolve(kept);
  mkdirSync(folder, { recursive: true });
  claim(folder);
  const guard = new ServiceGuard();
  try {
    if (kept === undefined) guard.remove(folder);
    const user = unprivilegedUser();
    chmodSync(folder, 0o711);
    if (!canEnter(folder, user)) {
      throw new Error(
        `The user that PostgreSQL runs as cannot get into ${folder}: choose a folder outside of the home`,
      );
    }
    const password = passwordOf(folder);
    const [redis, postgres] = await bothOf(
      startRedis({ programs, folder, password, guard }),
      startPostgres({ programs, folder, password, user, guard, durable: kept !== undefined }),
    );
    return {
      redisUrl: redis.redisUrl,
      databaseUrl: postgres.databaseUrl,
      redis: redis.redis,
      postgres: postgres.postgres,
      /** Watches further processes that must not outlive this one, and their files. */
      folder,
      guard,
      async stop() {
        await Promise.all([redis.redis.stop(), postgres.postgres.stop()]);
        await guard.close();
      },
    };
  } catch (error) {
    await guard.close();
    throw error;
  }
}

/** Like `Promise.all`, but nothing is still starting when it rejects. */
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** Throws if another process uses the data. */
function claim(folder: string): void {
  const file = join(folder, 'owner.pid');
  const owner = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', owner || '0'], { encoding: 'utf8' });
  // Another program may have its number by now.
  if (owner !== String(process.pid) && stdout?.includes('node')) {
    throw new Error(
      `${folder} is in use by process ${owner}: end that first (if it is something else, delete ${file})`,
    );
  }
  writeFileSync(file, String(process.pid));
}

/** On a machine with other users, loopback alone keeps nobody out. */
function passwordOf(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
