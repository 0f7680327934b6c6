-- Up Migration

-- A task keeps who asked first for its cancellation, and when.
ALTER TABLE lrt.task ADD COLUMN cancelled_by text, ADD COLUMN cancel_requested_at timestamptz;

-- Down Migration

-- These stand in sql/tasks.sql, and write these columns.
DROP FUNCTION IF EXISTS lrt.cancel_task(text), lrt.cancel_task(text, text), lrt.waiting_tasks(text[], integer);
ALTER TABLE lrt.task DROP COLUMN cancelled_by, DROP COLUMN cancel_requested_at;
