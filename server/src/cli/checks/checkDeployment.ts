import { describeFailure } from '../../common/describeFailure.ts';
import { inTime } from '../../common/inTime.ts';
import type { ServicesConfig } from '../../config/Config.ts';
import { openPool } from '../../database/openPool.ts';
import { taskKeys } from '../../distributed/logs/taskKeys.ts';
import { redisGrant } from './explainConnection.ts';
import { CHECK_TIMEOUT_MS, type Finding } from './Finding.ts';
import { promptRedis } from './promptRedis.ts';

const SUBJECT = 'deployment';

/**
 * Checks that the prefix in Redis belongs to this database: two deployments with one Redis and one prefix would take
 * each other's jobs, and each would find them again only after seconds. The first server of a deployment claims the
 * prefix (`claim`), and `doctor` only looks. It never rejects.
 */
export async function checkDeployment(
  { redisUrl, databaseUrl, prefix }: ServicesConfig,
  { claim }: { claim: boolean },
): Promise<Finding> {
  const { deployment: key } = taskKeys(prefix);
  const redis = promptRedis(redisUrl);
  const pool = openPool(databaseUrl, { max: 1 });
  try {
    const asked = pool.query<{ id: string }>('SELECT id::text FROM lrt.deployment');
    const [{ rows }] = await inTime(Promise.all([asked, redis.connect()]), CHECK_TIMEOUT_MS);
    const id = rows[0]?.id;
    if (id === undefined) {
      const message = 'the table lrt.deployment is empty: run "INSERT INTO lrt.deployment DEFAULT VALUES"';
      return { level: 'fail', subject: SUBJECT, message };
    }
    if (claim) await redis.set(key, id, 'NX');
    const known = await redis.get(key);
    if (known === id) return { level: 'ok', subject: SUBJECT, message: `Redis keeps it under "${prefix}"` };
    if (known === null) {
      return {
        level: 'ok',
        subject: SUBJECT,
        message: `nobody uses the prefix "${prefix}" in this Redis yet`,
      };
    }
    return {
      level: 'fail',
      subject: SUBJECT,
      message:
        `the prefix "${prefix}" in this Redis belongs to another database, so the two would take each other's jobs: ` +
        `give this deployment a --prefix of its own or, if the other one is gone, run "redis-cli del ${key}"`,
    };
  } catch (error) {
    const reason = describeFailure(error);
    const fix = /NOPERM/.test(reason) ? `; ${redisGrant(redisUrl, prefix)}` : '';
    const message = `the owner of the prefix "${prefix}" in Redis cannot be read: ${reason}${fix}`;
    return { level: 'fail', subject: SUBJECT, message };
  } finally {
    redis.disconnect();
    await inTime(pool.end(), CHECK_TIMEOUT_MS).catch(() => {});
  }
}
