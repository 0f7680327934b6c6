import type pg from 'pg';
import * as z from 'zod';
import type { TableDefinition } from '../../../../backend/network/tables.ts';
import { inTime } from '../../common/inTime.ts';
import { readPending } from '../../database/migrate.ts';
import { openPool } from '../../database/openPool.ts';
import { tooOld } from '../../database/schemaVersion.ts';
import { explainDatabase } from './explainConnection.ts';
import { CHECK_TIMEOUT_MS, type ClockDifference, type Finding, isAtLeast } from './Finding.ts';
import { judgeRole } from './judgeRole.ts';

const SUBJECT = 'PostgreSQL';
const LEAST_VERSION = '14';

const LOOK = `
  SELECT current_setting('server_version') AS version, extract(epoch FROM clock_timestamp())::float8 AS now,
    (SELECT extversion FROM pg_extension WHERE extname = 'postgis') AS installed,
    (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis') AS available`;

const lookRow = z.object({
  version: z.string(),
  now: z.number(),
  installed: z.string().nullable(),
  available: z.string().nullable(),
});

/**
 * Checks that PostgreSQL is there, recent enough, has PostGIS, is up to date, and lets the role do what a server does. It
 * looks through a connection that is opened as a server's are. It never rejects.
 */
export async function checkDatabase(
  databaseUrl: string,
  tables: readonly TableDefinition[] = [],
): Promise<{ findings: Finding[]; clock: ClockDifference | undefined }> {
  let pool: pg.Pool | undefined;
  try {
    pool = openPool(databaseUrl, { max: 1 });
    return await inTime(look(pool, tables), CHECK_TIMEOUT_MS);
  } catch (error) {
    const message = explainDatabase(databaseUrl, error);
    return { findings: [{ level: 'fail', subject: SUBJECT, message }], clock: undefined };
  } finally {
    // A PostgreSQL that hangs does not say goodbye.
    await inTime(pool?.end() ?? Promise.resolve(), CHECK_TIMEOUT_MS).catch(() => {});
  }
}

async function look(pool: pg.Pool, tables: readonly TableDefinition[]) {
  const client = await pool.connect();
  try {
    const asked = Date.now();
    const { rows } = await client.query(LOOK);
    const ours = (asked + Date.now()) / 2_000;
    const row = lookRow.parse(rows[0]);
    const role = await judgeRole(client);
    const postgis = judgePostgis(row);
    const mayLook = [...role, postgis].every(({ level }) => level !== 'fail');
    return {
      findings: [
        judgeVersion(row.version),
        ...role,
        postgis,
        ...(mayLook ? [await judgeMigrations(client, tables)] : []),
      ],
      clock: { subject: SUBJECT, seconds: row.now - ours },
    };
  } finally {
    // Closed, and not kept: this is the only look.
    client.release(true);
  }
}

function judgeVersion(version: string): Finding {
  return isAtLeast(version, LEAST_VERSION)
    ? { level: 'ok', subject: SUBJECT, message: `version ${version}` }
    : {
        level: 'fail',
        subject: SUBJECT,
        message: `version ${version} is too old: install ${LEAST_VERSION} or newer`,
      };
}

function judgePostgis({ version, installed, available }: z.infer<typeof lookRow>): Finding {
  const subject = 'PostGIS';
  if (installed !== null) return { level: 'ok', subject, message: `version ${installed}` };
  const create =
    'run "lrt-server migrate" or, where its role may not, "CREATE EXTENSION postgis" as a superuser in this database';
  const major = Number.parseInt(version, 10);
  return {
    level: 'fail',
    subject,
    message:
      available === null
        ? `is not installed on the database's machine: "apt-get install postgresql-${major}-postgis-3" there, then ${create}`
        : `is not in this database: ${create}`,
  };
}

async function judgeMigrations(client: pg.ClientBase, tables: readonly TableDefinition[]): Promise<Finding> {
  const subject = 'migrations';
  const { state, found, pending } = await readPending(client, tables);
  if (state === 'incompatible' && found) return { level: 'fail', subject, message: tooOld(found) };
  if (pending.length > 0) {
    return {
      level: 'fail',
      subject,
      message:
        `${pending.join(', ')} not applied: run "lrt-server migrate"${tables.length > 0 ? ' with the same --tasks' : ''}, or ` +
        'start with --migrate; make a backup first where there is something in the database',
    };
  }
  const message =
    state === 'newer'
      ? `a later lrt-server has migrated the database (schema ${found?.version}), and this one works with it`
      : 'none is pending';
  return { level: 'ok', subject, message };
}
