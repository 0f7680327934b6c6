import pg from 'pg';

const UNDEFINED_FILE = '58P01';
const FEATURE_NOT_SUPPORTED = '0A000';
const INSUFFICIENT_PRIVILEGE = '42501';
const UNDEFINED_OBJECT = '42704';

/** Returns an error that says what the operator has to do, if that is known; otherwise the failure as it is. */
export function explainMigrationFailure(failure: unknown): unknown {
  if (!(failure instanceof pg.DatabaseError)) return failure;
  const { code, message } = failure;
  if ((code === UNDEFINED_FILE || code === FEATURE_NOT_SUPPORTED) && message.includes('extension')) {
    return new Error(
      `This PostgreSQL has no PostGIS (${message}). Install it on the database's machine (Debian and Ubuntu: ` +
        'apt-get install postgresql-15-postgis-3, with the version of your PostgreSQL; in containers the image ' +
        'postgis/postgis), then run "lrt-server migrate" again.',
      { cause: failure },
    );
  }
  if (code === INSUFFICIENT_PRIVILEGE && message.includes('extension')) {
    return new Error(
      `The database role may not create the extension PostGIS (${message}). As a superuser, in this database, run: ` +
        'CREATE EXTENSION postgis SCHEMA public; then run "lrt-server migrate" again.',
      { cause: failure },
    );
  }
  if (code === UNDEFINED_OBJECT && message.includes('geometry')) {
    return new Error(
      `PostGIS is in a schema that the database role does not look into (${message}). Add it: ` +
        'ALTER DATABASE ... SET search_path = public, and the schema that "\\dx postgis" in psql names; ' +
        'then run "lrt-server migrate" again.',
      { cause: failure },
    );
  }
  if (code === INSUFFICIENT_PRIVILEGE) {
    return new Error(
      `The database role may not create the schema lrt (${message}). As the database's owner, run: ` +
        'GRANT CREATE ON DATABASE ... TO the role, or migrate with a role that may; then run "lrt-server migrate" again.',
      { cause: failure },
    );
  }
  return failure;
}
