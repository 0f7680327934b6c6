import type { NetworkRecord } from '../network/NetworkStore.ts';
import type { TableDefinition } from '../network/tables.ts';
import { geometryBlob } from './geometryBlob.ts';
import type { HandoverSource } from './HandoverSource.ts';
import { LayerColumns, quoted } from './layerColumns.ts';
import { SpatialIndexOfLayer } from './SpatialIndexOfLayer.ts';
import { DatabaseFile } from './sqlite/DatabaseFile.ts';
import type { SqlValue } from './sqlite/records.ts';
import type { Spool } from './sqlite/Spool.ts';

/** 'GPKG', and version 1.3 of the standard, which GDAL 3.4 and QGIS 3.22 read. */
const APPLICATION_ID = 0x47504b47;
const VERSION = 10_300;

/**
 * Writes a GeoPackage: a layer for each table that has records, in WGS 84, with a column for each property; a table without a
 * geometry is a table of attributes. Each table is read twice, first for its columns. `now`: the time that the file says it was made.
 */
export async function* geoPackage(
  source: HandoverSource,
  spool: Spool,
  now: Date,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const file = new DatabaseFile(spool);
  const layers: Layer[] = [];
  for (const table of source.tables) {
    const columns = new LayerColumns();
    for await (const page of source.pages(table.name)) for (const record of page) columns.learn(record);
    if (columns.records > 0) layers.push({ table, columns });
  }
  const indexed: string[] = [];
  for (const layer of layers) {
    const index = await writeLayer(file, layer, source);
    if (layer.table.geometry !== null && (await index.write(file))) indexed.push(layer.table.name);
  }
  await writeContents(file, layers, now);
  await writeExtensions(file, indexed);
  // All is in the spool.
  await source.close();
  yield* file.read({ applicationId: APPLICATION_ID, userVersion: VERSION });
}

interface Layer {
  table: TableDefinition;
  columns: LayerColumns;
}

async function writeLayer(
  file: DatabaseFile,
  { table, columns }: Layer,
  source: HandoverSource,
): Promise<SpatialIndexOfLayer> {
  const index = new SpatialIndexOfLayer(table.name);
  const rows = file.table(table.name);
  let last = 0;
  for await (const page of source.drawnPages(table.name)) {
    for (const record of page) {
      columns.locate(record);
      if (record.geometry) index.add(record.id, record.geometry);
      await rows.add(record.id, valuesOf(record, table, columns));
      last = record.id;
    }
  }
  // Somebody who adds rows gets ids after the last one without AUTOINCREMENT too.
  const geometry = table.geometry === null ? [] : [`"geom" ${table.geometry.toUpperCase()}`];
  const all = [
    '"fid" INTEGER PRIMARY KEY NOT NULL',
    ...geometry,
    '"urn" TEXT',
    '"design" TEXT',
    ...columns.sql,
  ];
  if (last === 0) throw new Error(`${table.name} was emptied while it was read`);
  await rows.end(`CREATE TABLE ${quoted(table.name)} (${all.join(', ')})`);
  return index;
}

function valuesOf(record: NetworkRecord, table: TableDefinition, columns: LayerColumns): SqlValue[] {
  const { geometry, urn, design } = record;
  const blob = table.geometry === null ? [] : [geometry ? geometryBlob(geometry) : null];
  // The id is in the key of the row.
  return [null, ...blob, urn, design, ...columns.values(record)];
}

/** Says which layers have a spatial index. */
async function writeExtensions(file: DatabaseFile, indexed: readonly string[]): Promise<void> {
  if (indexed.length === 0) return;
  await file.smallTable(
    'gpkg_extensions',
    'CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, ' +
      'scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))',
    indexed.map((table) => [
      table,
      'geom',
      'gpkg_rtree_index',
      'http://www.geopackage.org/spec120/#extension_rtree',
      'write-only',
    ]),
    [{ columns: [0, 1, 2] }],
  );
}

const WGS_84_WKT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],' +
  'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],' +
  'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],' +
  'AUTHORITY["EPSG","4326"]]';

/** The tables by which a GeoPackage says what is in it, as the standard defines them. */
async function writeContents(file: DatabaseFile, layers: readonly Layer[], now: Date): Promise<void> {
  const undefinedSystem = 'undefined';
  const systems = file.table('gpkg_spatial_ref_sys');
  const system = (name: string, id: number, organisation: string, wkt: string) => [
    name,
    null,
    organisation,
    id,
    wkt,
    null,
  ];
  await systems.add(-1, system('Undefined Cartesian SRS', -1, 'NONE', undefinedSystem));
  await systems.add(0, system('Undefined geographic SRS', 0, 'NONE', undefinedSystem));
  await systems.add(4326, system('WGS 84 geodetic', 4326, 'EPSG', WGS_84_WKT));
  await systems.end(
    'CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, ' +
      'organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)',
  );
  const time = now.toISOString();
  await file.smallTable(
    'gpkg_contents',
    'CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, ' +
      "description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), " +
      'min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY ' +
      '(srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))',
    layers.map(({ table, columns }) => {
      const isLayer = table.geometry !== null;
      const [west, south, east, north] = columns.bounds ?? [null, null, null, null];
      const { name } = table;
      return [
        name,
        isLayer ? 'features' : 'attributes',
        name,
        '',
        time,
        west,
        south,
        east,
        north,
        isLayer ? 4326 : null,
      ];
    }),
    [{ columns: [0] }, { columns: [2] }],
  );
  await file.smallTable(
    'gpkg_geometry_columns',
    'CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, ' +
      'srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, ' +
      'column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES ' +
      'gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))',
    layers.flatMap(({ table: { name, geometry }, columns }) =>
      // Altitudes are optional where some positions have one.
      geometry === null
        ? []
        : [[name, 'geom', geometry.toUpperCase(), 4326, columns.hasAltitudes ? 2 : 0, 0]],
    ),
    [{ columns: [0, 1] }, { columns: [0] }],
  );
}
