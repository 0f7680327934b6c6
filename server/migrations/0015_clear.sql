-- Up Migration

-- A task that is cleared by its owner is deleted at once. Its idempotency key stays until the task's end is two minutes ago, so
-- that a start that is repeated because its answer got lost does not start the task again.
ALTER TABLE lrt.task_key ADD COLUMN cleared_until timestamptz;
CREATE INDEX task_key_cleared ON lrt.task_key (cleared_until) WHERE cleared_until IS NOT NULL;
CREATE OR REPLACE FUNCTION lrt.forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_key AS known USING gone
  WHERE known.task_id = gone.id AND gone.idempotency_key IS NOT NULL AND known.cleared_until IS NULL;
  DELETE FROM lrt.unpublished AS waiting USING gone WHERE waiting.task_id = gone.id AND NOT gone.published;
  INSERT INTO lrt.forgotten (task_id, owner, name, tags, design)
    SELECT gone.id, gone.owner, gone.name, gone.tags, gone.design FROM gone;
  DELETE FROM lrt.forgotten WHERE ordinal <= (SELECT max(newest.ordinal) FROM lrt.forgotten AS newest) - 20000;
  RETURN NULL;
END $$;

-- Down Migration

-- These stand in sql/tasks.sql, and use the column.
DROP FUNCTION IF EXISTS lrt.clear_tasks(text[]), lrt.forget_tasks(integer, integer, bigint);
CREATE OR REPLACE FUNCTION lrt.forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_key AS known USING gone
  WHERE known.task_id = gone.id AND gone.idempotency_key IS NOT NULL;
  DELETE FROM lrt.unpublished AS waiting USING gone WHERE waiting.task_id = gone.id AND NOT gone.published;
  INSERT INTO lrt.forgotten (task_id, owner, name, tags, design)
    SELECT gone.id, gone.owner, gone.name, gone.tags, gone.design FROM gone;
  DELETE FROM lrt.forgotten WHERE ordinal <= (SELECT max(newest.ordinal) FROM lrt.forgotten AS newest) - 20000;
  RETURN NULL;
END $$;
DELETE FROM lrt.task_key WHERE cleared_until IS NOT NULL;
ALTER TABLE lrt.task_key DROP COLUMN cleared_until;
