import { findServices } from './services/findServices.mjs';

/** These tests run only if there are a Redis and a PostGIS. */
export const NEED_SERVICES = {
  projects: ['server', 'faults'],
  files: ['test/e2e/realServer.test.ts'],
};

/**
 * One line: the tests that cannot run here, why, and what to install; undefined where all can. In CI, where nothing
 * may be left out, it is thrown as an Error.
 */
export function leftOut(): string | undefined {
  const { missing } = findServices();
  if (missing === undefined) return undefined;
  const { projects, files } = NEED_SERVICES;
  const line = `Left out: the test projects ${projects.join(' and ')}, and ${files.join(', ')}: ${missing}`;
  if (process.env.CI === 'true') throw new Error(`CI leaves nothing out. ${line}`);
  return line;
}
