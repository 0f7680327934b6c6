-- Up Migration

-- Each row is a name that a design gives to records of a table, such as the label of a pole. Tasks in
-- two designs run at the same time and cannot see what the other is about to store, so they reserve
-- names here first. A row stays: the next attempt in the same design is given the same name.

CREATE TABLE lrt.reserved_name (
  feature_table text COLLATE "C" NOT NULL,
  name text NOT NULL,
  design text COLLATE "C" NOT NULL,
  PRIMARY KEY (feature_table, name)
);

-- Down Migration

DROP TABLE lrt.reserved_name;
