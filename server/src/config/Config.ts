/** The least serious level that a server writes to its log. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The way in which a request says who sends it. */
export type AuthConfig =
  | {
      /** `Authorization: Bearer <JWT>`, signed by one of these keys, from this issuer, for this audience. */
      kind: 'jwt';
      /** The place of the keys: a JWKS on the network, or a file with a PEM public key, a JWK or a JWKS. */
      keys: { jwksUrl: string } | { keyFile: string };
      issuer: string;
      audience: string;
      /** Anyone with this scope is an admin. */
      adminScope: string;
    }
  | {
      /** A header with the owner's name that only these proxies may set. */
      kind: 'proxy-header';
      /** Lower case: 'x-forwarded-user'. */
      header: string;
      /** Addresses and networks in CIDR notation: '10.0.0.0/8', '::1/128', '192.0.2.7'. At least one. */
      trustedProxies: string[];
      /** Owners that are admins. */
      admins: string[];
    }
  /** One token that everyone who knows it shares: owner 'local', an admin. An embedded server makes one by itself. */
  | { kind: 'token'; token: string }
  /** Everyone is owner 'local' and an admin. The server listens on loopback only. */
  | { kind: 'insecure' };

/** The addresses of Redis and PostgreSQL, and the prefix of every key in Redis. */
export interface ServicesConfig {
  /** redis:// or rediss:// */
  redisUrl: string;
  /** postgres:// or postgresql:// */
  databaseUrl: string;
  prefix: string;
}

/** The place where tasks run, and what keeps them and the network. */
export type EngineConfig =
  /** Tasks run in this process, on one SQLite file. `town` (a folder of GeoJSON) fills a new file. */
  | { kind: 'embedded'; file: string; town: string | undefined }
  /** Workers run the tasks. With `migrate` the server updates the database first, instead of refusing to start. */
  | ({ kind: 'distributed'; migrate: boolean } & ServicesConfig);

export interface LimitsConfig {
  /** At most this many tasks of one owner run at the same time. The others wait, and other owners' tasks go first. */
  tasksPerOwner: number;
  /** At most this many event streams of one owner are open. */
  streamsPerOwner: number;
  /** The limits for the requests of one owner. */
  requestsPerSecond: number;
}

/** A service with the control protocol, whose operations become tasks. */
export interface ServiceConfig {
  /** 'grid' for tasks 'grid:Simulate'. */
  name: string;
  /** '/control' follows it. */
  url: string;
  /** Empty: those that the service lists. */
  operations: string[];
}

/** The options of every command that keeps running. */
interface RunConfig {
  /** The time that running work has to finish when the process is asked to stop. */
  drainSeconds: number;
  /** A worker that is silent for so long is taken for lost. */
  lostAfterSeconds: number;
  logLevel: LogLevel;
  /** Tasks that ended are kept for so many days, failed ones for others, and so many of all. Undefined: the default. */
  retention: { days?: number; failedDays?: number; tasks?: number };
  /** Absolute paths of modules whose default export is a task definition or an array of them. */
  taskFiles: string[];
  taskServices: ServiceConfig[];
  /** Names, addresses and networks of the hosts that services may be at, besides this machine. */
  allowedHosts: string[];
  /** The address at which /metrics, /healthz and /readyz answer. Undefined: they do not. */
  metrics: { host: string; port: number } | undefined;
}

export interface ServeConfig extends RunConfig {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** '' or a path such as '/gis/lrt', at which a proxy has this server. */
  basePath: string;
  /** A port with the Reflex protocol at its root; 0 takes any free one. Undefined: none. */
  reflexPort: number | undefined;
  /**
   * The proxies that are believed when they name the client, as addresses and networks in CIDR notation, and the header in
   * which they do.
   */
  forwarded: { trustedProxies: string[]; header: 'x-forwarded-for' | 'forwarded' };
  engine: EngineConfig;
  /** The absolute path of a JSON file with the tasks that start at times. */
  schedulesFile: string | undefined;
  /** Undefined, embedded only: the token that the SQLite file keeps. */
  auth: AuthConfig | undefined;
  /** Origins of pages that may use the server: 'https://gis.example'. */
  allowOrigins: string[];
  limits: LimitsConfig;
}

export interface WorkerConfig extends RunConfig {
  services: ServicesConfig;
  /** Undefined: all queues that the definitions name. */
  queues: string[] | undefined;
  /** The run of a workflow whose nodes it works on. Undefined: it works on all tasks of the queues. */
  workflowId: string | undefined;
  /** At most this many tasks of each queue run at the same time on this worker. */
  concurrency: number;
  migrate: boolean;
  limits: Pick<LimitsConfig, 'tasksPerOwner'>;
}
