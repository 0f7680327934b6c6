import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findProxies, findServices } from '../../../scripts/services/findServices.mjs';
import { freePort } from '../../../scripts/services/freePort.ts';
import { ServiceGuard } from '../../../scripts/services/ServiceGuard.ts';
import { startLrtProcess } from '../../../scripts/services/startLrtProcess.ts';
import { startRedis } from '../../../scripts/services/startRedis.ts';
import { unprivilegedUser } from '../../../scripts/services/systemUser.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';

// Redis and PostgreSQL with certificates that an authority of our own has signed, as openssl makes them.

const TASKS = fileURLToPath(new URL('../distributed/threadTasks.ts', import.meta.url));
const BIN = fileURLToPath(new URL('../../../server/bin/lrt-server.mjs', import.meta.url));
const guard = new ServiceGuard();
let folder: string;
let database: TestDatabase;
let redis: Awaited<ReturnType<typeof startRedis>>['redis'];
let redisUrl: string;
let databaseUrl: string;

const file = (name: string) => join(folder, name);

function openssl(...args: string[]): void {
  execFileSync(findProxies().openssl ?? 'openssl', args, { cwd: folder, stdio: 'pipe' });
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function makeAuthority(name: string): void {
  openssl(
    'req',
    '-x509',
    ...NEW_KEY,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  );
}

beforeAll(async () => {
  const { programs, missing } = findServices();
  if (!programs) throw new Error(missing);
  folder = mkdtempSync(join(tmpdir(), 'lrt-tls-'));
  guard.remove(folder);
  chmodSync(folder, 0o711);
  makeAuthority('authority');
  makeAuthority('another');
  openssl('req', ...NEW_KEY, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  // For this address, and for no name.
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1\n');
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'authority.pem',
    '-CAkey',
    'authority.key',
    '-days',
    '2',
    '-extfile',
    'names',
    '-out',
    'server.pem',
  );

  const tlsPort = await freePort();
  const started = await startRedis({
    programs,
    folder,
    password: 'own',
    guard,
    settings: [
      `tls-port ${tlsPort}`,
      `tls-cert-file ${file('server.pem')}`,
      `tls-key-file ${file('server.key')}`,
      'tls-auth-clients no',
    ],
  });
  redis = started.redis;
  redisUrl = `rediss://:own@127.0.0.1:${tlsPort}`;

  database = await createTestDatabase({ town: smallTown });
  const url = new URL(database.databaseUrl);
  url.searchParams.set('sslmode', 'verify-full');
  databaseUrl = url.href;
  // The PostgreSQL of all tests learns it; whoever does not ask for it goes on without.
  const user = unprivilegedUser();
  if (user) chownSync(file('server.key'), user.uid, user.gid);
  chmodSync(file('server.key'), 0o600);
  const administrator = inject('databaseUrl');
  await execute(administrator, `ALTER SYSTEM SET ssl_cert_file = '${file('server.pem')}'`);
  await execute(administrator, `ALTER SYSTEM SET ssl_key_file = '${file('server.key')}'`);
  await execute(administrator, 'ALTER SYSTEM SET ssl = on');
  await execute(administrator, 'SELECT pg_reload_conf()');
});

afterAll(async () => {
  const administrator = inject('databaseUrl');
  for (const name of ['ssl', 'ssl_cert_file', 'ssl_key_file'])
    await execute(administrator, `ALTER SYSTEM RESET ${name}`);
  await execute(administrator, 'SELECT pg_reload_conf()');
  await database.drop();
  await redis.stop();
  await guard.close();
});

/** Runs `lrt-server doctor` as a process: Node reads the certificates when it starts. */
function doctor(env: NodeJS.ProcessEnv): Promise<{ code: number; lines: string[] }> {
  const { NODE_EXTRA_CA_CERTS: _, ...others } = process.env;
  return new Promise((resolve) => {
    const options = { env: { ...others, LRT_REDIS_URL: redisUrl, LRT_DATABASE_URL: databaseUrl, ...env } };
    execFile(process.execPath, [BIN, 'doctor'], options, (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, lines: stdout.trim().split('\n') });
    });
  });
}

const fails = ({ lines }: { lines: string[] }) => lines.filter((line) => line.startsWith('fail'));

test('without the certificate of the authority doctor names the variable; with it all is well', async () => {
  const [without, wrong, gone, right, otherName] = await Promise.all([
    doctor({}),
    doctor({ NODE_EXTRA_CA_CERTS: file('another.pem') }),
    doctor({ NODE_EXTRA_CA_CERTS: file('gone.pem') }),
    doctor({ NODE_EXTRA_CA_CERTS: file('authority.pem') }),
    doctor({
      NODE_EXTRA_CA_CERTS: file('authority.pem'),
      LRT_DATABASE_URL: databaseUrl.replace('127.0.0.1', 'localhost'),
      LRT_REDIS_URL: redisUrl.replace('127.0.0.1', 'localhost'),
    }),
  ]);
  expect(right).toMatchObject({ code: 0 });
  expect(right.lines).toContainEqual(expect.stringMatching(/^ok {4}a task: can be stored, queued/));
  expect(fails(without)).toEqual([
    expect.stringMatching(/^fail {2}Redis: .*certificate.*set the variable NODE_EXTRA_CA_CERTS/),
    expect.stringMatching(/^fail {2}PostgreSQL: .*certificate.*set the variable NODE_EXTRA_CA_CERTS/),
  ]);
  expect(fails(wrong)).toEqual(
    Array(2).fill(expect.stringMatching(/put the certificate of the authority into .*another\.pem/)),
  );
  expect(fails(gone)).toEqual(Array(2).fill(expect.stringMatching(/gone\.pem, which is not there/)));
  expect(fails(otherName)).toEqual([
    expect.stringMatching(/^fail {2}Redis: .*altnames.*write the name that the certificate has into --redis/),
    expect.stringMatching(
      /^fail {2}PostgreSQL: .*altnames.*write the name that the certificate has into --database/,
    ),
  ]);
});

test('sslrootcert in the URL does for PostgreSQL alone', async () => {
  const url = `${databaseUrl}&sslrootcert=${encodeURIComponent(file('authority.pem'))}`;
  expect(fails(await doctor({ LRT_DATABASE_URL: url }))).toEqual([expect.stringMatching(/^fail {2}Redis/)]);
});

test('a server and a worker, and a thread of the worker, run a task over them', async () => {
  const env = { NODE_EXTRA_CA_CERTS: file('authority.pem') };
  const services = { redisUrl, databaseUrl, folder, guard };
  const [server, worker] = await Promise.all([
    startLrtProcess({
      services,
      command: 'serve',
      name: 'serve',
      args: ['--insecure', '--tasks', TASKS],
      env,
    }),
    startLrtProcess({ services, command: 'worker', name: 'worker', args: ['--tasks', TASKS], env }),
  ]);
  try {
    // In a thread of its own, which opens connections of its own.
    const answer = await fetch(`${server.url}/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'compute', params: { milliseconds: 1 } }),
    });
    const address = new URL(answer.headers.get('Location') ?? '', server.url);
    const status = async () => (await (await fetch(address)).json()).status;
    await expect.poll(status).toBe('succeeded');
  } finally {
    await Promise.all([server.lrt.stop(), worker.lrt.stop()]);
  }
});
