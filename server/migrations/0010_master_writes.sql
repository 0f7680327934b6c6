-- Up Migration

-- Master is changed outside tasks: by edits, and by designs that are posted.

-- Each edit raises the version and keeps the row locked until it ends, so that versions rise in the order of commits. A
-- commit that expected another version is refused.
CREATE TABLE lrt.master (
  version bigint NOT NULL,
  is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only)
);
INSERT INTO lrt.master (version) VALUES (0);

-- The version that changed or deleted a record of master last. Records that were only loaded are not here.
CREATE TABLE lrt.master_change (
  feature_table text COLLATE "C" NOT NULL,
  id bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (feature_table, id)
);

-- The version of master that a design's change was made on: posting the design finds by it what both have changed.
ALTER TABLE lrt.change ADD COLUMN master_version bigint NOT NULL DEFAULT 0;

-- Never changed. A design that was posted or dropped and made again is never taken for the old one.
ALTER TABLE lrt.design ADD COLUMN born bigint NOT NULL DEFAULT nextval('lrt.design_version');

CREATE SEQUENCE lrt.street_id OWNED BY lrt.street.id;
SELECT setval('lrt.street_id', (SELECT coalesce(max(id), 0) + 1 FROM lrt.street), false);

-- Down Migration

DROP SEQUENCE lrt.street_id;
ALTER TABLE lrt.design DROP COLUMN born;
ALTER TABLE lrt.change DROP COLUMN master_version;
DROP TABLE lrt.master, lrt.master_change;
