-- Up Migration

-- A task's terminal event is published, by the worker that ran it or by whoever finds that it was not. The function that
-- notes it is mark_published, in sql/tasks.sql.
ALTER TABLE lrt.task RENAME COLUMN told TO published;
ALTER INDEX lrt.task_untold RENAME TO task_unpublished;
DROP FUNCTION lrt.tell_tasks(json);

-- Down Migration

ALTER TABLE lrt.task RENAME COLUMN published TO told;
ALTER INDEX lrt.task_unpublished RENAME TO task_untold;
DROP FUNCTION IF EXISTS lrt.mark_published(json);
-- The migrations before this one drop it by name.
CREATE FUNCTION lrt.tell_tasks(tasks json) RETURNS void LANGUAGE sql AS $$ SELECT $$;
