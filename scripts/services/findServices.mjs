// Finds Redis, PostgreSQL with PostGIS, nginx, pgbouncer, GDAL and Python, and installs them where that needs nobody's permission.
// This is plain JavaScript for Node 20, without dependencies, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const WHAT_TO_INSTALL =
  'Debian, Ubuntu: "sudo apt-get install redis-server postgresql postgis postgresql-postgis"; ' +
  'macOS: "brew install redis postgresql@17 postgis"; Windows: use WSL';

/**
 * @typedef {object} ServicePrograms
 * @property {string} redisServer  path of redis-server
 * @property {string} redisCli     path of redis-cli
 * @property {string} postgresBin  folder with initdb, postgres, pg_isready and psql, of a PostgreSQL that has PostGIS
 */

/**
 * @typedef {object} ProxyPrograms
 * @property {string} [nginx]      path of nginx
 * @property {string} [openssl]    path of openssl, which makes nginx's certificates
 * @property {string} [pgbouncer]  path of pgbouncer
 * @property {string} [curl]       path of curl, whose command lines tests repeat
 */

/**
 * Looks only, starts nothing.
 * @returns {{ programs: ServicePrograms, missing?: undefined } | { programs?: undefined, missing: string }} the
 *   programs, or what is missing and how to get it, in one sentence
 */
export function findServices() {
  const redisServer = onPath('redis-server') ?? onPath('valkey-server');
  const redisCli = onPath('redis-cli') ?? onPath('valkey-cli');
  const bins = postgresBins();
  const postgresBin = bins.find(hasPostgis);
  if (redisServer && redisCli && postgresBin) return { programs: { redisServer, redisCli, postgresBin } };
  const lacking = [
    ...(redisServer && redisCli ? [] : ['Redis']),
    ...(postgresBin ? [] : [bins.length > 0 ? 'PostGIS for PostgreSQL' : 'PostgreSQL with PostGIS']),
  ];
  return { missing: `${lacking.join(' and ')} not found (${WHAT_TO_INSTALL})` };
}

/**
 * Finds the programs that stand between clients, servers and PostgreSQL where an operator wants them. Looks only, starts
 * nothing.
 * @returns {ProxyPrograms} the paths of those that are there
 */
export function findProxies() {
  const found = ['nginx', 'openssl', 'pgbouncer', 'curl'].map((program) => [program, onPath(program)]);
  return Object.fromEntries(found.filter(([, path]) => path !== undefined));
}

/**
 * Finds ogrinfo of GDAL, by which QGIS reads files. Looks only, starts nothing.
 * @returns {string | undefined} its path
 */
export function findOgrinfo() {
  return onPath('ogrinfo');
}

/** The libraries in which the services of tests are written, and the Debian packages that have them. */
const PYTHON_LIBRARIES = {
  websockets: 'python3-websockets',
  fastapi: 'python3-fastapi',
  uvicorn: 'python3-uvicorn',
};

/**
 * Finds a Python 3 that has these libraries. Looks only, starts nothing but Python itself.
 * @param {...(keyof typeof PYTHON_LIBRARIES)} libraries  default: 'websockets'
 * @returns {string | undefined} its path
 */
export function findPython(...libraries) {
  const wanted = libraries.length > 0 ? libraries : ['websockets'];
  // A Python of one's own may stand before Debian's on the PATH, and not have Debian's packages.
  const debian = '/usr/bin/python3';
  const isThere = (library) => existsSync(join('/usr/lib/python3/dist-packages', library));
  if (existsSync(debian) && wanted.every(isThere)) return debian;
  const python = onPath('python3');
  return python && spawnSync(python, ['-c', `import ${wanted.join(', ')}`]).status === 0 ? python : undefined;
}

/**
 * Installs what is missing with apt-get, as root on Debian or Ubuntu. Starts no daemon. Elsewhere it does nothing.
 */
export function installServices() {
  const { nginx, openssl, pgbouncer, curl } = findProxies();
  const servicesMissing = findServices().missing !== undefined;
  const libraries = Object.entries(PYTHON_LIBRARIES).filter(([library]) => !findPython(library));
  const ogrinfo = findOgrinfo();
  if (!servicesMissing && nginx && openssl && pgbouncer && curl && ogrinfo && libraries.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  apt(['update', '-qq']);
  const postgis = aptPackages('^postgresql-[0-9]+-postgis-3$').sort(byNumber).pop();
  const packages = [
    ...(servicesMissing ? ['redis-server', ...(postgis ? [postgis] : [])] : []),
    ...(nginx ? [] : ['nginx-light']),
    ...(openssl ? [] : ['openssl']),
    ...(pgbouncer ? [] : ['pgbouncer']),
    ...(curl ? [] : ['curl']),
    ...(ogrinfo ? [] : ['gdal-bin']),
    ...libraries.map(([, debianPackage]) => debianPackage),
  ];
  withoutStartingDaemons(() => apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]));
}

function onPath(program) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Folders with PostgreSQL servers, the newest first. Debian keeps the server's programs off the PATH. */
function postgresBins() {
  const versions = [
    ...['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap((folder) =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => /^(postgresql@)?\d+$/.test(name))
        .sort(byNumber)
        .reverse()
        .map((name) => join(folder, name, 'bin')),
    ),
    ...readdirSyncIfThere('/usr', /^pgsql-\d+$/).map((name) => join('/usr', name, 'bin')),
  ];
  const postgres = onPath('postgres');
  return [...versions, ...(postgres ? [dirname(postgres)] : [])].filter((bin) =>
    existsSync(join(bin, 'initdb')),
  );
}

function readdirSyncIfThere(folder, pattern) {
  return existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : [];
}

function hasPostgis(bin) {
  const { status, stdout } = spawnSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8' });
  // Without its development package a PostgreSQL may lack pg_config.
  const share = status === 0 ? stdout.trim() : join(dirname(bin).replace('/lib/', '/share/'));
  return existsSync(join(share, 'extension', 'postgis.control'));
}

function byNumber(one, other) {
  return Number(/\d+/.exec(one)?.[0]) - Number(/\d+/.exec(other)?.[0]);
}

function apt(args) {
  console.log(`> apt-get ${args.join(' ')}`);
  spawnSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function aptPackages(pattern) {
  const { stdout } = spawnSync('apt-cache', ['search', '--names-only', pattern], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter(Boolean);
}

/** Debian asks this file whether a package just installed may start its daemon: 101 is no. */
function withoutStartingDaemons(install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return install();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(policy);
  }
}
