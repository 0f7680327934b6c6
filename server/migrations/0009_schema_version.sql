-- Up Migration

-- The version of this schema, and that of the oldest server that works on it. "lrt-server migrate" notes both, in the
-- transaction that changes the schema. See server/src/database/schemaVersion.ts.
CREATE TABLE lrt.schema (
  version integer NOT NULL,
  oldest_server integer NOT NULL,
  is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only)
);

-- Down Migration

DROP TABLE lrt.schema;
