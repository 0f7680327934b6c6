import type { TableDefinition } from '../../../backend/network/tables.ts';
import type { ServicesConfig } from '../config/Config.ts';
import { migrate } from '../database/migrate.ts';
import type { Logger } from '../observe/createLogger.ts';
import { checkDatabase } from './checks/checkDatabase.ts';
import { checkDeployment } from './checks/checkDeployment.ts';
import { checkPath } from './checks/checkPath.ts';
import { checkRedis } from './checks/checkRedis.ts';

/**
 * Checks, before a server or worker starts, that Redis and PostgreSQL are there and fit to keep tasks. It logs what
 * is doubtful, and rejects with a message for the operator if one of them is not fit. With `migrateFirst` it updates
 * the database's tables first.
 */
export async function checkServices(
  services: ServicesConfig,
  {
    migrateFirst,
    tables,
    logger,
  }: { migrateFirst: boolean; tables: readonly TableDefinition[]; logger: Logger },
): Promise<void> {
  const { redisUrl, databaseUrl } = services;
  if (migrateFirst) {
    const migrations = await migrate(databaseUrl, tables);
    if (migrations.length > 0) logger.info({ migrations }, 'the database was brought up to date');
  }
  const results = await Promise.all([checkRedis(redisUrl), checkDatabase(databaseUrl, tables)]);
  const findings = results.flatMap((result) => result.findings);
  for (const { level, subject, message } of findings) {
    if (level === 'warn') logger.warn(`${subject}: ${message}`);
  }
  const faults = findings.filter(({ level }) => level === 'fail');
  // Both services are there and up to date, or nothing can be said of it.
  if (faults.length === 0) {
    const deployment = await checkDeployment(services, { claim: true });
    const path = deployment.level === 'fail' ? [] : await checkPath(services);
    faults.push(...[deployment, ...path].filter(({ level }) => level === 'fail'));
  }
  if (faults.length > 0) {
    throw new Error(faults.map(({ subject, message }) => `${subject}: ${message}`).join('\n'));
  }
}
