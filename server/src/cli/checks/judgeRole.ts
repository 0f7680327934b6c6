import pg from 'pg';
import * as z from 'zod';
import { describeSession } from '../../database/openPool.ts';
import type { Finding } from './Finding.ts';

const SUBJECT = 'PostgreSQL';
/** A process opens up to ten, and a deployment has several. */
const LEAST_CONNECTIONS = 20;

const LOOK = `
  SELECT current_user AS role, current_database() AS database, pg_is_in_recovery() AS standby,
    current_setting('server_encoding') AS encoding,
    (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS role_limit,
    (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS database_limit,
    (SELECT nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
      WHERE extname = 'postgis' AND NOT has_schema_privilege(n.oid, 'USAGE')) AS hidden_postgis`;

const lookRow = z.object({
  role: z.string(),
  database: z.string(),
  standby: z.boolean(),
  encoding: z.string(),
  role_limit: z.number(),
  database_limit: z.number(),
  hidden_postgis: z.string().nullable(),
});
type Look = z.infer<typeof lookRow>;

/** Tables that a server only reads. */
const READ_ONLY = ['migration', 'deployment', 'schema'];
const LACKING = `
  SELECT n.nspname AS schema, pg_get_userbyid(n.nspowner) AS owner,
    (SELECT rolsuper FROM pg_roles WHERE oid = n.nspowner) AS superuser,
    has_schema_privilege(n.oid, 'USAGE') AS usable,
    ARRAY(
      SELECT c.relname::text FROM pg_class AS c WHERE c.relnamespace = n.oid AND (
        c.relkind = 'r' AND NOT (has_table_privilege(c.oid, 'SELECT') AND (c.relname = ANY ($1) OR (
          has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')
        ))) OR c.relkind = 'S' AND NOT has_sequence_privilege(c.oid, 'USAGE')
      ) ORDER BY 1
    ) || ARRAY(
      SELECT p.proname::text FROM pg_proc AS p WHERE p.pronamespace = n.oid AND NOT has_function_privilege(p.oid, 'EXECUTE')
      ORDER BY 1
    ) AS lacking
  FROM pg_namespace AS n WHERE n.nspname IN ('lrt', 'lrt_own') ORDER BY 1`;

const lackingRow = z.object({
  schema: z.string(),
  owner: z.string(),
  superuser: z.boolean(),
  usable: z.boolean(),
  lacking: z.array(z.string()),
});

/**
 * Judges what the role finds in the database, on a connection that is opened as a server's are: settings that the
 * server cannot set, an encoding that loses texts, a standby, privileges that are missing. Each fault names the one
 * command that mends it.
 */
export async function judgeRole(client: pg.ClientBase): Promise<Finding[]> {
  const { rows } = await client.query(LOOK);
  const look = lookRow.parse(rows[0]);
  return [
    ...judgePlace(look),
    ...(await judgeSettings(client, look)),
    ...(await judgePrivileges(client, look)),
  ];
}

function judgePlace(look: Look): Finding[] {
  const { role, database, standby, encoding, role_limit, database_limit, hidden_postgis } = look;
  const found: Finding[] = [];
  const add = (level: Finding['level'], message: string) => found.push({ level, subject: SUBJECT, message });
  if (standby) {
    add('fail', 'it is a standby, which stores nothing: give --database the address of the primary');
  }
  if (encoding !== 'UTF8') {
    add(
      'fail',
      `the database's encoding is ${encoding}, so names and messages in other letters cannot be stored: make one with ` +
        `"CREATE DATABASE lrt_utf8 OWNER ${pg.escapeIdentifier(role)} ENCODING 'UTF8' TEMPLATE template0", restore a backup ` +
        'into it, and correct --database',
    );
  }
  if (hidden_postgis !== null) {
    add(
      'fail',
      `PostGIS is in the schema ${hidden_postgis}, which the role ${role} may not use: run ` +
        `"GRANT USAGE ON SCHEMA ${pg.escapeIdentifier(hidden_postgis)} TO ${pg.escapeIdentifier(role)}" as its owner`,
    );
  }
  for (const [limit, command] of [
    [role_limit, `ALTER ROLE ${pg.escapeIdentifier(role)} CONNECTION LIMIT -1`],
    [database_limit, `ALTER DATABASE ${pg.escapeIdentifier(database)} CONNECTION LIMIT -1`],
  ] as const) {
    if (limit === -1 || limit >= LEAST_CONNECTIONS) continue;
    add(
      'warn',
      `at most ${limit} connections are allowed, and each server and worker opens up to 10: run "${command}" as a superuser`,
    );
  }
  return found;
}

async function judgeSettings(client: pg.ClientBase, { role, database }: Look): Promise<Finding[]> {
  const { pooled, wrong } = await describeSession(client);
  const found: Finding[] = pooled
    ? [
        {
          level: 'ok',
          subject: SUBJECT,
          message: 'a connection pooler is in between; the settings of the role hold',
        },
      ]
    : [];
  if (wrong.length === 0) return found;
  const where = `ALTER ROLE ${pg.escapeIdentifier(role)} IN DATABASE ${pg.escapeIdentifier(database)}`;
  const commands = wrong.map(({ name, wanted }) =>
    // A search path is a list, and not one name.
    name === 'search_path'
      ? `${where} SET search_path = ${wanted}`
      : `${where} SET ${name} = ${pg.escapeLiteral(wanted)}`,
  );
  const reasons = wrong.map(({ name, current, why }) => `${name} is ${current || 'empty'} (${why})`);
  const who = pooled
    ? 'a server behind a connection pooler cannot set it for itself'
    : 'only a superuser can set it';
  return [
    {
      level: 'fail',
      subject: SUBJECT,
      message: `${reasons.join(', ')}; ${who}: run "${commands.join('; ')}"${pooled ? ' and reconnect the pooler' : ''}`,
    },
  ];
}

async function judgePrivileges(client: pg.ClientBase, { role }: Look): Promise<Finding[]> {
  const { rows } = await client.query(LACKING, [READ_ONLY]);
  return lackingRow
    .array()
    .parse(rows)
    .flatMap(({ schema, owner, superuser, usable, lacking }): Finding[] => {
      if (usable && lacking.length === 0) return [];
      const names = lacking.length > 3 ? [...lacking.slice(0, 3), `${lacking.length - 3} more`] : lacking;
      const what = usable ? `${names.join(', ')} in the schema ${schema}` : `the schema ${schema}`;
      const to = `TO ${pg.escapeIdentifier(role)}`;
      const every = (privileges: string, kind: string) =>
        `GRANT ${privileges} ON ALL ${kind} IN SCHEMA ${schema} ${to}`;
      const command = superuser
        ? [
            `GRANT USAGE ON SCHEMA ${schema} ${to}`,
            every('SELECT, INSERT, UPDATE, DELETE', 'TABLES'),
            every('USAGE', 'SEQUENCES'),
            every('EXECUTE', 'FUNCTIONS'),
          ].join('; ')
        : `GRANT ${pg.escapeIdentifier(owner)} ${to}`;
      const message = `the role ${role} may not use ${what}: run "${command}" as a superuser`;
      return [{ level: 'fail', subject: SUBJECT, message }];
    });
}
