-- Up Migration

-- Each row is what a design changes or deletes of a record of master, which stays as it is. What a design adds is in the
-- tables themselves, and is changed and deleted there.

CREATE TABLE lrt.change (
  feature_table text COLLATE "C" NOT NULL,
  design text COLLATE "C" NOT NULL,
  id bigint NOT NULL,
  geometry geometry(Geometry, 4326),
  -- null: the design deletes the record
  properties jsonb,
  PRIMARY KEY (feature_table, design, id)
);

-- Down Migration

DROP TABLE lrt.change;
