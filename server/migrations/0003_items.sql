-- Up Migration

-- The summary of a task's items, the ids that a retry is limited to, and the parameters that the task was sent and does
-- not know.
ALTER TABLE lrt.task ADD COLUMN items json, ADD COLUMN only_items json, ADD COLUMN ignored_params json;

-- Down Migration

-- These stand in sql/tasks.sql, and depend on the table.
DROP FUNCTION IF EXISTS lrt.end_tasks(json), lrt.cancel_task(text), lrt.unclaim_task(text, integer, double precision),
  lrt.requeue_task(text, integer, double precision, json), lrt.dispatch_again(json), lrt.forget_tasks(integer, bigint);
-- The migration before this one drops it by name.
CREATE OR REPLACE FUNCTION lrt.finish_tasks(ends json, per_owner integer) RETURNS json LANGUAGE sql AS $$ SELECT NULL::json $$;
ALTER TABLE lrt.task DROP COLUMN items, DROP COLUMN only_items, DROP COLUMN ignored_params;
