import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { ServiceGuard } from '../../../../scripts/services/ServiceGuard.ts';
import { startLrtProcess, startNginx } from '../../../../scripts/services.mjs';
import { AUDIENCE, createSigner, ISSUER } from '../../../support/server/tokens.ts';
import { createTestDatabase } from '../../support/testDatabase.ts';
import { http2Fetch } from './http2Fetch.ts';

const TASKS = fileURLToPath(new URL('tasks.js', import.meta.url));
let counter = 0;

export type Edge = Awaited<ReturnType<typeof openEdge>>;

/** Two servers and a worker as processes of their own, behind an nginx with the page's configuration. */
export async function openEdge() {
  const folder = mkdtempSync(join(tmpdir(), 'lrt-edge-'));
  chmodSync(folder, 0o755);
  const guard = new ServiceGuard();
  guard.remove(folder);
  const { databaseUrl, drop } = await createTestDatabase();
  const signer = await createSigner();
  const keyFile = join(folder, 'key.json');
  writeFileSync(keyFile, JSON.stringify(signer.publicJwk));
  const shared = [
    '--prefix',
    `edge-${process.pid}-${++counter}`,
    '--tasks',
    TASKS,
    '--tasks-per-owner',
    '100',
  ];
  const auth = ['--jwt-key', keyFile, '--jwt-issuer', ISSUER, '--jwt-audience', AUDIENCE];
  const limits = ['--streams-per-owner', '200', '--requests-per-second', '10000'];
  const services = { redisUrl: inject('redisUrl'), databaseUrl, folder, guard };
  const start = (command: 'serve' | 'worker', name: string, args: readonly string[]) =>
    startLrtProcess({ services, command, name, args: [...shared, ...args] });
  const proxies = ['--trusted-proxies', '127.0.0.1'];
  const server = (name: string) => start('serve', name, [...auth, ...limits, ...proxies]);
  const [one, other, worker] = await Promise.all([
    server('server-1'),
    server('server-2'),
    start('worker', 'worker', ['--concurrency', '40']),
  ]);
  const nginx = await startNginx({ servers: [one.url, other.url], folder, guard });
  const token = await signer.sign();
  const http2 = http2Fetch(nginx.url, nginx.certificate);
  return {
    folder,
    databaseUrl,
    url: nginx.url,
    nginx,
    http2,
    token,
    sign: signer.sign,
    servers: [one, other] as const,
    /** Through nginx, with a token. */
    call: (path: string, init: RequestInit = {}) =>
      http2.fetch(nginx.url + path, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      }),
    async close() {
      http2.close();
      await nginx.process.stop();
      await Promise.all([one, other, worker].map(({ lrt }) => lrt.kill()));
      await drop();
      await guard.close();
    },
  };
}
