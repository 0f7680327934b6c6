import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Services } from '../scripts/services/startServices.ts';
import { startServices } from '../scripts/services.mjs';

/**
 * Measures with a Redis and a PostgreSQL whose data survive a loss of power, as an operator's do. So each commit waits for the
 * disk. `name` is a part of their folder's name.
 */
export async function withKeptServices<Measured>(
  name: string,
  measure: (services: Services) => Promise<Measured>,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), `lrt-${name}-`));
  const services = await startServices({ folder });
  try {
    return await measure(services);
  } finally {
    await services.stop();
    await rm(folder, { recursive: true });
  }
}
