import { ConfigError } from '../config/ConfigError.ts';
import { OptionReader } from '../config/OptionReader.ts';
import { schemas } from '../config/options.ts';
import { readTaskFiles } from '../config/sharedConfig.ts';
import { loadDefinitions } from '../definitions/loadDefinitions.ts';
import { checkClocks } from './checks/checkClocks.ts';
import { checkDatabase } from './checks/checkDatabase.ts';
import { checkDeployment } from './checks/checkDeployment.ts';
import { checkPath } from './checks/checkPath.ts';
import { checkRedis } from './checks/checkRedis.ts';
import type { Finding } from './checks/Finding.ts';

/**
 * Runs `lrt-server doctor`: checks the services that the options name, and prints one line for each finding. @returns
 * 1 if one of them fails.
 */
export async function doctorCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = new OptionReader('doctor', args, env);
  const redisUrl = options.optional('redis', schemas.redisUrl);
  const databaseUrl = options.optional('database', schemas.databaseUrl);
  if (redisUrl === undefined && databaseUrl === undefined) {
    throw new ConfigError(
      'doctor needs --redis (LRT_REDIS_URL), --database (LRT_DATABASE_URL) or both. A server without the two needs ' +
        'nothing that could be ill',
    );
  }
  const prefix = options.value('prefix', schemas.key);
  const { tables } = await loadDefinitions(readTaskFiles(options));
  const results = await Promise.all([
    ...(redisUrl === undefined ? [] : [checkRedis(redisUrl)]),
    ...(databaseUrl === undefined ? [] : [checkDatabase(databaseUrl, tables)]),
  ]);
  const clocks = results.flatMap(({ clock }) => (clock ? [clock] : []));
  const found = results.flatMap((result) => result.findings);
  const areFit =
    redisUrl !== undefined && databaseUrl !== undefined && found.every(({ level }) => level !== 'fail');
  const services = areFit ? { redisUrl, databaseUrl, prefix } : undefined;
  const together = services
    ? [await checkDeployment(services, { claim: false }), ...(await checkPath(services))]
    : [];
  const findings = [...found, ...together, ...checkClocks(clocks)];
  for (const finding of findings) console.log(lineOf(finding));
  return findings.some(({ level }) => level === 'fail') ? 1 : 0;
}

/** 'warn  Redis: appendonly is off: ...' */
function lineOf({ level, subject, message }: Finding): string {
  return `${level.padEnd(4)}  ${subject}: ${message}`;
}
