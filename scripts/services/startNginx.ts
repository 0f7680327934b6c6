import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { documented } from './documented.ts';
import { findProxies } from './findServices.mjs';
import { freePort } from './freePort.ts';
import type { ServiceGuard } from './ServiceGuard.ts';
import { ServiceProcess } from './ServiceProcess.ts';

interface NginxOptions {
  /** The two servers behind it: 'http://127.0.0.1:8081'. They take the places of 127.0.0.1 and 10.0.0.2 in the page. */
  servers: readonly [string, string];
  /** Default: the configuration of docs/run-a-server.md. Another one has the same addresses and paths to replace. */
  config?: string;
  /** Holds nginx/ with its configuration, certificate and logs; absolute. */
  folder: string;
  guard: ServiceGuard;
}

/**
 * Starts an nginx of our own on a free port of the loopback interface, as the present user, with a self-signed certificate.
 * It replaces three things of the documented configuration: the addresses of the two servers, the port that nginx listens
 * on, and the paths of the certificate. The rest of nginx.conf compresses every type, which is the hardest for streams.
 * Rejects with an Error that says what to install.
 *
 * @example
 * const { url, certificate, process } = await startNginx({ servers: [one.url, other.url], folder, guard });
 */
export async function startNginx(options: NginxOptions) {
  const { servers, config = documented('nginx', 'upstream lrt'), folder: parent, guard } = options;
  const { nginx, openssl } = findProxies();
  if (!nginx || !openssl) {
    throw new Error('nginx or openssl not found: "sudo apt-get install nginx-light openssl"');
  }
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
    isReady: () => takesConnections(port),
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

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
