-- Up Migration

-- This table keeps the lines of each task's log, the newest 50,000, for as long as the task is kept. The attempt's worker writes
-- them in batches. `level`: 0 info, 1 warning, 2 error.
CREATE TABLE lrt.task_log (
  task_id text NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  attempt integer NOT NULL,
  level smallint NOT NULL,
  at timestamptz NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (task_id, number)
);

-- Deleting a task deletes its items and its log, whoever deletes it.
CREATE OR REPLACE FUNCTION lrt.forget_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY(SELECT gone.id FROM gone);
BEGIN
  DELETE FROM lrt.task_item WHERE task_id = ANY (ids);
  DELETE FROM lrt.task_log WHERE task_id = ANY (ids);
  RETURN NULL;
END $$;

-- Down Migration

CREATE OR REPLACE FUNCTION lrt.forget_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_item WHERE task_id = ANY (ARRAY(SELECT gone.id FROM gone));
  RETURN NULL;
END $$;
DROP TABLE lrt.task_log;
