import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../../scripts/services/freePort.ts';
import type { ServiceGuard } from '../../../../scripts/services/ServiceGuard.ts';
import { ServiceProcess } from '../../../../scripts/services/ServiceProcess.ts';
import { findProxies } from '../../../../scripts/services.mjs';
import { openRaw } from '../../../support/server/rawHttp.ts';

/** The block of docs/run-a-server.md in this language that has this text. */
export function documented(language: string, having: string): string {
  const page = readFileSync('docs/run-a-server.md', 'utf8');
  const blocks = [...page.matchAll(new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``, 'g'))];
  const found = blocks.find(([, block]) => block?.includes(having))?.[1];
  if (!found) throw new Error(`the page has no ${language} block with "${having}"`);
  return found;
}

/**
 * Starts an nginx of our own with the sites of `config`, on a free port, as the present user, with a self-signed
 * certificate. Of the page's configuration only what a test must replace is replaced: the addresses of the two servers,
 * the port that nginx listens on, and the paths of the certificate. The rest of nginx.conf is Debian's, with gzip for
 * every type, which is the hardest for streams.
 */
export async function startNginx({
  config,
  servers,
  folder: parent,
  guard,
}: {
  config: string;
  /** 'http://127.0.0.1:PORT', in the order of the page's addresses. */
  servers: readonly [string, string];
  folder: string;
  guard: ServiceGuard;
}) {
  const { nginx, openssl } = findProxies();
  if (!nginx || !openssl)
    throw new Error('nginx or openssl is missing; scripts/leftOut.ts leaves these tests out');
  const folder = join(parent, 'nginx');
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await promisify(execFile)(openssl, [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=lrt.example', '-addext', 'subjectAltName=DNS:lrt.example,DNS:localhost,IP:127.0.0.1'],
    ...['-out', certificate, '-keyout', key],
  ]);
  const [first, second] = servers.map((url) => new URL(url).host);
  const site = config
    .replaceAll('127.0.0.1:8080', `${first}`)
    .replaceAll('10.0.0.2:8080', `${second}`)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('/etc/ssl/lrt.example.pem', certificate)
    .replace('/etc/ssl/private/lrt.example.key', key);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(join(folder, 'site.conf'), site);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr info;
events { worker_connections 1024; }
http {
  access_log ${folder}/access.log;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  types { }
  default_type application/octet-stream;
  gzip on;
  gzip_types *;
  include ${folder}/site.conf;
}
`,
  );
  const process = new ServiceProcess({
    name: 'nginx',
    command: nginx,
    args: ['-p', folder, '-c', join(folder, 'nginx.conf')],
    folder,
    guard,
    isReady: async () => {
      const { socket } = await openRaw(`http://127.0.0.1:${port}`).catch(() => ({ socket: undefined }));
      socket?.destroy();
      return socket !== undefined;
    },
    stopSignal: 'SIGTERM',
  });
  await process.start();
  return {
    url: `https://127.0.0.1:${port}`,
    certificate: readFileSync(certificate, 'utf8'),
    process,
    accessLog: () => readFileSync(join(folder, 'access.log'), 'utf8'),
  };
}
