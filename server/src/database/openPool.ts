import pg from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
/** Half-open connections (a machine that vanished, a firewall that forgot) are probed from here on. */
const KEEP_ALIVE_AFTER_MS = 10_000;
/**
 * A process that stands still in the middle of a transaction, or whose machine vanished, keeps the transaction's locks,
 * and with them everybody else. Our transactions never wait: whoever does for so long has lost.
 */
const IDLE_IN_TRANSACTION_MS = 10_000;

/**
 * Gives up connecting after 5 s. The pool's own timeout would also end the wait for a free connection, and a busy
 * server is not a broken one.
 */
class PromptClient extends pg.Client {
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
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    Client: PromptClient,
  });
  // An idle connection was lost: the pool has dropped it by now. Without a listener the process would end.
  pool.on('error', () => {});
  return pool;
}
