import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePrograms } from './findServices.mjs';
import { freePort } from './freePort.ts';
import type { ServiceGuard } from './ServiceGuard.ts';
import { ServiceProcess } from './ServiceProcess.ts';
import type { SystemUser } from './systemUser.ts';

/** The ways to stop PostgreSQL, by PostgreSQL's own names. */
export type ShutdownMode = 'smart' | 'fast' | 'immediate';

const SIGNALS: Record<ShutdownMode, NodeJS.Signals> = {
  smart: 'SIGTERM',
  fast: 'SIGINT',
  immediate: 'SIGQUIT',
};
const NAME = 'lrt';
/**
 * PostgreSQL does not wait for the disk, so it copies a test's database sooner. The system's memory keeps the data, and
 * there is a bound to the journal, which may be in memory too.
 */
const NOT_DURABLE = ['fsync=off', 'full_page_writes=off', 'max_wal_size=256MB', 'jit=off'];

interface PostgresOptions {
  programs: ServicePrograms;
  /** Holds postgres/; absolute. */
  folder: string;
  password: string;
  user: SystemUser | undefined;
  guard: ServiceGuard;
  /** True: the data outlives a machine that loses its power. The data outlives a killed PostgreSQL in any case. */
  durable: boolean;
}

/** A PostgreSQL of our own on a free port of the loopback interface, with a database `lrt` that has PostGIS. */
export async function startPostgres({ programs, folder, password, user, guard, durable }: PostgresOptions) {
  const port = await freePort();
  const data = join(folder, 'postgres');
  const program = (name: string) => join(programs.postgresBin, name);
  if (!existsSync(join(data, 'ready')))
    createCluster({ initdb: program('initdb'), folder, data, password, user });
  const env = { ...process.env, PGPASSWORD: password };
  const server = ['--host=127.0.0.1', `--port=${port}`, `--username=${NAME}`];
  const postgres = new ServiceProcess({
    name: 'PostgreSQL',
    command: program('postgres'),
    args: [
      ...['-D', data, '-p', String(port)],
      ...[
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'max_connections=200',
        ...(durable ? [] : NOT_DURABLE),
        ...preloaded(programs),
      ].flatMap((set) => ['-c', set]),
    ],
    folder: data,
    user,
    guard,
    isReady: () => spawnSync(program('pg_isready'), [...server, '--quiet'], { env }).status === 0,
    stopSignal: SIGNALS.fast,
  });
  await postgres.start();
  if (!existsSync(join(data, 'ready'))) {
    const psql = [...server, '--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1'];
    run(program('psql'), [...psql, '--dbname=postgres', `--command=CREATE DATABASE ${NAME}`], { env });
    run(program('psql'), [...psql, `--dbname=${NAME}`, '--command=CREATE EXTENSION postgis'], { env });
    writeFileSync(join(data, 'ready'), '');
  }
  return {
    postgres: {
      get pid() {
        return postgres.pid;
      },
      start: () => postgres.start(),
      stop: (mode: ShutdownMode = 'fast') => postgres.stop(SIGNALS[mode]),
      kill: () => postgres.kill(),
      restart: (mode: ShutdownMode = 'fast') => postgres.restart(SIGNALS[mode]),
    },
    databaseUrl: `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`,
  };
}

/** PostGIS is loaded once, in place of once for each connection that uses it: a third of what such a connection costs. */
function preloaded({ postgresBin }: ServicePrograms): string[] {
  const library = join(postgresBin, '../lib/postgis-3.so');
  return existsSync(library) ? [`shared_preload_libraries=${library}`] : [];
}

interface ClusterOptions {
  initdb: string;
  folder: string;
  data: string;
  password: string;
  user: SystemUser | undefined;
}

function createCluster({ initdb, folder, data, password, user }: ClusterOptions): void {
  // An interrupted first start left this.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(folder, 'postgres.password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  const auth = [`--username=${NAME}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  run(initdb, ['--pgdata', data, ...auth, '--encoding=UTF8', '--no-locale', '--no-sync'], {
    ...user,
    cwd: data,
  });
  rmSync(passwordFile);
}

function run(command: string, args: string[], options: Parameters<typeof spawnSync>[2]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `${stdout}${stderr}`.trim()}`);
}
