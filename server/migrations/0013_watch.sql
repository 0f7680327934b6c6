-- Up Migration

-- Lists and watches select tasks by design and by the place of their work.

-- `design` is the parameter of this name, if it is text; without U+0000, which PostgreSQL's text cannot hold. `built` sums up
-- what the task built, and `box` is the box of it. Both are written with the end of the task and not before: an update of an
-- indexed column while the task runs would write all indexes again (migration 0011).
ALTER TABLE lrt.task ADD COLUMN design text, ADD COLUMN built json, ADD COLUMN box box;

-- Tasks from before. A text with U+0000, or half of a surrogate pair, cannot be read from JSON: those are left out.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT id, params FROM lrt.task WHERE params::text LIKE '%"design":"%' LOOP
    BEGIN
      UPDATE lrt.task SET design = found.params ->> 'design' WHERE id = found.id;
    EXCEPTION WHEN untranslatable_character OR invalid_text_representation THEN
      NULL;
    END;
  END LOOP;
END $$;

-- A btree takes texts of a bounded length, and a parameter may be longer.
CREATE INDEX task_design ON lrt.task (left(design, 200), ordinal) WHERE design IS NOT NULL;
CREATE INDEX task_box ON lrt.task USING gist (box) WHERE box IS NOT NULL;
CREATE INDEX task_name_newest ON lrt.task (name, ordinal);
-- The texts of the tags as JSON writes them, for which U+0000 is no trouble.
CREATE FUNCTION lrt.tag_texts(tags json) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(tag.value::text) FROM json_array_elements(tags) AS tag (value)
$$;
CREATE INDEX task_tags ON lrt.task USING gin (lrt.tag_texts(tags)) WHERE tags::text <> '[]';

-- The newest deleted tasks, with what decides who may hear of it.
CREATE TABLE lrt.forgotten (
  ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id text NOT NULL,
  owner text NOT NULL,
  name text NOT NULL,
  tags json NOT NULL,
  design text,
  forgotten_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX forgotten_task ON lrt.forgotten (task_id);
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

-- Down Migration

-- These stand in sql/tasks.sql, and write what is dropped here.
DROP FUNCTION IF EXISTS lrt.end_tasks(json), lrt.enqueue_tasks(json, integer, integer);
-- The first migration of tasks drops it by name.
CREATE FUNCTION lrt.enqueue_tasks(tasks json, per_owner integer, max_waiting integer) RETURNS json LANGUAGE sql AS $$ SELECT NULL::json $$;
CREATE OR REPLACE FUNCTION lrt.forget_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_key AS known USING gone
  WHERE known.task_id = gone.id AND gone.idempotency_key IS NOT NULL;
  DELETE FROM lrt.unpublished AS waiting USING gone WHERE waiting.task_id = gone.id AND NOT gone.published;
  RETURN NULL;
END $$;
DROP TABLE lrt.forgotten;
ALTER TABLE lrt.task DROP COLUMN design, DROP COLUMN built, DROP COLUMN box;
DROP INDEX lrt.task_name_newest, lrt.task_tags;
DROP FUNCTION lrt.tag_texts;
