import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../../server/src/config/ConfigError.ts';
import { readServeConfig } from '../../../../server/src/config/serveConfig.ts';
import { readWorkerConfig } from '../../../../server/src/config/workerConfig.ts';

const SERVICES = ['--redis', 'redis://127.0.0.1:6379', '--database', 'postgres://lrt@127.0.0.1/lrt'];
const JWT = [
  '--jwks',
  'https://id.example/keys',
  '--jwt-issuer',
  'https://id.example',
  '--jwt-audience',
  'lrt',
];

describe('serve', () => {
  test('needs nothing: a file in this folder, on loopback', () => {
    expect(readServeConfig([], {})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      basePath: '',
      reflexPort: undefined,
      forwarded: { trustedProxies: [], header: 'x-forwarded-for' },
      engine: { kind: 'embedded', file: resolve('lrt-server.sqlite'), town: undefined },
      auth: undefined,
      allowOrigins: [],
      limits: { tasksPerOwner: 10, streamsPerOwner: 50, requestsPerSecond: 100 },
      lostAfterSeconds: 6,
      retention: {},
      drainSeconds: 30,
      logLevel: 'info',
      taskFiles: [],
      taskServices: [],
      allowedHosts: [],
      metrics: undefined,
    });
  });

  test('takes flags before the environment, and the environment before what holds otherwise', () => {
    const env = {
      LRT_PORT: '9000',
      LRT_HOST: '::1',
      LRT_ALLOW_ORIGIN: 'https://a.example, https://b.example',
    };
    const config = readServeConfig(['--port', '9001'], env);
    expect(config).toMatchObject({
      port: 9001,
      host: '::1',
      allowOrigins: ['https://a.example', 'https://b.example'],
    });
  });

  test('takes an empty variable for none, as compose files and unit files leave them', () => {
    expect(readServeConfig([], { LRT_PORT: '', LRT_REDIS_URL: ' ' }).engine.kind).toBe('embedded');
  });

  test('works for many machines with Redis and PostgreSQL', () => {
    const config = readServeConfig([...JWT, '--migrate'], {
      LRT_REDIS_URL: 'rediss://:secret@redis.example:6380/1',
      LRT_DATABASE_URL: 'postgresql://lrt:secret@db.example/lrt?sslmode=require',
    });
    expect(config.engine).toEqual({
      kind: 'distributed',
      redisUrl: 'rediss://:secret@redis.example:6380/1',
      databaseUrl: 'postgresql://lrt:secret@db.example/lrt?sslmode=require',
      prefix: 'lrt',
      migrate: true,
    });
    expect(config.auth).toEqual({
      kind: 'jwt',
      keys: { jwksUrl: 'https://id.example/keys' },
      issuer: 'https://id.example',
      audience: 'lrt',
      adminScope: 'lrt:admin',
    });
  });

  test('trusts a header from the proxies it is told', () => {
    const args = ['--proxy-header', 'X-Forwarded-User', '--trusted-proxies', '127.0.0.1,10.0.0.0/8,::1/128'];
    expect(readServeConfig([...args, '--proxy-admins', 'ann,bob'], {}).auth).toEqual({
      kind: 'proxy-header',
      header: 'x-forwarded-user',
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', '::1/128'],
      admins: ['ann', 'bob'],
    });
  });

  test('believes proxies that name the client, with tokens too', () => {
    const args = ['--trusted-proxies', '127.0.0.1,fd00::/8', '--forwarded-header', 'Forwarded'];
    expect(readServeConfig([...JWT, ...args], {}).forwarded).toEqual({
      trustedProxies: ['127.0.0.1', 'fd00::/8'],
      header: 'forwarded',
    });
  });

  test.each<[string[], RegExp]>([
    [['--forwarded-header', 'Forwarded'], /^--forwarded-header is of use only with --trusted-proxies/],
    [
      ['--trusted-proxies', '::1', '--forwarded-header', 'X-Real-IP'],
      /^--forwarded-header must be X-Forwarded-For or Forwarded, not "X-Real-IP"/,
    ],
    [['--trusted-proxies', 'proxy.example'], /^--trusted-proxies must be addresses or networks/],
    [['--port', 'eighty'], /^--port must be a whole number from 0 to 65535, not "eighty"$/],
    [
      ['--base-path', 'gis/lrt'],
      /^--base-path must be a path such as \/gis\/lrt, without a slash at the end/,
    ],
    [['--base-path', '/gis/'], /^--base-path must be a path/],
    [['--base-path', '/gis/../lrt'], /^--base-path must be a path/],
    [['--base-path', '/gis lrt'], /^--base-path must be a path/],
    [['--port', '65536'], /^--port must be a whole number from 0 to 65535, not "65536"$/],
    [['--port', '1', '--port', '2'], /^--port is given twice/],
    [['--port'], /^--port needs a value: --port N/],
    [['--port', '--insecure'], /^--port needs a value/],
    [['--prot', '80'], /no option --prot; did you mean --port\?/],
    [['--jwks-url', 'x'], /no option --jwks-url; did you mean --jwks\?/],
    [['--nothing-like-it'], /no option --nothing-like-it; "lrt-server serve --help" lists all/],
    [['--queues', 'a'], /serve has no option --queues; it belongs to worker/],
    [['-p', '80'], /no option -p/],
    [['town'], /takes options only, and was also given "town"/],
    [['--insecure=yes'], /--insecure takes no value/],
    [['--log-level', 'loud'], /--log-level must be one of debug, info, warn, error, not "loud"/],
    [['--redis', 'localhost:6379'], /--redis must be a URL such as redis:\/\/127\.0\.0\.1:6379, not/],
    [['--redis', 'redis://h/0?keyPrefix=x'], /--redis must be a URL without keyPrefix.*use --prefix/],
    [['--redis', 'redis://h:6379'], /--redis is given without --database \(LRT_DATABASE_URL\)/],
    [['--database', 'postgres://h/lrt'], /--database is given without --redis \(LRT_REDIS_URL\)/],
    [SERVICES, /who may use the server: --jwks URL or --jwt-key FILE/],
    [[...SERVICES, '--insecure', '--data', 'x'], /--data is for a server without --redis and --database/],
    [[...SERVICES, '--insecure', '--town', 'x'], /--town is for .*lrt-server import/],
    [['--prefix', 'x'], /--prefix is for a server with --redis and --database/],
    [['--insecure', '--host', '0.0.0.0'], /--insecure .*listens on loopback only, not on "0\.0\.0\.0"/],
    [['--insecure', ...JWT], /--jwks and --insecure exclude each other/],
    [['--jwks', 'https://h/keys', '--jwt-audience', 'lrt'], /--jwks needs --jwt-issuer \(LRT_JWT_ISSUER\)/],
    [['--jwks', 'https://h/keys', '--jwt-issuer', 'i'], /--jwks needs --jwt-audience/],
    [['--jwks', 'http://h/keys', '--jwt-issuer', 'i', '--jwt-audience', 'a'], /--jwks must be an https/],
    [['--jwt-issuer', 'i'], /--jwt-issuer is of use only with --jwks or --jwt-key/],
    [['--proxy-header', 'X-User'], /--proxy-header needs --trusted-proxies/],
    [['--proxy-header', 'X User', '--trusted-proxies', '::1'], /--proxy-header must be the name of a header/],
    [['--proxy-header', 'X-User', '--trusted-proxies', '10.0.0.0/33'], /--trusted-proxies must be addresses/],
    [['--allow-origin', '*'], /--allow-origin must be an origin, such as https:\/\/gis\.example/],
    [['--allow-origin', 'https://gis.example/'], /no slash at the end, not "https:\/\/gis\.example\/"/],
    [['--metrics-host', '::1'], /--metrics-host is of use only with --metrics-port/],
  ])('refuses %j', (args, words) => {
    expect(() => readServeConfig(args, {})).toThrow(ConfigError);
    expect(() => readServeConfig(args, {})).toThrow(words);
  });

  test('names the variable where it came from the environment', () => {
    expect(() => readServeConfig([], { LRT_PORT: 'tcp://10.0.0.1:80' })).toThrow(/^LRT_PORT must be a whole/);
    expect(() => readServeConfig([], { LRT_INSECURE: 'maybe' })).toThrow(
      /^LRT_INSECURE must be true or false/,
    );
  });

  test.each([
    'redis:/user:hunter2@h',
    'user:hunter2@h:6379',
    'http://user:hunter2@h',
    'amqp://h?password=hunter2',
  ])('does not repeat the password of a wrong URL: %s', (url) => {
    expect(() => readServeConfig([...SERVICES.slice(2), '--redis', url], {})).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});

describe('worker', () => {
  test('runs all queues, two tasks of each at a time', () => {
    expect(readWorkerConfig(SERVICES, {})).toEqual({
      services: {
        redisUrl: 'redis://127.0.0.1:6379',
        databaseUrl: 'postgres://lrt@127.0.0.1/lrt',
        prefix: 'lrt',
      },
      queues: undefined,
      concurrency: 2,
      migrate: false,
      metrics: undefined,
      limits: { tasksPerOwner: 10 },
      lostAfterSeconds: 6,
      retention: {},
      drainSeconds: 600,
      logLevel: 'info',
      taskFiles: [],
      taskServices: [],
      allowedHosts: [],
    });
  });

  test('runs the queues it is told, and answers metrics', () => {
    const args = ['--queues', 'high_priority,default', '--concurrency', '4', '--metrics-port', '9464'];
    expect(readWorkerConfig([...SERVICES, ...args], {})).toMatchObject({
      queues: ['high_priority', 'default'],
      concurrency: 4,
      metrics: { host: '127.0.0.1', port: 9464 },
    });
  });

  test.each<[string[], RegExp]>([
    [[], /worker needs --redis \(LRT_REDIS_URL\) and --database \(LRT_DATABASE_URL\)/],
    [[...SERVICES, '--concurrency', '0'], /--concurrency must be a whole number from 1 to/],
    [[...SERVICES, '--queues', 'a b'], /--queues must be letters/],
    [[...SERVICES, '--insecure'], /worker has no option --insecure; it belongs to serve/],
  ])('refuses %j', (args, words) => {
    expect(() => readWorkerConfig(args, {})).toThrow(words);
  });
});
