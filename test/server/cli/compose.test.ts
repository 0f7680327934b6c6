import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { findServices } from '../../../scripts/services/findServices.mjs';
import { freePort } from '../../../scripts/services/freePort.ts';
import serverPackage from '../../../server/package.json' with { type: 'json' };
import { checkRedis } from '../../../server/src/cli/checks/checkRedis.ts';
import { readServeConfig } from '../../../server/src/config/serveConfig.ts';
import { readWorkerConfig } from '../../../server/src/config/workerConfig.ts';
import { Commands } from '../../support/server/lrtServer.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

vi.setConfig({ testTimeout: 120_000 });
const SOON = { timeout: 60_000, interval: 50 };

/** No Docker where the tests run: this is what compose itself reads, merges and variables' defaults included. */
const service = z.object({
  image: z.string(),
  command: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  stop_grace_period: z.templateLiteral([z.number(), 's']).optional(),
});
const text = (await readFile('compose.yaml', 'utf8')).replaceAll(/\$\{\w+:-([^}]+)\}/g, '$1');
const { services, volumes } = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.object({})) })
  .parse(parse(text, { merge: true }));

function named(name: string): z.infer<typeof service> {
  const found = services[name];
  if (!found) throw new Error(`compose.yaml has no service "${name}"`);
  return found;
}

const serve = named('serve');
const worker = named('worker');

describe('compose.yaml', () => {
  test('gives server and worker options that they have', () => {
    const [command, ...args] = serve.command;
    expect(command).toBe('serve');
    const config = readServeConfig(args, serve.environment);
    expect(config).toMatchObject({ host: '0.0.0.0', port: 8080, auth: { kind: 'jwt' } });
    const [other, ...rest] = worker.command;
    expect(other).toBe('worker');
    expect(readWorkerConfig(rest, worker.environment).services).toEqual({
      redisUrl: 'redis://redis:6379',
      databaseUrl: 'postgres://lrt@database:5432/lrt',
      prefix: 'lrt',
    });
  });

  test('lets a worker end its tasks before it is killed', () => {
    const { drainSeconds } = readWorkerConfig(worker.command.slice(1), worker.environment);
    expect(Number.parseInt(worker.stop_grace_period ?? '', 10)).toBeGreaterThan(drainSeconds);
    const server = readServeConfig(serve.command.slice(1), serve.environment);
    expect(Number.parseInt(serve.stop_grace_period ?? '', 10)).toBeGreaterThan(server.drainSeconds);
  });

  test('reaches the database it makes, publishes nothing but the server, and that on loopback', () => {
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = named('database').environment;
    const url = `postgres://${POSTGRES_USER}@database:5432/${POSTGRES_DB}`;
    expect(serve.environment).toMatchObject({ LRT_DATABASE_URL: url, PGPASSWORD: POSTGRES_PASSWORD });
    expect(Object.values(services).flatMap(({ ports }) => ports)).toEqual(['127.0.0.1:8080:8080']);
  });

  test('names services and volumes that are there, and keeps what must be kept', () => {
    for (const [name, { depends_on, volumes: mounted }] of Object.entries(services)) {
      for (const other of Object.keys(depends_on)) expect(services, name).toHaveProperty(other);
      for (const mount of mounted) expect(volumes, name).toHaveProperty(mount.split(':')[0] ?? '');
    }
    expect(named('redis').volumes).toEqual(['redis:/data']);
    expect(named('database').volumes).toHaveLength(1);
  });

  test('starts a Redis that doctor is content with', async () => {
    const [program, ...args] = named('redis').command;
    expect(program).toBe('redis-server');
    const folder = await mkdtemp(join(tmpdir(), 'lrt-redis-'));
    const port = await freePort();
    const path = findServices().programs?.redisServer ?? '';
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const redis = spawn(path, [...args, ...own], { stdio: 'ignore' });
    onTestFinished(async () => {
      redis.kill();
      if (redis.exitCode === null) await once(redis, 'exit');
      await rm(folder, { recursive: true });
    });
    const findings = async () =>
      (await checkRedis(`redis://127.0.0.1:${port}`)).findings.map(({ level }) => level);
    await expect.poll(findings, SOON).toEqual(['ok', 'ok', 'ok']);
  });

  test('its images are those that the server is made for', async () => {
    const [redis, postgis] = [named('redis'), named('database')].map(
      ({ image }) => image.split(':')[1] ?? '',
    );
    expect(Number.parseInt(redis ?? '', 10)).toBeGreaterThanOrEqual(7);
    expect(postgis).toMatch(/^1[4-9]-3\.\d$/);
    const dockerfile = await readFile('Dockerfile', 'utf8');
    const versions = [...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => Number(version));
    const [least = 0] = serverPackage.engines.node.match(/\d+/)?.map(Number) ?? [];
    expect(versions).toHaveLength(2);
    for (const version of versions) expect(version).toBeGreaterThanOrEqual(least);
    // Exact versions, the same one for both stages, and packages from the lock file only.
    const images = [...new Set(dockerfile.match(/^FROM node:\S+/gm))];
    expect(images).toEqual([expect.stringMatching(/:\d+\.\d+\.\d+-/)]);
    expect(named('redis').image).toMatch(/^redis:\d+\.\d+\.\d+-/);
    expect(dockerfile).not.toMatch(/npm (install|i)\b/);
    expect(dockerfile).toContain('ENTRYPOINT ["lrt-server"]');
    for (const [, path = ''] of dockerfile.matchAll(/^COPY (server\S+)/gm)) await access(path);
  });
});

