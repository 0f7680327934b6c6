import { describeFailure } from '../../common/describeFailure.ts';
import { inTime } from '../../common/inTime.ts';
import { redactText } from '../../common/redact.ts';
import type { ServicesConfig } from '../../config/Config.ts';
import { openPool } from '../../database/openPool.ts';
import { type PathFault, ServicePath } from '../../distributed/ServicePath.ts';
import { redisGrant } from './explainConnection.ts';
import { CHECK_TIMEOUT_MS, type Finding } from './Finding.ts';

const SUBJECT = 'a task';

/**
 * Goes the way of a task through PostgreSQL and Redis, as a server does, and says what does not work and what to do. It
 * leaves nothing behind, and never rejects.
 */
export async function checkPath(services: ServicesConfig): Promise<Finding[]> {
  const { redisUrl, databaseUrl, prefix } = services;
  const pool = openPool(databaseUrl, { max: 1 });
  const path = new ServicePath({ pool, redisUrl, prefix });
  try {
    // checkDeployment says more of a prefix that belongs to another database.
    const faults = (await path.check()).filter(({ part }) => part !== 'deployment');
    if (faults.length > 0) return faults.map((fault) => findingOf(fault, services));
    return [
      {
        level: 'ok',
        subject: SUBJECT,
        message: 'can be stored, queued, claimed and ended, and its events read',
      },
    ];
  } finally {
    path.close();
    await inTime(pool.end(), CHECK_TIMEOUT_MS).catch(() => {});
  }
}

function findingOf({ part, step, error }: PathFault, { redisUrl, prefix }: ServicesConfig): Finding {
  const reason = redactText(describeFailure(error));
  const fix =
    part === 'redis' && /NOPERM/.test(reason)
      ? redisGrant(redisUrl, prefix)
      : 'the log of the service says more ("journalctl --unit postgresql --unit redis-server")';
  return { level: 'fail', subject: SUBJECT, message: `${step}: ${reason}; ${fix}` };
}
