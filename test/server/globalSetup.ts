import type { TestProject } from 'vitest/node';
import { startServices } from '../../scripts/services.mjs';
import { createTemplate } from './support/templateDatabase.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A Redis that evicts and forgets nothing, shared by all files: take a prefix of your own. */
    redisUrl: string;
    /** The database of the administrator, with PostGIS, without our tables. Tests write to one of their own: `createTestDatabase()`. */
    databaseUrl: string;
  }
}

/** One Redis and one PostgreSQL for all tests of a project. Tests that kill services start their own: `startServices()`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startServices();
  try {
    await createTemplate(services.databaseUrl);
  } catch (error) {
    await services.stop();
    throw error;
  }
  project.provide('redisUrl', services.redisUrl);
  project.provide('databaseUrl', services.databaseUrl);
  return services.stop;
}
