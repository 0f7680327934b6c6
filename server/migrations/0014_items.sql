-- Up Migration

-- This table keeps how the items of each attempt at a task ended. The attempt's worker writes them in batches. `number` counts
-- them within the attempt. An item that is reported again keeps its number.
CREATE TABLE lrt.task_item (
  task_id text NOT NULL,
  attempt integer NOT NULL,
  id text NOT NULL,
  number bigint NOT NULL,
  -- Null: it succeeded. Else its code, message and geometry.
  failure json,
  PRIMARY KEY (task_id, attempt, id)
);
CREATE INDEX task_item_page ON lrt.task_item (task_id, attempt, (failure IS NULL), number);

-- Deleting a task deletes its items, whoever deletes it.
CREATE FUNCTION lrt.forget_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lrt.task_item WHERE task_id = ANY (ARRAY(SELECT gone.id FROM gone));
  RETURN NULL;
END $$;
CREATE TRIGGER forget_items AFTER DELETE ON lrt.task REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION lrt.forget_items();

-- Down Migration

DROP TRIGGER forget_items ON lrt.task;
DROP FUNCTION lrt.forget_items;
DROP TABLE lrt.task_item;
