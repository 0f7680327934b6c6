-- Up Migration

-- A plan of an area builds these beside the tables of 0001_network.sql: handholes at streets, frames that feed fibres, terminals
-- that addresses hang on, and routes along streets.

CREATE TABLE lrt.handhole (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.handhole_id OWNED BY lrt.handhole.id;
CREATE INDEX handhole_of_master ON lrt.handhole (id) WHERE design IS NULL;
CREATE INDEX handhole_of_design ON lrt.handhole (design, id) WHERE design IS NOT NULL;
CREATE INDEX handhole_geometry ON lrt.handhole USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX handhole_name ON lrt.handhole (left(properties ->> 'name', 200));

CREATE TABLE lrt.fiber_odf (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.fiber_odf_id OWNED BY lrt.fiber_odf.id;
CREATE INDEX fiber_odf_of_master ON lrt.fiber_odf (id) WHERE design IS NULL;
CREATE INDEX fiber_odf_of_design ON lrt.fiber_odf (design, id) WHERE design IS NOT NULL;
CREATE INDEX fiber_odf_geometry ON lrt.fiber_odf USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX fiber_odf_name ON lrt.fiber_odf (left(properties ->> 'name', 200));
CREATE INDEX fiber_odf_housing ON lrt.fiber_odf (left(properties ->> 'housing', 200));
CREATE INDEX fiber_odf_root_housing ON lrt.fiber_odf (left(properties ->> 'root_housing', 200));

CREATE TABLE lrt.fiber_terminal (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.fiber_terminal_id OWNED BY lrt.fiber_terminal.id;
CREATE INDEX fiber_terminal_of_master ON lrt.fiber_terminal (id) WHERE design IS NULL;
CREATE INDEX fiber_terminal_of_design ON lrt.fiber_terminal (design, id) WHERE design IS NOT NULL;
CREATE INDEX fiber_terminal_geometry ON lrt.fiber_terminal USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX fiber_terminal_housing ON lrt.fiber_terminal (left(properties ->> 'housing', 200));
CREATE INDEX fiber_terminal_root_housing ON lrt.fiber_terminal (left(properties ->> 'root_housing', 200));

CREATE TABLE lrt.ug_route (
  id bigint PRIMARY KEY,
  design text COLLATE "C",
  geometry geometry(Geometry, 4326),
  properties jsonb NOT NULL
);
CREATE SEQUENCE lrt.ug_route_id OWNED BY lrt.ug_route.id;
CREATE INDEX ug_route_of_master ON lrt.ug_route (id) WHERE design IS NULL;
CREATE INDEX ug_route_of_design ON lrt.ug_route (design, id) WHERE design IS NOT NULL;
CREATE INDEX ug_route_geometry ON lrt.ug_route USING gist (geometry) WHERE geometry IS NOT NULL;
CREATE INDEX ug_route_in_structure ON lrt.ug_route (left(properties ->> 'in_structure', 200));
CREATE INDEX ug_route_out_structure ON lrt.ug_route (left(properties ->> 'out_structure', 200));

-- Down Migration

DROP TABLE lrt.handhole, lrt.fiber_odf, lrt.fiber_terminal, lrt.ug_route;
