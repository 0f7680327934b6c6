-- Up Migration

-- This table keeps which records of the network a task has inserted: those of a table whose ids are in a range. No id is given
-- out twice, so records need no column for it, and a task that builds 100,000 records adds some dozen rows here.
CREATE TABLE lrt.built (
  task_id text NOT NULL,
  feature_table text COLLATE "C" NOT NULL,
  first_id bigint NOT NULL,
  last_id bigint NOT NULL,
  -- The name of the design that has the records. Null: it was posted, and master has them.
  design text COLLATE "C",
  PRIMARY KEY (task_id, feature_table, first_id)
);
CREATE INDEX built_design ON lrt.built (design) WHERE design IS NOT NULL;

-- A design that is deleted takes its records with it, whoever deletes it. One that is posted gives them to master. Loading a town
-- truncates the table of designs, and gives out ids from the start again.
CREATE FUNCTION lrt.end_built() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM lrt.built;
  ELSIF current_setting('lrt.posts', true) = OLD.name THEN
    UPDATE lrt.built SET design = NULL WHERE design = OLD.name;
  ELSE
    DELETE FROM lrt.built WHERE design = OLD.name;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER end_built AFTER DELETE ON lrt.design FOR EACH ROW EXECUTE FUNCTION lrt.end_built();
CREATE TRIGGER truncate_built BEFORE TRUNCATE ON lrt.design FOR EACH STATEMENT EXECUTE FUNCTION lrt.end_built();

-- Deleting a task deletes its items, its log and the note of what it built, whoever deletes it.
CREATE OR REPLACE FUNCTION lrt.forget_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY(SELECT gone.id FROM gone);
BEGIN
  DELETE FROM lrt.task_item WHERE task_id = ANY (ids);
  DELETE FROM lrt.task_log WHERE task_id = ANY (ids);
  DELETE FROM lrt.built WHERE task_id = ANY (ids);
  RETURN NULL;
END $$;

-- Down Migration

DROP TRIGGER end_built ON lrt.design;
DROP TRIGGER truncate_built ON lrt.design;
DROP FUNCTION lrt.end_built();
CREATE OR REPLACE FUNCTION lrt.forget_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY(SELECT gone.id FROM gone);
BEGIN
  DELETE FROM lrt.task_item WHERE task_id = ANY (ids);
  DELETE FROM lrt.task_log WHERE task_id = ANY (ids);
  RETURN NULL;
END $$;
DROP TABLE lrt.built;
