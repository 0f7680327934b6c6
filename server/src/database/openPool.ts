import pg from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
/** Half-open connections (a machine that vanished, a firewall that forgot) are probed from here on. */
const KEEP_ALIVE_AFTER_MS = 10_000;
/**
 * The settings of a session that this server relies on. A database or a role may have others: a statement at "repeatable
 * read" does not see what it waited for, a read-only session stores nothing, nobody can read times in another style, and
 * floats with fewer digits move poles.
 */
const SESSION: Readonly<Record<string, string>> = {
  // First, because it holds for the statements that set the others.
  statement_timeout: '60s',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  lock_timeout: '0',
  // A process that stands still in the middle of a transaction, or whose machine vanished, keeps its locks, and with them
  // everybody else. Our transactions never wait: whoever does for so long has lost.
  idle_in_transaction_session_timeout: '10s',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // The functions of sql/tasks.sql choose their plans by these. Without index scans each call took seconds, most of them
  // to compile a plan that nobody wanted.
  enable_indexscan: 'on',
  enable_indexonlyscan: 'on',
  enable_bitmapscan: 'on',
  enable_nestloop: 'on',
  enable_hashagg: 'on',
  enable_sort: 'on',
  jit: 'off',
};

const SET_SESSION = Object.entries(SESSION)
  .map(([name, value]) => `SET ${name} = ${pg.escapeLiteral(value)}`)
  .join('; ');

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
    // No start-up parameters: a connection pooler in between would refuse them.
    onConnect: (client) => client.query(SET_SESSION),
    Client: PromptClient,
  });
  // An idle connection was lost: the pool has dropped it by now. Without a listener the process would end.
  pool.on('error', () => {});
  return pool;
}
