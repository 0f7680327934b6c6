/**
 * The schema of the database, as this server knows it. `version` is the number of the last migration. A change of
 * sql/tasks.sql comes with a migration, if only an empty one, as soon as the file was released. `oldestServer` is the
 * version of the oldest server that works on this schema: raise it only where a change breaks the servers before it, for
 * those then refuse to start. `lrt-server migrate` notes both in the database. test/server/database/rolling.test.ts rolls
 * from one version to the next.
 */
export interface SchemaVersion {
  version: number;
  oldestServer: number;
}

export const SCHEMA_VERSION: SchemaVersion = { version: 21, oldestServer: 9 };

/**
 * A server compares the schema that it finds with its own. `older`: somebody has to migrate first. `newer`: a later version has migrated it and
 * this server is known to work with it. `incompatible`: this server must be updated.
 */
export type SchemaState = 'older' | 'same' | 'newer' | 'incompatible';

/** Compares the schema of a database (undefined: from before versions were noted) with that of this server. */
export function schemaState(found: SchemaVersion | undefined, own = SCHEMA_VERSION): SchemaState {
  if (!found || found.version < own.version) return 'older';
  if (found.version === own.version) return 'same';
  return own.version >= found.oldestServer ? 'newer' : 'incompatible';
}

/** Says to an operator that this server is too old for the database. */
export function tooOld(found: SchemaVersion, own = SCHEMA_VERSION): string {
  return (
    `the database was migrated for a later lrt-server (its schema is ${found.version}, and servers need ` +
    `${found.oldestServer} or later; this one has ${own.version}): run "npm install --global lrt-server@latest"`
  );
}