describe('what compose.yaml starts', () => {
  const commands = new Commands();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lrt-compose-'));
  });
  afterEach(async () => {
    await commands.endAll();
    await rm(folder, { recursive: true });
  });

  /** As a container runs it: files, addresses and ports are the test's. */
  const here = (command: string[]) =>
    command.map((part) =>
      part
        .replace('/keys/', `${folder}/`)
        .replace('--host=0.0.0.0', '--port=0')
        .replace('--metrics-port=9464', '--metrics-port=0'),
    );

  async function makeToken(...args: string[]): Promise<string> {
    const [program, script] = named('token').entrypoint ?? [];
    expect([program, script]).toEqual(['node', '/opt/lrt/makeToken.mjs']);
    const env = { SIGNING_FOLDER: folder, KEYS_FOLDER: folder };
    const { stdout } = await promisify(execFile)(process.execPath, ['server/docker/makeToken.mjs', ...args], {
      env,
    });
    return stdout;
  }
  const token = async (name: string) => (await makeToken(name)).trim().slice('Authorization: '.length);

  test('prints no token into the log of a service', async () => {
    expect(named('token').command).toEqual([]);
    const printed = await makeToken();
    expect(printed).toBe(
      'The key is there. "docker compose run --rm token admin" prints a token for an admin.\n',
    );
    // The key was made, and a later start keeps it.
    const key = () => readFile(join(folder, 'public.pem'), 'utf8');
    const first = await key();
    await makeToken();
    expect(await key()).toBe(first);
  });

  test('works together, for those with a token of its own', async () => {
    const { databaseUrl, drop } = await createTestDatabase();
    onTestFinished(drop);
    await makeToken();
    const admin = await token('admin');
    const env = {
      LRT_REDIS_URL: inject('redisUrl'),
      LRT_DATABASE_URL: databaseUrl,
      LRT_PREFIX: `compose-${process.pid}`,
    };
    expect(await commands.run(named('migrate').command, { env })).toMatchObject({ code: 0 });
    const server = commands.start(here(serve.command), { env });
    const second = commands.start(here(worker.command), { env });
    await server.says(/^http:.*\n/);
    await second.says(/^working on high_priority/);
    const [, url] = /^(http:\/\/\S+)\/tasks/.exec(server.printed()) ?? [];
    const ask = async (path: string, authorization: string) =>
      (await fetch(`${url}${path}`, { headers: { Authorization: authorization } })).status;
    expect(await ask('/tasks', admin)).toBe(200);
    expect(await ask('/admin/queues/', admin)).toBe(200);
    const ann = await token('ann');
    expect(await ask('/tasks', ann)).toBe(200);
    expect(await ask('/admin/queues/', ann)).toBe(403);
    expect(await ask('/tasks', `${ann}x`)).toBe(401);
    const [, metrics] = /metrics are at (http:[^"]+)\/metrics/.exec(server.stderr()) ?? [];
    expect((await fetch(`${metrics}/readyz`)).status).toBe(200);
  });
});
