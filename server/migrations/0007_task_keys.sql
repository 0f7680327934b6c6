-- Up Migration

-- Idempotency keys. Nobody updates a row of this table, so that a caller who repeats a key never waits for a worker that
-- updates the task's own row. See the lock rules in sql/tasks.sql.
CREATE TABLE lrt.task_key (
  owner text NOT NULL,
  key text NOT NULL,
  task_id text NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX task_key_task ON lrt.task_key (task_id);
-- sql/tasks.sql copies the known keys and drops the index task_idempotency, in the transaction that replaces the functions:
-- servers of the version before this one go on working until then.

-- Deleting a task deletes its key, whoever deletes it. A foreign key would do the same, and would lock the task's row
-- whenever a key is inserted.
CREATE FUNCTION lrt.forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_key AS known USING gone
  WHERE known.task_id = gone.id AND gone.idempotency_key IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_keys AFTER DELETE ON lrt.task REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION lrt.forget_keys();

-- Down Migration

DROP FUNCTION IF EXISTS lrt.lock_owners(text[]), lrt.dispatch_waiting(text[], text[], integer);
DROP TRIGGER forget_keys ON lrt.task;
DROP FUNCTION lrt.forget_keys;
DROP TABLE lrt.task_key;
CREATE UNIQUE INDEX IF NOT EXISTS task_idempotency ON lrt.task (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
