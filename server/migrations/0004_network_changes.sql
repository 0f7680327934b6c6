-- Up Migration

-- Each row is what a design changes or deletes of a record of master, which stays as it is. The
-- records that a design adds are in the tables themselves, where they are changed and deleted.

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
