import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './freePort.ts';
import { ServiceProcess } from './ServiceProcess.ts';
import type { Services } from './startServices.ts';

const BIN = fileURLToPath(new URL('../../server/bin/lrt-server.mjs', import.meta.url));
/** A process has this long to say whether it is ready. */
const PATIENCE_MS = 5000;

interface LrtProcessOptions {
  services: Pick<Services, 'redisUrl' | 'databaseUrl' | 'folder' | 'guard'>;
  command: 'serve' | 'worker';
  /** The name of its log and its folder, among those of the services: 'worker-1'. */
  name: string;
  /** Further flags: ['--insecure']. */
  args?: readonly string[];
  /** Added to this process's own: { NODE_OPTIONS: '--import ...' }. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Starts a server or a worker of ours as a process of its own. It is ready when this resolves, and does not outlive
 * this process. `url` is its address; a worker answers only /healthz, /readyz and /metrics there.
 */
export async function startLrtProcess({ services, command, name, args = [], env = {} }: LrtProcessOptions) {
  const port = await freePort();
  const folder = join(services.folder, name);
  mkdirSync(folder, { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  const lrt = new ServiceProcess({
    name: `lrt-server ${command}`,
    command: process.execPath,
    args: [BIN, command, command === 'serve' ? '--port' : '--metrics-port', String(port), ...args],
    // These hold passwords, so they do not go into the arguments, which every user of the machine can see.
    env: { ...process.env, ...env, LRT_REDIS_URL: services.redisUrl, LRT_DATABASE_URL: services.databaseUrl },
    folder,
    guard: services.guard,
    isReady: () => isReady(`${url}/readyz`),
    stopSignal: 'SIGTERM',
  });
  await lrt.start();
  return { url, lrt };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
