import * as z from 'zod';
import { HostList } from '../outgoing/HostList.ts';
import type { ServiceConfig } from './Config.ts';
import { LOG_LEVELS } from './Config.ts';
import { serviceUrl } from './serviceUrl.ts';

/** The commands that these options configure. `import` has its own. */
export const COMMANDS = ['serve', 'worker', 'migrate', 'doctor'] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Option {
  /** 'URL', 'FILE', ...; undefined: a switch, which takes no value. */
  value?: string;
  /** The operator may give it several times; in the environment commas separate the values. */
  repeatable?: boolean;
  /** One line, for --help and the table of docs/run-a-server.md. */
  help: string;
  /** The value that holds when nobody gives one, by command where they differ. */
  default?: string | Partial<Record<CommandName, string>>;
  /** The same as text, where no option value could express it. */
  otherwise?: string;
  commands: readonly CommandName[];
  /** The name in the environment. Default: LRT_ and the name in capitals. */
  variable?: string;
}

const SERVE = ['serve'] as const;
const RUN = ['serve', 'worker'] as const;

/** Every option by its name without the dashes. `--help` and the documentation follow this order. */
export const OPTIONS = {
  redis: {
    value: 'URL',
    help: 'Redis that dispatches the tasks, redis:// or rediss://; together with --database',
    commands: ['serve', 'worker', 'doctor'],
    variable: 'LRT_REDIS_URL',
  },
  database: {
    value: 'URL',
    help: 'PostgreSQL with PostGIS that keeps tasks and network, postgres://; together with --redis',
    commands: COMMANDS,
    variable: 'LRT_DATABASE_URL',
  },
  prefix: {
    value: 'TEXT',
    help: 'all keys in Redis begin with it, the same on every server and worker',
    default: 'lrt',
    commands: [...RUN, 'doctor'],
  },
  migrate: {
    help: 'bring the database up to date at start, instead of refusing to start',
    commands: RUN,
  },
  data: {
    value: 'FILE',
    help: 'without --redis and --database: the SQLite file that keeps tasks and network',
    default: 'lrt-server.sqlite',
    commands: SERVE,
  },
  town: {
    value: 'PATH',
    help: 'a file or a folder with addresses, poles and streets, for a --data file that is new',
    otherwise: 'a street with 24 houses',
    commands: SERVE,
  },
  host: {
    value: 'ADDRESS',
    help: 'address to listen on; 0.0.0.0 or :: for all',
    default: '127.0.0.1',
    commands: SERVE,
  },
  port: { value: 'N', help: 'port to listen on; 0 for any free one', default: '8080', commands: SERVE },
  'base-path': {
    value: 'PATH',
    help: 'path at which a proxy has this server: /gis/lrt for https://gis.example/gis/lrt/tasks',
    otherwise: 'none',
    commands: SERVE,
  },
  'reflex-port': {
    value: 'N',
    help: 'port of its own for clients of the Reflex template, with /tasks/{client_token} at its root; 0 for any free one',
    otherwise: 'none',
    commands: SERVE,
  },
  jwks: { value: 'URL', help: 'keys of the JSON web tokens that are accepted, as a JWKS', commands: SERVE },
  'jwt-key': {
    value: 'FILE',
    help: 'key of the JSON web tokens that are accepted: PEM public key, JWK or JWKS',
    commands: SERVE,
  },
  'jwt-issuer': { value: 'TEXT', help: 'the iss that a token must have', commands: SERVE },
  'jwt-audience': { value: 'TEXT', help: 'the aud that a token must have', commands: SERVE },
  'admin-scope': {
    value: 'TEXT',
    help: 'a user with this scope in the token is an admin',
    default: 'lrt:admin',
    commands: SERVE,
  },
  'proxy-header': {
    value: 'NAME',
    help: 'header in which a trusted proxy names the user, in place of tokens',
    commands: SERVE,
  },
  'trusted-proxies': {
    value: 'CIDR,...',
    help: 'addresses and networks of the proxies that are believed when they name the client, or with --proxy-header the user',
    otherwise: 'none',
    commands: SERVE,
  },
  'forwarded-header': {
    value: 'NAME',
    help: 'header in which these proxies name the client, for the log and rate limits: X-Forwarded-For or Forwarded',
    default: 'X-Forwarded-For',
    commands: SERVE,
  },
  'proxy-admins': {
    value: 'NAME,...',
    help: 'the users that are admins',
    otherwise: 'nobody',
    commands: SERVE,
  },
  insecure: { help: 'no tokens: everyone is an admin. On loopback only', commands: SERVE },
  'allow-origin': {
    value: 'ORIGIN',
    repeatable: true,
    help: 'pages of this origin may use the server (CORS): https://gis.example; repeatable',
    otherwise: 'none',
    commands: SERVE,
  },
  'tasks-per-owner': {
    value: 'N',
    help: 'tasks of one owner that run at the same time; the same on every server and worker',
    default: '10',
    commands: RUN,
  },
  'lost-after-seconds': {
    value: 'N',
    help: 'a worker that is silent for so long is lost, its tasks run again; the same on every server and worker',
    default: '6',
    commands: RUN,
  },
  'keep-days': {
    value: 'N',
    help: 'tasks are deleted so many days after they ended; the same on every server and worker',
    otherwise: '30',
    commands: RUN,
  },
  'keep-failed-days': {
    value: 'N',
    help: 'the same for tasks that failed',
    otherwise: 'as --keep-days',
    commands: RUN,
  },
  'keep-tasks': {
    value: 'N',
    help: 'of the tasks that ended so many are kept, the newest; the same on every server and worker',
    otherwise: '10000, or 200 on a file of its own',
    commands: RUN,
  },
  'streams-per-owner': {
    value: 'N',
    help: 'event streams that one owner may have open, on each server',
    default: '50',
    commands: SERVE,
  },
  'requests-per-second': {
    value: 'N',
    help: 'requests of one owner, over all servers',
    default: '100',
    commands: SERVE,
  },
  queues: {
    value: 'NAME,...',
    help: 'queues whose tasks this worker runs',
    otherwise: 'all that its definitions name',
    commands: ['worker'],
  },
  'workflow-id': {
    value: 'ID',
    help: 'work on the nodes of this workflow alone, and exit when it has ended: with 0 if it succeeded, else with 1',
    otherwise: 'on all tasks of the queues',
    commands: ['worker'],
  },
  concurrency: {
    value: 'N',
    help: 'how many tasks of each queue run at the same time',
    default: '2',
    commands: ['worker'],
  },
  'metrics-port': {
    value: 'N',
    help: 'port that answers /metrics, and /healthz and /readyz as well; not one that users reach',
    otherwise: 'nowhere',
    commands: RUN,
  },
  'metrics-host': {
    value: 'ADDRESS',
    help: 'address to listen on for --metrics-port',
    default: '127.0.0.1',
    commands: RUN,
  },
  tasks: {
    value: 'FILE',
    repeatable: true,
    help: 'module with tasks of your own; repeatable, the same on every server and worker, and where its tables are made',
    otherwise: 'none',
    commands: [...RUN, 'migrate', 'doctor'],
  },
  service: {
    value: 'NAME=URL',
    repeatable: true,
    help: 'service with the control protocol; each of its operations becomes a task NAME:Operation. NAME=URL#First+Second names them where the service lists none; repeatable, the same on every server and worker',
    otherwise: 'none',
    commands: RUN,
  },
  'allow-host': {
    value: 'HOST',
    repeatable: true,
    help: 'host that services may be at, besides this machine: a name, an address, or a network such as 10.1.0.0/16; repeatable',
    otherwise: 'none',
    commands: RUN,
  },
  schedules: {
    value: 'FILE',
    help: 'JSON file with tasks that start at times; the same on every server',
    otherwise: 'none',
    commands: SERVE,
  },
  'drain-seconds': {
    value: 'N',
    help: 'how long work that has begun may take after SIGTERM',
    default: { serve: '30', worker: '600' },
    commands: RUN,
  },
  'log-level': {
    value: 'LEVEL',
    help: `${LOG_LEVELS.slice(0, -1).join(', ')} or ${LOG_LEVELS.at(-1)}`,
    default: 'info',
    commands: RUN,
  },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;

export function optionsOf(command: CommandName): [OptionName, Option][] {
  const all: [string, Option][] = Object.entries(OPTIONS);
  return all.filter((entry): entry is [OptionName, Option] => entry[1].commands.includes(command));
}

/** 'LRT_JWT_KEY' */
export function variableOf(name: OptionName): string {
  const option: Option = OPTIONS[name];
  return option.variable ?? `LRT_${name.replaceAll('-', '_').toUpperCase()}`;
}

export function defaultOf(name: OptionName, command: CommandName): string | undefined {
  const option: Option = OPTIONS[name];
  return typeof option.default === 'object' ? option.default[command] : option.default;
}

/** Parses an option's value. The message of a failure follows "must be". */
export const schemas = {
  text: z.string().min(1, 'some text'),
  key: z.string().regex(/^[A-Za-z0-9_.-]{1,50}$/, 'letters, digits, "_", "-" and ".", 1 to 50 of them'),
  redisUrl: serviceUrl(['redis:', 'rediss:'], 'a URL such as redis://127.0.0.1:6379').refine(
    (text) => URL.parse(text)?.searchParams.has('keyPrefix') !== true,
    { error: 'a URL without keyPrefix, which breaks the queues: use --prefix' },
  ),
  databaseUrl: serviceUrl(['postgres:', 'postgresql:'], 'a URL such as postgres://user@127.0.0.1:5432/lrt'),
  // Anyone on the network path could replace keys that arrive over plain HTTP.
  jwksUrl: z
    .url({ protocol: /^https?$/, error: 'an https:// URL' })
    .refine((url) => new URL(url).protocol === 'https:' || isLoopback(new URL(url).hostname), {
      error: 'an https:// URL; http:// only to this machine itself',
    }),
  port: whole(0, 65_535),
  basePath: z.string().regex(/^(\/(?!\.+(\/|$))[\w.~-]+)+$/, {
    error: 'a path such as /gis/lrt, without a slash at the end',
  }),
  count: whole(1, 100_000),
  /** Tasks that are kept: bench/manyTasks.ts measures a table of many. */
  kept: whole(1, 10_000_000),
  seconds: whole(0, 86_400),
  days: whole(1, 36_500),
  lostAfter: whole(1, 3_600),
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'the name of a header, such as X-Forwarded-User')
    .transform((name) => name.toLowerCase()),
  forwardedHeader: z
    .string()
    .transform((name) => name.toLowerCase())
    .pipe(z.enum(['x-forwarded-for', 'forwarded'], 'X-Forwarded-For or Forwarded')),
  origin: z.string().refine(isOrigin, {
    error: 'an origin, such as https://gis.example: scheme, host and port, no path and no slash at the end',
  }),
  service: z
    .string()
    .transform(parseService)
    .pipe(
      z.object(
        { name: z.string(), url: z.string(), operations: z.array(z.string()) },
        'NAME=URL, such as grid=http://127.0.0.1:8080: the name has letters, digits, "_" and "-", and operations follow "#", joined by "+"',
      ),
    ),
  host: z.string().refine(isHost, 'a name such as gis.example, an address, or a network such as 10.1.0.0/16'),
  logLevel: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`),
};

/** Addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function whole(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((number) => number >= least && number <= most, { error });
}

function parseService(text: string): ServiceConfig | undefined {
  const [, name, address = ''] = /^([A-Za-z][A-Za-z0-9_-]{0,39})=(.+)$/.exec(text) ?? [];
  const url = URL.parse(address);
  if (
    name === undefined ||
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.password ||
    url.search
  ) {
    return undefined;
  }
  const operations = url.hash === '' ? [] : url.hash.slice(1).split('+');
  if (operations.some((operation) => !/^[A-Za-z0-9_.-]{1,50}$/.test(operation))) return undefined;
  return { name, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, operations };
}

function isHost(text: string): boolean {
  try {
    return new HostList([text]) !== undefined;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}
