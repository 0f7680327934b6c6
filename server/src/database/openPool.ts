import pg from 'pg';
import { isPooled, prepareSession, type WrongSetting, wrongSettings } from './session.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** More than the statement timeout: a PostgreSQL that hangs must not hold callers for ever. */
const QUERY_TIMEOUT_MS = 75_000;
/** Half-open connections (a machine that vanished, a firewall that forgot) are probed from here on. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Gives up connecting after 5 s. The pool's own timeout would also end the wait for a free connection, and a busy
 * server is not a broken one.
 */
class PromptClient extends pg.Client {
  /** The driver's, which its types leave out: the number by which PostgreSQL, or a pooler before it, announced itself. */
  declare readonly processID: number | null;

  constructor(config: pg.ClientConfig = {}) {
    super({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  }
}

/** Connections to PostgreSQL, opened when needed. `max`: how many at most (default 10). End it with `pool.end()`. */
export function openPool(databaseUrl: string, { max = 10 }: { max?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    // In pg_stat_activity: whose connection it is, where several processes run on a machine.
    application_name: `lrt-server ${process.pid}`,
    max,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    // No start-up parameters: a connection pooler in between would refuse them.
    onConnect: (client) => (client instanceof PromptClient ? prepareSession(client) : undefined),
    Client: PromptClient,
  });
  // An idle connection was lost: the pool has dropped it by now. Without a listener the process would end.
  pool.on('error', () => {});
  return pool;
}

/**
 * Reads what a connection of the pool is like, once it is open: whether a connection pooler is in between, and which of
 * the settings that the server relies on it could not set. Rejects where the pooler allows no transactions.
 *
 * @example
 * const { pooled, wrong } = await describeSession(await pool.connect());
 */
export async function describeSession(
  client: pg.ClientBase,
): Promise<{ pooled: boolean; wrong: WrongSetting[] }> {
  const pooled = client instanceof PromptClient && (await isPooled(client));
  if (pooled) {
    await client.query('BEGIN');
    await client.query('COMMIT');
  }
  return { pooled, wrong: await wrongSettings(client) };
}
