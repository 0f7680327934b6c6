import * as z from 'zod';
import type { TableDefinition } from '../../../../backend/network/tables.ts';
import { describeFailure } from '../../common/describeFailure.ts';
import { redactText } from '../../common/redact.ts';
import { pendingMigrations } from '../../database/migrate.ts';
import { type ClockDifference, type Finding, isAtLeast } from './Finding.ts';
import { promptDatabase } from './promptClients.ts';

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

/** Checks that PostgreSQL is there, recent enough, has PostGIS, and is up to date. It never rejects. */
export async function checkDatabase(
  databaseUrl: string,
  tables: readonly TableDefinition[] = [],
): Promise<{ findings: Finding[]; clock: ClockDifference | undefined }> {
  const client = promptDatabase(databaseUrl);
  try {
    await client.connect();
    const asked = Date.now();
    const { rows } = await client.query(LOOK);
    const ours = (asked + Date.now()) / 2_000;
    const row = lookRow.parse(rows[0]);
    const postgis = judgePostgis(row);
    return {
      findings: [
        judgeVersion(row.version),
        postgis,
        ...(postgis.level === 'fail' ? [] : [await judgeMigrations(databaseUrl, tables)]),
      ],
      clock: { subject: SUBJECT, seconds: row.now - ours },
    };
  } catch (error) {
    const message =
      `${redactText(databaseUrl)} cannot be used: ${describeFailure(error)}; start PostgreSQL ("systemctl start ` +
      'postgresql"), or correct --database';
    return { findings: [{ level: 'fail', subject: SUBJECT, message }], clock: undefined };
  } finally {
    await client.end().catch(() => {});
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

async function judgeMigrations(databaseUrl: string, tables: readonly TableDefinition[]): Promise<Finding> {
  const subject = 'migrations';
  const pending = await pendingMigrations(databaseUrl, tables);
  if (pending.length === 0) return { level: 'ok', subject, message: 'none is pending' };
  return {
    level: 'fail',
    subject,
    message:
      `${pending.join(', ')} not applied: run "lrt-server migrate"${tables.length > 0 ? ' with the same --tasks' : ''}, or ` +
      'start with --migrate; make a backup first where there is something in the database',
  };
}
