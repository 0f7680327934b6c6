-- Up Migration

-- The task of a workflow's node names the run's task. Its key in the graph is a part of its idempotency key.
ALTER TABLE lrt.task ADD COLUMN run_id text;
CREATE INDEX task_run ON lrt.task (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX task_run_active ON lrt.task (run_id) WHERE run_id IS NOT NULL AND finished_at IS NULL;

-- Down Migration

-- These stand in sql/tasks.sql, and use the column.
DROP FUNCTION IF EXISTS lrt.cancel_nodes(text), lrt.take_nodes(text, integer), lrt.forget_tasks(integer, integer, bigint),
  lrt.enqueue_tasks(json, integer, integer);
ALTER TABLE lrt.task DROP COLUMN run_id;
