import pg from 'pg';

const UNDEFINED_FILE = '58P01';
const FEATURE_NOT_SUPPORTED = '0A000';
const INSUFFICIENT_PRIVILEGE = '42501';
const UNDEFINED_SCHEMA = '3F000';
const READ_ONLY = '25006';

const AGAIN = 'then run "lrt-server migrate" again.';

interface Place {
  role: string;
  database: string;
  version: number;
  /** The owner of the schema lrt. Null where there is none, or where it is a role's that ours is a member of. */
  owner: string | null;
}

const WHERE = `SELECT current_user AS role, current_database() AS database,
  current_setting('server_version_num')::integer / 10000 AS version,
  (SELECT pg_get_userbyid(nspowner) FROM pg_namespace
    WHERE nspname = 'lrt' AND NOT pg_has_role(nspowner, 'USAGE')) AS owner`;

/**
 * Returns an error that names what the operator has to run, if that is known; otherwise the failure as it is. The client
 * is the one that met the failure, rolled back by now. Messages of PostgreSQL are in the operator's language, so codes
 * and names decide.
 */
export async function explainMigrationFailure(
  failure: unknown,
  client: Pick<pg.Client, 'query'>,
): Promise<unknown> {
  if (!(failure instanceof pg.DatabaseError)) return failure;
  const place = await client.query<Place>(WHERE).then(
    ({ rows }) => rows[0],
    () => undefined,
  );
  const text = place && textOf(failure, place);
  return text === undefined ? failure : new Error(text, { cause: failure });
}

function textOf({ code, message }: pg.DatabaseError, place: Place): string | undefined {
  const [role, database] = [pg.escapeIdentifier(place.role), pg.escapeIdentifier(place.database)];
  // Not all versions name the routine that failed, but the extension's name is in each message about it.
  const ofPostgis = message.includes('postgis');
  if ((code === UNDEFINED_FILE || code === FEATURE_NOT_SUPPORTED) && ofPostgis) {
    return (
      `This PostgreSQL has no PostGIS (${message}). Install it on the database's machine (Debian and Ubuntu: ` +
      `apt-get install postgresql-${place.version}-postgis-3; in containers the image postgis/postgis), ${AGAIN}`
    );
  }
  if ((code === INSUFFICIENT_PRIVILEGE && ofPostgis) || code === UNDEFINED_SCHEMA) {
    return (
      `The database role may not create the extension PostGIS (${message}). As a superuser, in this database, run: ` +
      `CREATE EXTENSION postgis; ${AGAIN}`
    );
  }
  if (code === INSUFFICIENT_PRIVILEGE && place.owner !== null) {
    const owner = pg.escapeIdentifier(place.owner);
    return (
      `The schema lrt belongs to the role ${place.owner}, and ${place.role} may not change it (${message}). Migrate as ` +
      `${place.owner}, or run as a superuser: GRANT ${owner} TO ${role}; ${AGAIN}`
    );
  }
  if (code === INSUFFICIENT_PRIVILEGE) {
    return (
      `The database role may not create the schema lrt (${message}). As the database's owner, run: ` +
      `GRANT CREATE ON DATABASE ${database} TO ${role}; ${AGAIN}`
    );
  }
  if (code === READ_ONLY) {
    return `This PostgreSQL is a standby, which stores nothing (${message}). Give --database the address of the primary.`;
  }
  return undefined;
}
