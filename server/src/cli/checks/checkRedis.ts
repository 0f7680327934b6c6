import { explainRedis } from './explainConnection.ts';
import { type ClockDifference, type Finding, isAtLeast } from './Finding.ts';
import { promptRedis } from './promptRedis.ts';

const SUBJECT = 'Redis';
/** BullMQ needs this version. */
const LEAST_VERSION = '6.2.0';

/** Checks that Redis is there, recent enough, and keeps what it is given. It never rejects. */
export async function checkRedis(
  redisUrl: string,
): Promise<{ findings: Finding[]; clock: ClockDifference | undefined }> {
  const redis = promptRedis(redisUrl);
  // The reason for a failed connection arrives here; connect() itself only reports that it is closed.
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    // The check asks INFO and not CONFIG GET, which hosted services do not allow.
    const info = parseInfo(await redis.info());
    const asked = Date.now();
    const [seconds = 0, microseconds = 0] = (await redis.time()).map(Number);
    const ours = (asked + Date.now()) / 2_000;
    return {
      findings: judge(info),
      clock: { subject: SUBJECT, seconds: seconds + microseconds / 1e6 - ours },
    };
  } catch (error) {
    const message = explainRedis(redisUrl, reason ?? error);
    return { findings: [{ level: 'fail', subject: SUBJECT, message }], clock: undefined };
  } finally {
    redis.disconnect();
  }
}

function judge(info: Map<string, string>): Finding[] {
  const version = info.get('redis_version') ?? 'unknown';
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  const found = (level: Finding['level'], message: string): Finding => ({ level, subject: SUBJECT, message });
  return [
    ...judgeRole(info).map((message) => found('fail', message)),
    isAtLeast(version, LEAST_VERSION)
      ? found('ok', `version ${version}`)
      : found('fail', `version ${version} is too old: install ${LEAST_VERSION} or newer`),
    policy === 'noeviction'
      ? found('ok', 'maxmemory-policy noeviction')
      : found(
          'fail',
          `maxmemory-policy is ${policy}: tasks would be dropped when memory runs short. Put "maxmemory-policy ` +
            'noeviction" into redis.conf and run "redis-cli config set maxmemory-policy noeviction"',
        ),
    info.get('aof_enabled') === '1'
      ? found('ok', 'appendonly yes')
      : found(
          'warn',
          'appendonly is off: when Redis is killed, tasks that wait are lost until they are found in PostgreSQL, and ' +
            'events with them. Put "appendonly yes" into redis.conf and run "redis-cli config set appendonly yes"',
        ),
  ];
}

/** Reasons for which this Redis cannot take the tasks, however it is set up otherwise. */
function judgeRole(info: Map<string, string>): string[] {
  const reasons: string[] = [];
  if (info.get('cluster_enabled') === '1') {
    reasons.push(
      'it is a node of a Redis Cluster, over which the queues cannot be spread: use a Redis of its own, with a replica ' +
        'and a failover if it must not be away',
    );
  }
  if (info.get('role') === 'slave') {
    const primary = `${info.get('master_host') ?? 'unknown'}:${info.get('master_port') ?? ''}`;
    reasons.push(`it is a replica of ${primary} and takes no tasks: give --redis the address of the primary`);
  }
  return reasons;
}

/** Parses 'redis_version:7.0.15' and so on, one pair on each line. */
function parseInfo(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^(\w+):(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}
