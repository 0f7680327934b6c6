-- Up Migration

-- A task's row is written four times. PostgreSQL writes no index again (a HOT update) where no column that an index names has
-- changed, the conditions of indexes included, and the row's page has room. So the conditions name `finished_at`, which
-- changes once, and not `status`: a task that has not ended has no `finished_at`.
DROP INDEX lrt.task_exclusive, lrt.task_waiting, lrt.task_waiting_for_key, lrt.task_dispatched;
CREATE UNIQUE INDEX task_exclusive ON lrt.task (exclusive_key)
  WHERE exclusive_key IS NOT NULL AND dispatched AND finished_at IS NULL;
CREATE INDEX task_waiting ON lrt.task (owner, priority, ordinal) WHERE NOT dispatched AND finished_at IS NULL;
CREATE INDEX task_waiting_for_key ON lrt.task (exclusive_key, owner)
  WHERE exclusive_key IS NOT NULL AND NOT dispatched AND finished_at IS NULL;
CREATE INDEX task_dispatched ON lrt.task (owner) WHERE dispatched AND finished_at IS NULL;

-- Tasks that have ended and whose log does not say so yet: few at any time, and each for some milliseconds. As a condition
-- of an index, `published` would make the update that notes it write all indexes again.
CREATE TABLE lrt.unpublished (
  task_id text PRIMARY KEY,
  finished_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
INSERT INTO lrt.unpublished (task_id, finished_at)
  SELECT id, finished_at FROM lrt.task WHERE NOT published AND finished_at IS NOT NULL;
DROP INDEX lrt.task_unpublished;
CREATE OR REPLACE FUNCTION lrt.forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_key AS known USING gone
  WHERE known.task_id = gone.id AND gone.idempotency_key IS NOT NULL;
  DELETE FROM lrt.unpublished AS waiting USING gone WHERE waiting.task_id = gone.id AND NOT gone.published;
  RETURN NULL;
END $$;

-- Room in each page for the next versions of its rows; and the vacuum comes after a few thousand changes, however large
-- the table is. By default it would wait for a fifth of the rows.
ALTER TABLE lrt.task SET (
  fillfactor = 60,
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 0.05,
  autovacuum_analyze_scale_factor = 0.05
);

-- Down Migration

-- These stand in sql/tasks.sql, and write a table that is dropped here.
DROP FUNCTION IF EXISTS lrt.end_tasks(json), lrt.cancel_task(text), lrt.mark_published(json);
CREATE OR REPLACE FUNCTION lrt.forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_key AS known USING gone
  WHERE known.task_id = gone.id AND gone.idempotency_key IS NOT NULL;
  RETURN NULL;
END $$;
DROP TABLE lrt.unpublished;
CREATE INDEX task_unpublished ON lrt.task (finished_at) WHERE NOT published AND finished_at IS NOT NULL;

ALTER TABLE lrt.task RESET (
  fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_insert_scale_factor,
  autovacuum_analyze_scale_factor
);
DROP INDEX lrt.task_exclusive, lrt.task_waiting, lrt.task_waiting_for_key, lrt.task_dispatched;
CREATE UNIQUE INDEX task_exclusive ON lrt.task (exclusive_key)
  WHERE exclusive_key IS NOT NULL AND dispatched AND status IN ('queued', 'running');
CREATE INDEX task_waiting ON lrt.task (owner, priority, ordinal) WHERE NOT dispatched AND status = 'queued';
CREATE INDEX task_waiting_for_key ON lrt.task (exclusive_key, owner)
  WHERE exclusive_key IS NOT NULL AND NOT dispatched AND status = 'queued';
CREATE INDEX task_dispatched ON lrt.task (owner) WHERE dispatched AND status IN ('queued', 'running');
