import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findProxies } from './findServices.mjs';
import { freePort } from './freePort.ts';
import type { ServiceGuard } from './ServiceGuard.ts';
import { ServiceProcess } from './ServiceProcess.ts';
import { unprivilegedUser } from './systemUser.ts';

interface PgbouncerOptions {
  /** The PostgreSQL behind it; each of its databases is reached by its own name. */
  databaseUrl: string;
  /** Holds pgbouncer/ and its configuration; absolute, and every user can enter it. */
  folder: string;
  guard: ServiceGuard;
  /** Default: transaction, as most operators have it. */
  poolMode?: 'session' | 'transaction' | 'statement';
  /** Connections to PostgreSQL for each role and database. Default 4, fewer than a server opens to the pooler. */
  poolSize?: number;
  /** Further roles and their passwords. */
  roles?: Readonly<Record<string, string>>;
}

/**
 * Starts a PgBouncer of our own on a free port of the loopback interface, in front of a PostgreSQL. Its configuration is
 * PgBouncer's default one but for the pool's mode and size. Rejects with an Error that says what to install.
 *
 * @example
 * const { pgbouncer, urlOf } = await startPgbouncer({ databaseUrl, folder, guard });
 * const pool = openPool(urlOf(databaseUrl));
 */
export async function startPgbouncer(options: PgbouncerOptions) {
  const { databaseUrl, folder, guard, poolMode = 'transaction', poolSize = 4, roles = {} } = options;
  const command = findProxies().pgbouncer;
  if (command === undefined) throw new Error('pgbouncer not found: "sudo apt-get install pgbouncer"');
  const user = unprivilegedUser();
  const port = await freePort();
  const own = join(folder, 'pgbouncer');
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const postgres = new URL(databaseUrl);
  const known = { [postgres.username]: postgres.password, ...roles };
  const users = join(own, 'users.txt');
  const config = join(own, 'pgbouncer.ini');
  writeFileSync(
    users,
    Object.entries(known)
      .map(([name, password]) => `"${name}" "${password}"\n`)
      .join(''),
  );
  const lines = [
    '[databases]',
    `* = host=${postgres.hostname} port=${postgres.port}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    `pool_mode = ${poolMode}`,
    `default_pool_size = ${poolSize}`,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  if (user) for (const path of [own, users, config]) chownSync(path, user.uid, user.gid);
  const pgbouncer = new ServiceProcess({
    name: 'PgBouncer',
    command,
    args: ['--quiet', config],
    folder: own,
    user,
    guard,
    isReady: () => answers(port),
    // At once: a test does not wait for clients.
    stopSignal: 'SIGTERM',
  });
  await pgbouncer.start();
  return {
    pgbouncer,
    /** The URL of the same database through the pooler. */
    urlOf(direct: string): string {
      const url = new URL(direct);
      url.host = `127.0.0.1:${port}`;
      return url.href;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
