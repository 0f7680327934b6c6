-- Up Migration

-- These tables keep the commits to each design as far as they can be undone. Each commit raises the version of its design; where the
-- versions have a gap, a server of an earlier version has committed, and nothing from before the gap is undone.
CREATE TABLE lrt.change_set (
  design text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  from_version bigint NOT NULL,
  -- Null: an edit.
  task_id text,
  -- The task whose commit this one has undone.
  undoes text,
  -- All designs that the commit wrote to.
  designs text[] NOT NULL,
  PRIMARY KEY (design, version)
);
CREATE INDEX change_set_task ON lrt.change_set (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX change_set_undoes ON lrt.change_set (undoes) WHERE undoes IS NOT NULL;

-- The records that a commit has inserted.
CREATE TABLE lrt.change_set_range (
  design text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  feature_table text COLLATE "C" NOT NULL,
  first_id bigint NOT NULL,
  last_id bigint NOT NULL,
  PRIMARY KEY (design, version, feature_table, first_id)
);

-- These rows say how the design had a record before the commit changed, deleted or restored it. Without properties it had none of its own;
-- master_version is that of its row in lrt.change.
CREATE TABLE lrt.before_image (
  design text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  feature_table text COLLATE "C" NOT NULL,
  id bigint NOT NULL,
  geometry geometry(Geometry, 4326),
  properties jsonb,
  master_version bigint,
  PRIMARY KEY (design, version, feature_table, id)
);

-- A design that is deleted or posted takes its history with it, whoever does it. Loading a town truncates the table of designs.
CREATE FUNCTION lrt.end_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM lrt.change_set;
    DELETE FROM lrt.change_set_range;
    DELETE FROM lrt.before_image;
  ELSE
    DELETE FROM lrt.change_set WHERE design = OLD.name;
    DELETE FROM lrt.change_set_range WHERE design = OLD.name;
    DELETE FROM lrt.before_image WHERE design = OLD.name;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER end_history AFTER DELETE ON lrt.design FOR EACH ROW EXECUTE FUNCTION lrt.end_history();
CREATE TRIGGER truncate_history BEFORE TRUNCATE ON lrt.design FOR EACH STATEMENT EXECUTE FUNCTION lrt.end_history();

-- Down Migration

DROP TRIGGER end_history ON lrt.design;
DROP TRIGGER truncate_history ON lrt.design;
DROP FUNCTION lrt.end_history();
DROP TABLE lrt.change_set, lrt.change_set_range, lrt.before_image;
