/** How much a server says in its log: this and what is more serious. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a request says who asks. */
export type AuthConfig =
  | {
      /** `Authorization: Bearer <JWT>`, signed by one of these keys, from this issuer, for this audience. */
      kind: 'jwt';
      /** Where the keys are: a JWKS on the network, or a file with a PEM public key, a JWK or a JWKS. */
      keys: { jwksUrl: string } | { keyFile: string };
      issuer: string;
      audience: string;
      /** Who has this scope is an admin. */
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
  /** One token that all who know it share: owner 'local', an admin. What an embedded server makes by itself. */
  | { kind: 'token'; token: string }
  /** Everyone is owner 'local' and an admin; on loopback only. */
  | { kind: 'insecure' };

/** Redis and PostgreSQL, and under which prefix all keys in Redis are. */
export interface ServicesConfig {
  /** redis:// or rediss:// */
  redisUrl: string;
  /** postgres:// or postgresql:// */
  databaseUrl: string;
  prefix: string;
}

/** Where tasks run and what keeps them and the network. */
export type EngineConfig =
  /** In this process, in one SQLite file; `town` (a folder of GeoJSON) fills a file that is new. */
  | { kind: 'embedded'; file: string; town: string | undefined }
  /** On workers; `migrate`: bring the database up to date first, instead of refusing to start. */
  | ({ kind: 'distributed'; migrate: boolean } & ServicesConfig);

export interface LimitsConfig {
  /** Tasks of one owner that run at the same time; more wait while other owners' go first. */
  tasksPerOwner: number;
  /** Event streams that one owner has open. */
  streamsPerOwner: number;
  /** Requests of one owner. */
  requestsPerSecond: number;
}

/** What every command that keeps running is told. */
interface RunConfig {
  /** How long work that has begun may take when the process is told to stop. */
  drainSeconds: number;
  logLevel: LogLevel;
  /** Absolute paths of modules whose default export is a task definition or an array of them. */
  taskFiles: string[];
  /** Where /metrics, /healthz and /readyz answer; undefined: nowhere. */
  metrics: { host: string; port: number } | undefined;
}

export interface ServeConfig extends RunConfig {
  host: string;
  /** 0: any free one. */
  port: number;
  engine: EngineConfig;
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
  /** How many tasks of each queue run at the same time. */
  concurrency: number;
  migrate: boolean;
  limits: Pick<LimitsConfig, 'tasksPerOwner'>;
}
