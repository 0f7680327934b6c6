import pg from 'pg';
import * as z from 'zod';

/** One setting of a session that the server relies on. */
interface Setting {
  /** The value that the server sets, as SQL has it. */
  value: string;
  /** False for a value, in PostgreSQL's own unit, with which the server goes wrong. Without it only `value` is right. */
  accepts?: (current: string) => boolean;
  /** Why another value is wrong, for an operator: it follows the name and the value. */
  why: string;
  /** Only a superuser may set it, so the server looks and does not set it. */
  superuser?: boolean;
  /** The version of PostgreSQL that brought it. */
  since?: number;
}

/** 0 is no limit. */
const atLeast = (milliseconds: number) => (current: string) =>
  Number(current) === 0 || Number(current) >= milliseconds;
const equals = (value: string) => (current: string) => current === value;

const PLANS = 'the functions of lrt choose slow plans';

/**
 * The settings of a session that the server relies on. A database or a role may have others: a statement at "repeatable
 * read" does not see what it waited for, a read-only session stores nothing, nobody can read times in another style, and
 * floats with fewer digits move poles.
 */
const SETTINGS: Readonly<Record<string, Setting>> = {
  // First, because it holds for the statements that set the others.
  statement_timeout: { value: '60s', accepts: atLeast(10_000), why: 'statements are cut off' },
  default_transaction_isolation: {
    value: 'read committed',
    why: 'statements fail or miss what others commit',
  },
  default_transaction_read_only: { value: 'off', why: 'nothing can be stored' },
  default_transaction_deferrable: { value: 'off', accepts: () => true, why: '' },
  lock_timeout: { value: '0', accepts: atLeast(10_000), why: 'statements are cut off' },
  // A process that stands still in the middle of a transaction, or whose machine vanished, keeps its locks, and with them
  // everybody else. Our transactions never wait: whoever does for so long has lost.
  idle_in_transaction_session_timeout: { value: '10s', accepts: () => true, why: '' },
  idle_session_timeout: { value: '0', accepts: () => true, why: '' },
  transaction_timeout: { value: '0', accepts: atLeast(60_000), why: 'imports are cut off', since: 17 },
  DateStyle: { value: 'ISO', accepts: (current) => current.startsWith('ISO'), why: 'times are misread' },
  IntervalStyle: { value: 'postgres', accepts: () => true, why: '' },
  bytea_output: { value: 'hex', why: 'geometries are misread' },
  extra_float_digits: {
    value: '1',
    accepts: (current) => Number(current) >= 1,
    why: 'coordinates are rounded',
  },
  standard_conforming_strings: { value: 'on', why: 'texts with backslashes are changed' },
  array_nulls: { value: 'on', why: 'lists with nulls are misread' },
  row_security: { value: 'on', accepts: () => true, why: '' },
  // The functions of sql/tasks.sql choose their plans by these. Without index scans each call took seconds, most of them
  // to compile a plan that nobody wanted.
  enable_indexscan: { value: 'on', why: PLANS },
  enable_indexonlyscan: { value: 'on', why: PLANS },
  enable_bitmapscan: { value: 'on', why: PLANS },
  enable_nestloop: { value: 'on', why: PLANS },
  enable_hashagg: { value: 'on', why: PLANS },
  enable_sort: { value: 'on', why: PLANS },
  jit: { value: 'off', accepts: () => true, why: '' },
  // An operator who waits for replicas, or does not, may go on. A commit that a crash can undo is none.
  synchronous_commit: {
    value: 'on',
    accepts: (current) => current !== 'off',
    why: 'a crash of PostgreSQL takes back tasks that were said to be done',
  },
  session_replication_role: {
    value: 'origin',
    accepts: (current) => current !== 'replica',
    why: 'triggers do not run, so idempotency keys outlive their tasks',
    superuser: true,
  },
};

/** The schema of PostGIS beside public: its types and operators are found there, wherever an operator installed it. */
const SEARCH_PATH = `
  SELECT concat_ws(', ', 'public', (
    SELECT quote_ident(n.nspname) FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
    WHERE e.extname = 'postgis' AND n.nspname <> 'public'
  ))`;

