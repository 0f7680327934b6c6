import { existsSync } from 'node:fs';
import { describeFailure } from '../../common/describeFailure.ts';
import { redactText } from '../../common/redact.ts';

/** Reasons that Node gives for a certificate that it does not trust. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|HOSTNAME_MISMATCH/;

/** A service, as messages name it. */
interface Service {
  name: 'PostgreSQL' | 'Redis';
  /** 'database': the option that holds the URL. */
  option: 'database' | 'redis';
  /** 'systemctl start postgresql' */
  start: string;
}

const POSTGRES: Service = { name: 'PostgreSQL', option: 'database', start: 'systemctl start postgresql' };
const REDIS: Service = { name: 'Redis', option: 'redis', start: 'systemctl start redis-server' };

/**
 * Says why a PostgreSQL cannot be used, and the one thing that mends it: "start PostgreSQL" is no help to an operator
 * whose password is wrong.
 *
 * @example
 * explainDatabase(databaseUrl, error);
 * // 'postgres://***@db/lrt cannot be used: password authentication failed for user "lrt"; correct ...'
 */
export function explainDatabase(databaseUrl: string, error: unknown): string {
  const { user = 'lrt', database } = partsOf(databaseUrl);
  const code = codeOf(error);
  const fixes: Record<string, string> = {
    '28P01': `correct the password in --database, or give the role that one: ALTER ROLE "${user}" PASSWORD '...'`,
    '28000': `let the role in: add "host ${database} ${user} <this machine>/32 scram-sha-256" to pg_hba.conf and run "SELECT pg_reload_conf()"`,
    '3D000': `create it as a superuser: CREATE DATABASE "${database}" OWNER "${user}" ENCODING 'UTF8' TEMPLATE template0`,
    '42501': `let the role in, as a superuser: GRANT CONNECT ON DATABASE "${database}" TO "${user}"`,
    '53300': `let the role have more connections, as a superuser: ALTER ROLE "${user}" CONNECTION LIMIT -1, or raise max_connections`,
    // A pooler's own refusals: it does not know the database, or it has another mode.
    '08P01': `let the pooler know the database "${database}", with pool_mode = transaction or session`,
    '57P03': 'wait until PostgreSQL has started, then try again',
  };
  return explain(POSTGRES, databaseUrl, error, fixes[code] ?? sharedFix(POSTGRES, error));
}

/** The same for a Redis. */
export function explainRedis(redisUrl: string, error: unknown): string {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const [word = ''] = /^[A-Z]+(?= )/.exec(message) ?? [];
  const fixes: Record<string, string> = {
    WRONGPASS: 'correct user and password in --redis',
    NOAUTH: 'put the password into --redis: redis://default:PASSWORD@host:6379',
    NOPERM: redisGrant(redisUrl),
    LOADING: 'wait until Redis has read its data, then try again',
  };
  return explain(REDIS, redisUrl, error, fixes[word] ?? sharedFix(REDIS, error));
}

/** The command that gives the role of a URL what the server needs in Redis. `prefix`: that of the deployment. */
export function redisGrant(redisUrl: string, prefix = 'lrt'): string {
  const { user } = partsOf(redisUrl);
  return `run "redis-cli acl setuser ${user ?? 'default'} resetkeys ~${prefix}:* resetchannels &${prefix}:* +@all -@dangerous +info"`;
}

function explain({ option }: Service, url: string, error: unknown, fix: string): string {
  const flag = `--${option}`;
  const hint = fix.includes(flag) ? fix : `${fix}, or correct ${flag}`;
  return `${redactText(url)} cannot be used: ${redactText(describeFailure(error))}; ${hint}`;
}

function sharedFix({ name, option, start }: Service, error: unknown): string {
  const code = codeOf(error);
  if (CERTIFICATE.test(code)) {
    const extra = process.env.NODE_EXTRA_CA_CERTS;
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
      return `write the name that the certificate has into --${option}`;
    if (code === 'CERT_HAS_EXPIRED') return `renew the certificate of ${name}`;
    if (!extra)
      return 'set the variable NODE_EXTRA_CA_CERTS to the file with the certificate of your authority';
    return existsSync(extra)
      ? `put the certificate of the authority into ${extra}, which NODE_EXTRA_CA_CERTS names`
      : `NODE_EXTRA_CA_CERTS names ${extra}, which is not there: correct it`;
  }
  if (code === 'EAI_AGAIN' || code === 'ENOTFOUND') return `correct the host in --${option}`;
  const text = describeFailure(error);
  if (/does not support SSL/.test(text))
    return `give ${name} a certificate, or take sslmode out of --${option}`;
  if (/URI malformed/.test(text)) {
    return `write a % in the password as %25 in --${option}`;
  }
  return `start ${name} ("${start}")`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}

function partsOf(text: string): { user: string | undefined; database: string } {
  const url = URL.parse(text);
  return {
    user: decoded(url?.username ?? '') || undefined,
    database: decoded(url?.pathname.slice(1) ?? '') || 'lrt',
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
