import { describeFailure } from '../../common/describeFailure.ts';
import type { ServicesConfig } from '../../config/Config.ts';
import type { Finding } from './Finding.ts';
import { promptDatabase, promptRedis } from './promptClients.ts';

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
  const key = `${prefix}:deployment`;
  const redis = promptRedis(redisUrl);
  const client = promptDatabase(databaseUrl);
  try {
    await Promise.all([redis.connect(), client.connect()]);
    const { rows } = await client.query<{ id: string }>('SELECT id::text FROM lrt.deployment');
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
    const message = `the owner of the prefix "${prefix}" in Redis cannot be read: ${describeFailure(error)}`;
    return { level: 'fail', subject: SUBJECT, message };
  } finally {
    redis.disconnect();
    await client.end().catch(() => {});
  }
}
