-- Up Migration

-- The network: master as surveyed, and what each design adds to it. One table per table of the network
-- (backend/network/NetworkStore.ts), all alike, and the streets of the town.

CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public;

-- Every version is a new number, so that a design that was deleted and made again is never taken for the old one.
CREATE SEQUENCE lrt.design_version;

CREATE TABLE lrt.design (
  name text COLLATE "C" PRIMARY KEY,
  geometry geometry(Polygon, 4326) NOT NULL,
  -- Changed by every commit to the design; a commit that expected another one is refused.
  version bigint NOT NULL DEFAULT nextval('lrt.design_version')
);

-- design: null in master. Names of designs are not references: commits lock the design's row, and a check per record
-- would cost more than to write it. References are indexed by their first 200 characters: what a btree takes is bounded,
-- what a property may hold is not.

CREATE TABLE lrt.pole (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.pole_id OWNED BY lrt.pole.id;
CREATE INDEX pole_of_master ON lrt.pole (id) WHERE design IS NULL;
CREATE INDEX pole_of_design ON lrt.pole (design, id) WHERE design IS NOT NULL;
CREATE INDEX pole_geometry ON lrt.pole USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX pole_name ON lrt.pole (left(properties ->> 'name', 200));

CREATE TABLE lrt.address (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.address_id OWNED BY lrt.address.id;
CREATE INDEX address_of_master ON lrt.address (id) WHERE design IS NULL;
CREATE INDEX address_of_design ON lrt.address (design, id) WHERE design IS NOT NULL;
CREATE INDEX address_geometry ON lrt.address USING gist (geometry) WHERE geometry IS NOT NULL;

CREATE TABLE lrt.splice_closure (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.splice_closure_id OWNED BY lrt.splice_closure.id;
CREATE INDEX splice_closure_of_master ON lrt.splice_closure (id) WHERE design IS NULL;
CREATE INDEX splice_closure_of_design ON lrt.splice_closure (design, id) WHERE design IS NOT NULL;
CREATE INDEX splice_closure_geometry ON lrt.splice_closure USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX splice_closure_housing ON lrt.splice_closure (left(properties ->> 'housing', 200));
CREATE INDEX splice_closure_root_housing ON lrt.splice_closure (left(properties ->> 'root_housing', 200));

CREATE TABLE lrt.fiber_splitter (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.fiber_splitter_id OWNED BY lrt.fiber_splitter.id;
CREATE INDEX fiber_splitter_of_master ON lrt.fiber_splitter (id) WHERE design IS NULL;
CREATE INDEX fiber_splitter_of_design ON lrt.fiber_splitter (design, id) WHERE design IS NOT NULL;
CREATE INDEX fiber_splitter_geometry ON lrt.fiber_splitter USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX fiber_splitter_housing ON lrt.fiber_splitter (left(properties ->> 'housing', 200));
CREATE INDEX fiber_splitter_root_housing ON lrt.fiber_splitter (left(properties ->> 'root_housing', 200));

CREATE TABLE lrt.wall_box (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.wall_box_id OWNED BY lrt.wall_box.id;
CREATE INDEX wall_box_of_master ON lrt.wall_box (id) WHERE design IS NULL;
CREATE INDEX wall_box_of_design ON lrt.wall_box (design, id) WHERE design IS NOT NULL;
CREATE INDEX wall_box_geometry ON lrt.wall_box USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX wall_box_address ON lrt.wall_box (left(properties ->> 'address', 200));

CREATE TABLE lrt.fiber_ont (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.fiber_ont_id OWNED BY lrt.fiber_ont.id;
CREATE INDEX fiber_ont_of_master ON lrt.fiber_ont (id) WHERE design IS NULL;
CREATE INDEX fiber_ont_of_design ON lrt.fiber_ont (design, id) WHERE design IS NOT NULL;
CREATE INDEX fiber_ont_geometry ON lrt.fiber_ont USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX fiber_ont_housing ON lrt.fiber_ont (left(properties ->> 'housing', 200));
CREATE INDEX fiber_ont_root_housing ON lrt.fiber_ont (left(properties ->> 'root_housing', 200));

CREATE TABLE lrt.oh_route (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.oh_route_id OWNED BY lrt.oh_route.id;
CREATE INDEX oh_route_of_master ON lrt.oh_route (id) WHERE design IS NULL;
CREATE INDEX oh_route_of_design ON lrt.oh_route (design, id) WHERE design IS NOT NULL;
CREATE INDEX oh_route_geometry ON lrt.oh_route USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX oh_route_in_structure ON lrt.oh_route (left(properties ->> 'in_structure', 200));
CREATE INDEX oh_route_out_structure ON lrt.oh_route (left(properties ->> 'out_structure', 200));

CREATE TABLE lrt.fiber_cable (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.fiber_cable_id OWNED BY lrt.fiber_cable.id;
CREATE INDEX fiber_cable_of_master ON lrt.fiber_cable (id) WHERE design IS NULL;
CREATE INDEX fiber_cable_of_design ON lrt.fiber_cable (design, id) WHERE design IS NOT NULL;
CREATE INDEX fiber_cable_geometry ON lrt.fiber_cable USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX fiber_cable_name ON lrt.fiber_cable (left(properties ->> 'name', 200));

CREATE TABLE lrt.cable_segment (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.cable_segment_id OWNED BY lrt.cable_segment.id;
CREATE INDEX cable_segment_of_master ON lrt.cable_segment (id) WHERE design IS NULL;
CREATE INDEX cable_segment_of_design ON lrt.cable_segment (design, id) WHERE design IS NOT NULL;
CREATE INDEX cable_segment_geometry ON lrt.cable_segment USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX cable_segment_cable ON lrt.cable_segment (left(properties ->> 'cable', 200));
CREATE INDEX cable_segment_housing ON lrt.cable_segment (left(properties ->> 'housing', 200));
CREATE INDEX cable_segment_root_housing ON lrt.cable_segment (left(properties ->> 'root_housing', 200));
CREATE INDEX cable_segment_in_structure ON lrt.cable_segment (left(properties ->> 'in_structure', 200));
CREATE INDEX cable_segment_out_structure ON lrt.cable_segment (left(properties ->> 'out_structure', 200));

CREATE TABLE lrt.connection (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.connection_id OWNED BY lrt.connection.id;
CREATE INDEX connection_of_master ON lrt.connection (id) WHERE design IS NULL;
CREATE INDEX connection_of_design ON lrt.connection (design, id) WHERE design IS NOT NULL;
CREATE INDEX connection_geometry ON lrt.connection USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX connection_housing ON lrt.connection (left(properties ->> 'housing', 200));
CREATE INDEX connection_root_housing ON lrt.connection (left(properties ->> 'root_housing', 200));
CREATE INDEX connection_in_object ON lrt.connection (left(properties ->> 'in_object', 200));
CREATE INDEX connection_out_object ON lrt.connection (left(properties ->> 'out_object', 200));

CREATE TABLE lrt.street (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE INDEX street_geometry ON lrt.street USING gist (geometry) WHERE geometry IS NOT NULL;

-- Down Migration

DROP TABLE lrt.design, lrt.pole, lrt.address, lrt.splice_closure, lrt.fiber_splitter, lrt.wall_box, lrt.fiber_ont,
  lrt.oh_route, lrt.fiber_cable, lrt.cable_segment, lrt.connection, lrt.street;
DROP SEQUENCE lrt.design_version;
