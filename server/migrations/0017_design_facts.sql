-- Up Migration

-- A task says when its design was changed, deleted or posted after it had ended.

-- The newest changes of each design. `design` is what the parameter of this name says: 'design/NAME'. `number` rises with each
-- change of any design, so that servers find the rows that changed.
CREATE SEQUENCE lrt.design_fact_number;
CREATE TABLE lrt.design_fact (
  design text COLLATE "C" PRIMARY KEY,
  number bigint NOT NULL,
  changed_at timestamptz,
  deleted_at timestamptz,
  posted_at timestamptz
);
CREATE INDEX design_fact_newest ON lrt.design_fact (number);

-- The clock goes on within a transaction. A commit to a design holds the design's row, so the times of two commits are in their
-- order; and a task ends after it wrote to its design (lrt.end_tasks), so its own commit comes before its end.
CREATE FUNCTION lrt.note_design(given text, change text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO lrt.design_fact AS fact (design, number, changed_at, deleted_at, posted_at)
  SELECT given, nextval('lrt.design_fact_number'), CASE change WHEN 'changed' THEN clock_timestamp() END,
    CASE change WHEN 'deleted' THEN clock_timestamp() END, CASE change WHEN 'posted' THEN clock_timestamp() END
  ON CONFLICT (design) DO UPDATE SET number = nextval('lrt.design_fact_number'),
    changed_at = CASE change WHEN 'changed' THEN clock_timestamp() ELSE fact.changed_at END,
    deleted_at = CASE change WHEN 'deleted' THEN clock_timestamp() ELSE fact.deleted_at END,
    posted_at = CASE change WHEN 'posted' THEN clock_timestamp() ELSE fact.posted_at END
$$;

-- Whoever changes a design of the network has noted it: a worker, a server, a command, also one of an earlier version. The
-- transaction that posts a design says so by the setting lrt.posts.
CREATE FUNCTION lrt.note_design_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM lrt.note_design('design/' || NEW.name, 'changed');
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM lrt.note_design('design/' || OLD.name,
      CASE current_setting('lrt.posts', true) WHEN OLD.name THEN 'posted' ELSE 'deleted' END);
  ELSE
    PERFORM lrt.note_design('design/' || design.name, 'deleted') FROM lrt.design ORDER BY design.name;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_change AFTER UPDATE OF version ON lrt.design FOR EACH ROW EXECUTE FUNCTION lrt.note_design_change();
CREATE TRIGGER note_deletion AFTER DELETE ON lrt.design FOR EACH ROW EXECUTE FUNCTION lrt.note_design_change();
CREATE TRIGGER note_truncation BEFORE TRUNCATE ON lrt.design FOR EACH STATEMENT EXECUTE FUNCTION lrt.note_design_change();

-- Down Migration

DROP TRIGGER note_change ON lrt.design;
DROP TRIGGER note_deletion ON lrt.design;
DROP TRIGGER note_truncation ON lrt.design;
DROP FUNCTION lrt.note_design_change(), lrt.note_design(text, text);
DROP TABLE lrt.design_fact;
DROP SEQUENCE lrt.design_fact_number;