/** Sets what every version of PostgreSQL has. `local`: until the end of the transaction. */
function setAll(version: number, local: boolean): string {
  const settings = Object.entries(SETTINGS)
    .filter(
      ([name, { superuser, since = 0 }]) => !superuser && since <= version && name !== 'synchronous_commit',
    )
    .map(([name, { value }]) => `SET ${local ? 'LOCAL ' : ''}${name} = ${pg.escapeLiteral(value)}`);
  return [
    ...settings,
    `SELECT set_config('synchronous_commit', 'on', ${local}) WHERE current_setting('synchronous_commit') = 'off'`,
    `SELECT set_config('search_path', (${SEARCH_PATH}), ${local})`,
  ].join('; ');
}

/** Sets what the server relies on, for the transaction that the client is in. */
export async function setForTransaction(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('SHOW server_version_num');
  const { server_version_num: number } = z.object({ server_version_num: z.string() }).parse(rows[0]);
  await client.query(setAll(Math.floor(Number(number) / 10_000), true));
}

/** PostgreSQL's code for a statement that was cancelled. */
const CANCELLED = '57014';

// One transaction, so that its timeout is gone afterwards: behind a pooler this connection is somebody else's then.
const LOOK = `BEGIN; SET LOCAL statement_timeout = '60s';
  SELECT pg_backend_pid() AS pid, current_setting('server_version_num')::integer / 10000 AS version; COMMIT`;
const looked = z.object({ pid: z.number(), version: z.number() });

/** A connection that knows the number by which PostgreSQL announced it. */
export interface AnnouncedClient extends pg.ClientBase {
  readonly processID: number | null;
}

/**
 * Sets what the server relies on, for the session. Behind a connection pooler it sets nothing: in transaction mode the
 * settings would hold for other clients of the pooler and not for us. There the settings of the database and the role
 * must be right, and `wrongSettings` says whether they are.
 */
export async function prepareSession(client: AnnouncedClient): Promise<void> {
  const { pid, version } = await look(client);
  if (pid !== client.processID) return;
  await client.query(setAll(version, false));
  // A timeout of the database's, of milliseconds, may have struck at the end of that, and then it ends the next statement.
  await client.query('SELECT 1').catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === CANCELLED)) throw error;
  });
}

/**
 * True: a connection pooler such as PgBouncer is in between. It announces a number of its own instead of that of
 * PostgreSQL's process.
 */
export async function isPooled(client: AnnouncedClient): Promise<boolean> {
  return (await look(client)).pid !== client.processID;
}

async function look(client: AnnouncedClient): Promise<z.infer<typeof looked>> {
  // The driver gives an array for several statements, which its types do not say.
  const results: unknown = await client.query(LOOK);
  const row = Array.isArray(results) ? results[2]?.rows?.[0] : undefined;
  return looked.parse(row);
}

export interface WrongSetting {
  name: string;
  /** The value that holds. */
  current: string;
  /** The value that the server relies on. */
  wanted: string;
  /** The harm that is done. */
  why: string;
}

const settingRow = z.object({ name: z.string(), setting: z.string() });
const pathRow = z.object({ path: z.string(), wanted: z.string(), found: z.boolean() });

/** The settings that hold in this session and with which the server goes wrong. */
export async function wrongSettings(client: pg.ClientBase): Promise<WrongSetting[]> {
  const { rows } = await client.query('SELECT name, setting FROM pg_settings WHERE name = ANY ($1)', [
    Object.keys(SETTINGS),
  ]);
  const wrong = settingRow
    .array()
    .parse(rows)
    .flatMap(({ name, setting }) => {
      const known = SETTINGS[name];
      if (!known) return [];
      const { value, accepts = equals(value), why } = known;
      return accepts(setting) ? [] : [{ name, current: setting, wanted: value, why }];
    });
  return [...wrong, ...(await wrongPath(client))];
}

/** A PostGIS in a schema that the role may not use is another fault, which no path mends. */
async function wrongPath(client: pg.ClientBase): Promise<WrongSetting[]> {
  const { rows } =
    await client.query(`SELECT current_setting('search_path') AS path, (${SEARCH_PATH}) AS wanted,
    to_regtype('geometry') IS NOT NULL OR NOT EXISTS (
      SELECT FROM pg_extension WHERE extname = 'postgis' AND has_schema_privilege(extnamespace, 'USAGE')
    ) AS found`);
  const { path, wanted, found } = pathRow.parse(rows[0]);
  if (found) return [];
  return [{ name: 'search_path', current: path, wanted, why: 'PostGIS is not found in its schema' }];
}
