import { isIP } from 'node:net';
import { resolve } from 'node:path';
import * as z from 'zod';
import type { AuthConfig, EngineConfig, ServeConfig } from './Config.ts';
import { ConfigError } from './ConfigError.ts';
import { naming, OptionReader } from './OptionReader.ts';
import { isLoopback, schemas } from './options.ts';
import { readRunConfig, readServices } from './sharedConfig.ts';

/**
 * Reads the configuration of `serve`. Throws a ConfigError that names the flag or the variable, its value, and what
 * was expected.
 */
export function readServeConfig(args: readonly string[], env: NodeJS.ProcessEnv): ServeConfig {
  const options = new OptionReader('serve', args, env);
  const engine = readEngine(options);
  const host = options.value('host', schemas.text);
  const auth = readAuth(options);
  if (!auth && engine.kind === 'distributed') {
    throw new ConfigError(
      'With --redis and --database it must be said who may use the server: --jwks URL or --jwt-key FILE for tokens, ' +
        '--proxy-header NAME behind a proxy that signs users in, or --insecure for everyone on this machine',
    );
  }
  if (auth?.kind === 'insecure' && !isLoopback(host)) {
    throw new ConfigError(
      `--insecure lets everyone in and listens on loopback only, not on "${host}"; leave out ` +
        `${options.source('host')}, or choose --jwks, --jwt-key or --proxy-header`,
    );
  }
  return {
    ...readRunConfig(options),
    host,
    port: options.value('port', schemas.port),
    basePath: options.optional('base-path', schemas.basePath) ?? '',
    reflexPort: options.optional('reflex-port', schemas.port),
    forwarded: readForwarded(options),
    engine,
    schedulesFile: readPath(options.optional('schedules', schemas.text)),
    auth,
    allowOrigins: options.list('allow-origin', schemas.origin),
    limits: {
      tasksPerOwner: options.value('tasks-per-owner', schemas.count),
      streamsPerOwner: options.value('streams-per-owner', schemas.count),
      requestsPerSecond: options.value('requests-per-second', schemas.count),
    },
  };
}

const readPath = (path: string | undefined) => (path === undefined ? undefined : resolve(path));

function readEngine(options: OptionReader): EngineConfig {
  const services = readServices(options);
  if (services) {
    const reason = 'for a server without --redis and --database';
    options.refuse(['data'], `${reason}: PostgreSQL keeps tasks and network`);
    options.refuse(['town'], `${reason}: "lrt-server import" brings a town into PostgreSQL`);
    return { kind: 'distributed', ...services, migrate: options.switch('migrate') };
  }
  options.refuse(
    ['prefix', 'migrate', 'keep-days', 'keep-failed-days'],
    'for a server with --redis and --database',
  );
  const town = options.optional('town', schemas.text);
  return {
    kind: 'embedded',
    file: resolve(options.value('data', schemas.text)),
    town: town === undefined ? undefined : resolve(town),
  };
}

function readAuth(options: OptionReader): AuthConfig | undefined {
  const insecure = options.switch('insecure');
  const ways = (['jwks', 'jwt-key', 'proxy-header'] as const).filter((name) => options.source(name));
  const sources = [...ways, ...(insecure ? (['insecure'] as const) : [])].map((name) => options.source(name));
  if (sources.length > 1) {
    throw new ConfigError(`${sources.join(' and ')} exclude each other: give the one that names the user`);
  }
  const [way] = ways;
  if (way !== 'jwks' && way !== 'jwt-key') {
    options.refuse(['jwt-issuer', 'jwt-audience', 'admin-scope'], 'of use only with --jwks or --jwt-key');
  }
  if (way !== 'proxy-header') {
    options.refuse(['proxy-admins'], 'of use only with --proxy-header');
  }
  if (insecure) return { kind: 'insecure' };
  if (way === undefined) return undefined;
  return way === 'proxy-header' ? readProxy(options) : readJwt(options, way);
}

function readJwt(options: OptionReader, way: 'jwks' | 'jwt-key'): AuthConfig {
  const needed = (name: 'jwt-issuer' | 'jwt-audience', claim: string) => {
    const text = options.optional(name, schemas.text);
    if (text !== undefined) return text;
    throw new ConfigError(
      `${options.source(way)} needs ${naming(name)} as well: tokens with another "${claim}" are refused`,
    );
  };
  return {
    kind: 'jwt',
    keys:
      way === 'jwks'
        ? { jwksUrl: options.value('jwks', schemas.jwksUrl) }
        : { keyFile: resolve(options.value('jwt-key', schemas.text)) },
    issuer: needed('jwt-issuer', 'iss'),
    audience: needed('jwt-audience', 'aud'),
    adminScope: options.value('admin-scope', schemas.text),
  };
}

function readProxy(options: OptionReader): AuthConfig {
  const trustedProxies = options.list('trusted-proxies', network);
  if (trustedProxies.length === 0) {
    throw new ConfigError(
      `${options.source('proxy-header')} needs ${naming('trusted-proxies')} as well: the addresses that may set it, ` +
        'such as 127.0.0.1 or 10.0.0.0/8',
    );
  }
  return {
    kind: 'proxy-header',
    header: options.value('proxy-header', schemas.header),
    trustedProxies,
    admins: options.list('proxy-admins', schemas.text),
  };
}

function readForwarded(options: OptionReader): ServeConfig['forwarded'] {
  const trustedProxies = options.list('trusted-proxies', network);
  if (trustedProxies.length === 0) {
    options.refuse(['forwarded-header'], `of use only with ${naming('trusted-proxies')}`);
  }
  return { trustedProxies, header: options.value('forwarded-header', schemas.forwardedHeader) };
}

/** '10.0.0.0/8', '::1', ... */
const network = z.string().refine(
  (text) => {
    const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const version = isIP(address);
    return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
  },
  { error: 'addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8' },
);
