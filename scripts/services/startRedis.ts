import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePrograms } from './findServices.mjs';
import { freePort } from './freePort.ts';
import type { ServiceGuard } from './ServiceGuard.ts';
import { ServiceProcess } from './ServiceProcess.ts';

interface RedisOptions {
  programs: ServicePrograms;
  /** Holds redis/ and redis.conf; absolute. */
  folder: string;
  password: string;
  guard: ServiceGuard;
  /** Lines of redis.conf beyond those that every server needs. */
  settings?: readonly string[];
}

/**
 * Starts a Redis of our own on a free port of the loopback interface, as the server needs it: it evicts nothing and
 * loses nothing.
 */
export async function startRedis({ programs, folder, password, guard, settings = [] }: RedisOptions) {
  const port = await freePort();
  const data = join(folder, 'redis');
  const config = join(folder, 'redis.conf');
  mkdirSync(data, { recursive: true });
  // The settings are in a file and not in the arguments, which every user of the machine can see.
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir "${data}"`,
    `requirepass ${password}`,
    'appendonly yes',
    'maxmemory-policy noeviction',
    'save ""',
    'set-proc-title no',
    ...settings,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  const env = { ...process.env, REDISCLI_AUTH: password };
  const redis = new ServiceProcess({
    name: 'Redis',
    command: programs.redisServer,
    args: [config, '--dir', data],
    folder: data,
    guard,
    isReady: () =>
      spawnSync(programs.redisCli, ['-p', String(port), 'ping'], { env, encoding: 'utf8' }).stdout?.trim() ===
      'PONG',
    stopSignal: 'SIGTERM',
  });
  await redis.start();
  return { redis, redisUrl: `redis://:${password}@127.0.0.1:${port}` };
}
